"""What screen readers are told beyond what Qt tells by itself, and what they are not told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QAccessibleWidget, QLineEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

_ROLE: Final = "novita-tray-role"
_TELLING_NO_LETTERS: Final = frozenset({"windows", "cocoa"})
"""Where Qt says that a text has changed, and not which letters came."""


class _HiddenField(QAccessibleWidget):
    """A field whose text shows as dots: it says so, and has no text to be asked for.

    Of a text Qt tells the accessibility bus of Linux every letter that is typed or pasted, whatever
    shows in its place (measured with Qt 6.11). Of what has no text it tells nothing.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field, QAccessible.Role.EditableText)

    def state(self) -> QAccessible.State:
        """Return what Qt says of any field, and that this one is hidden."""
        state = super().state()
        state.editable = state.passwordEdit = 1
        return state


def say(widget: QWidget, text: str) -> None:
    """Have a text read out that has just come up, wherever the keyboard is."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Say what a widget is that Qt has no class for; to Qt it would be a mere place for others."""
    _install_interfaces()
    widget.setProperty(_ROLE, role)
    _forget_interface(widget)


def set_echo_mode(field: QLineEdit, mode: QLineEdit.EchoMode) -> None:
    """Hide or show what is typed, on the screen and to screen readers alike."""
    _install_interfaces()
    field.setEchoMode(mode)
    _forget_interface(field)


@cache
def _install_interfaces() -> None:
    """Let hidden fields keep their text, and roles be heeded, in every widget from now on."""
    QAccessible.installFactory(_interface_of)


def _forget_interface(widget: QWidget) -> None:
    """Have it made anew when it is next asked for."""
    made = QAccessible.queryAccessibleInterface(widget)
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))


def _interface_of(_class_name: str, shown: QObject | None) -> QAccessibleInterface | None:
    """Return what screen readers find of a widget; None leaves it to Qt."""
    if isinstance(shown, QLineEdit):
        tells_letters = QGuiApplication.platformName() not in _TELLING_NO_LETTERS
        is_hidden = shown.echoMode() is not QLineEdit.EchoMode.Normal
        return _HiddenField(shown) if is_hidden and tells_letters else None
    if isinstance(shown, QWidget):
        role = shown.property(_ROLE)
        return QAccessibleWidget(shown, role) if isinstance(role, QAccessible.Role) else None
    return None
