"""A label with links that can be read on every ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from tray_app.presentation.contrast import legible

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from tray_app.presentation.icon_spec import Rgb

_LEAST_CONTRAST: Final = 4.5
"""For text, after WCAG 2."""
_BY_TAB: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class LinkLabel(QLabel):
    """Shows rich text whose links open in the browser, also by keyboard.

    Many a dark theme leaves links in the dark blue of a light one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rich_text = ""
        self.setWordWrap(True)
        self.setOpenExternalLinks(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)

    def show_rich_text(self, rich_text: str) -> None:
        """Show the text; its links are written ``<a href=…``."""
        self._rich_text = rich_text
        self._write()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Go to the link at once: Qt stops at the label first, where no focus is to be seen."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB:
            self.focusNextPrevChild(event.reason() is Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._write()

    def _write(self) -> None:
        palette = self.palette()
        colour = legible(
            _rgb(palette.link().color()), _rgb(palette.window().color()), _LEAST_CONTRAST
        )
        # Left to itself, Qt takes the application's colour and none of this widget's palette.
        styled = f'<a style="color:{QColor(*colour).name()}" href='
        self.setText(self._rich_text.replace("<a href=", styled))


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()
