"""The hours of a day in which nothing is said."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTime, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QTimeEdit, QWidget

from tray_app.core.alert_rules import QuietHours
from tray_app.presentation.translation import tr
from tray_app.ui.labels import tabular
from tray_app.ui.setting_field import SettingField, StepsEnd, wheel_is_meant

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

_USUAL: Final = QuietHours(time(22), time(7))


class QuietHoursField(SettingField["QuietHours | None"]):
    """A tick, and two times; hours that are shown are kept exactly until they are edited."""

    def __init__(self) -> None:
        super().__init__()
        self._value: QuietHours | None = None
        self._steps_end = StepsEnd(self)
        self._steps_end.reached.connect(self.on_finished)
        self.check = QCheckBox()
        self.check.clicked.connect(self.on_checked)
        self.begins, self.ends = self._time_edit(), self._time_edit()
        self._until = QLabel()
        for widget in (self.check, self.begins, self._until, self.ends):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._show_times(_USUAL)
        self.setFocusProxy(self.check)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """Tick and times."""
        return (self.check, self.begins, self.ends)

    def describe(self, name: str, description: str) -> None:
        """Write the words of its parts anew as well."""
        super().describe(name, description)
        self.check.setText(tr("f&rom"))
        self._until.setText(tr("until"))
        self.begins.setAccessibleName(tr("Quiet hours begin"))
        self.ends.setAccessibleName(tr("Quiet hours end"))

    def show_value(self, value: QuietHours | None) -> None:
        """Show them; without any the times stay as a proposal."""
        same = value == self._value
        self._value = value
        if same and (self._is_being_edited() or self.fault.sentence):
            return
        self._show()

    def settle(self) -> None:
        """Hand on the hours, where they were changed and count."""
        self._steps_end.stop()
        times = self._times()
        if self.check.isChecked() and times != self._settled:
            self._take()

    def restore(self) -> None:
        """Show what is in force."""
        super().restore()
        self._show()

    @Slot(bool)
    def on_checked(self, checked: bool) -> None:  # noqa: FBT001 — a signal's argument
        """Take the times that stand there, or none."""
        if checked:
            self._take()
        else:
            self.show_fault("")
            self.entered.emit(None)

    @Slot()
    def on_finished(self) -> None:
        """Settle when a time is left, or its steps have ended."""
        self.settle()

    def _take(self) -> None:
        begins, ends = self._settled = self._times()
        if begins == ends:
            self.show_fault(tr("Begin and end must differ."))
            return
        self.show_fault("")
        self.entered.emit(QuietHours(begins, ends))

    def _show(self) -> None:
        self.check.setChecked(self._value is not None)
        for edit in (self.begins, self.ends):
            edit.setEnabled(self._value is not None)
        if self._value is not None:
            self._show_times(self._value)
        self.show_fault("")

    def _show_times(self, hours: QuietHours) -> None:
        for edit, moment in ((self.begins, hours.begins), (self.ends, hours.ends)):
            blocked = edit.blockSignals(True)  # noqa: FBT003 — Qt's own argument
            edit.setTime(QTime(moment.hour, moment.minute))
            edit.blockSignals(blocked)
        self._settled = self._times()
        self._steps_end.stop()

    def _times(self) -> tuple[time, time]:
        begins, ends = self.begins.time(), self.ends.time()
        return time(begins.hour(), begins.minute()), time(ends.hour(), ends.minute())

    def _is_being_edited(self) -> bool:
        return self.check.isChecked() and self._times() != self._settled

    def _time_edit(self) -> QTimeEdit:
        edit = _CalmTimeEdit()
        edit.timeChanged.connect(self._steps_end.on_step)
        edit.editingFinished.connect(self.on_finished)
        return edit


class _CalmTimeEdit(QTimeEdit):
    def __init__(self) -> None:
        super().__init__()
        # As everywhere in the program: an AM or a PM is in no language of its own.
        self.setDisplayFormat("HH:mm")
        self.setKeyboardTracking(False)
        # Otherwise the wheel itself would give it the focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWrapping(True)
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's name
        if wheel_is_meant(self, event):
            super().wheelEvent(event)
