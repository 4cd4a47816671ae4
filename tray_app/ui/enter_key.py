"""What Enter does in a dialog where no button is the automatic default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QDialog


def pressed_focused_button(dialog: QDialog, event: QKeyEvent) -> bool:
    """Press the button that has the focus, if there is one and the key is Enter."""
    focused = dialog.focusWidget()
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not isinstance(focused, QPushButton):
        return False
    focused.click()
    return True
