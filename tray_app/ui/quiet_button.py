"""A button that nobody should press by the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget


class QuietButton(QPushButton):
    """Has a frame only while it has the focus, which many a style hardly shows without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlat(True)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.setFlat(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Step back again."""
        super().focusOutEvent(event)
        self.setFlat(True)
