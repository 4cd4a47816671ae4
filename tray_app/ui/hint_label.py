"""A label for what is good to know beside what can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from tray_app.presentation.contrast import legible, mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tray_app.presentation.icon_spec import Rgb

_SHARE_OF_INK: Final = 0.68
# Above what text must have (4.5), since the page of a tab may be lighter than its window.
_RATIO: Final = 5.6
_INK: Final = QPalette.ColorRole.WindowText


class HintLabel(QLabel):
    """Stands back, and is legible in every palette: the one for placeholders often is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._stand_back()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Take the colours of the window that it has come into."""
        super().showEvent(event)
        self._stand_back()

    def _stand_back(self) -> None:
        around = self.parentWidget()
        palette = QApplication.palette() if around is None else around.palette()
        ground, ink = _rgb(palette.color(QPalette.ColorRole.Window)), _rgb(palette.color(_INK))
        colour = QColor(*legible(mixed(ground, ink, _SHARE_OF_INK), ground, _RATIO))
        own = self.palette()
        if own.color(_INK) != colour:
            own.setColor(_INK, colour)
            self.setPalette(own)


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()
