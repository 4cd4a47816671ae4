"""What the fields of the settings window have in common."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStyle, QWidget

_T = TypeVar("_T")
_STEPS_END_MS = 400
"""Without another step for so long, a row of steps has ended."""


class SettingField(QWidget, Generic[_T]):
    """Shows one setting, and says when the user has finished to change it.

    Each edit is one signal: a text counts when it is left or Enter is pressed, steps when they end.
    What cannot be meant stays as it was typed, with a sentence in ``fault``, for which whoever
    places the field makes room.
    """

    entered = Signal(object)
    """The value that the user chose; show_value or show_fault answers."""

    def __init__(self) -> None:
        super().__init__()
        self.fault = FaultLabel()
        self._description = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        # A policy of the field would hide that its controls grow no higher than they need.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What in it takes the keyboard's focus, the main one first."""
        raise NotImplementedError

    def show_value(self, value: _T) -> None:
        """Show what is in force; what is being typed stays."""
        raise NotImplementedError

    def settle(self) -> None:
        """Take what was typed as finished."""

    def take_again(self) -> None:
        """Try once more what was refused: another setting may have made room for it."""

    def restore(self) -> None:
        """Forget what was typed and is not in force."""
        self.show_fault("")

    def describe(self, name: str, description: str) -> None:
        """Tell screen readers what it is, and what else is to be known."""
        main = self.controls[0]
        main.setAccessibleName(name)
        self._description = description
        self._tell()

    def show_fault(self, sentence: str) -> None:
        """Say why what was typed is not in force; an empty sentence where it is."""
        if sentence != self.fault.sentence:
            self.fault.show_sentence(sentence)
            self._tell()

    def _tell(self) -> None:
        main = self.controls[0]
        main.setAccessibleDescription(self.fault.sentence or self._description)
        if self.fault.sentence and main.hasFocus():
            event = QAccessibleAnnouncementEvent(main, self.fault.sentence)
            QAccessible.updateAccessibility(event)


class FaultLabel(QWidget):
    """A sentence beside a sign of warning, and no room taken without one."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = QLabel()
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._label.text()

    def show_sentence(self, sentence: str) -> None:
        """Say it; nothing where it is empty."""
        size = self.fontMetrics().height()
        icon = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self._sign.setPixmap(icon.pixmap(size, size))
        self._label.setText(sentence)
        self.setVisible(bool(sentence))


class StepsEnd(QObject):
    """Tells when a row of steps has ended: each one would be written to the disk."""

    reached = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STEPS_END_MS)
        self._timer.timeout.connect(self.reached)

    @Slot()
    def on_step(self) -> None:
        """Wait once more."""
        self._timer.start()

    def stop(self) -> None:
        """Wait no longer."""
        self._timer.stop()


def wheel_is_meant(widget: QWidget, event: QWheelEvent) -> bool:
    """Return whether the wheel turns this control, and not the page below the pointer."""
    if widget.hasFocus():
        return True
    event.ignore()
    return False
