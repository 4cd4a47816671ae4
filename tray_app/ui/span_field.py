"""A setting that is a time: so many minutes or days, or none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSizePolicy, QWidget

from tray_app.core.settings import LONGEST_LASTING
from tray_app.presentation.settings_entries import days_unit
from tray_app.ui.labels import tabular
from tray_app.ui.setting_field import SettingField, StepsEnd, wheel_is_meant

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWheelEvent

_DAY: Final = timedelta(days=1)
_DECIMALS: Final = 2
_PER_UNIT: Final = 10**_DECIMALS


class SpanSpin(QDoubleSpinBox):
    """A number with its unit, without zeros at the end; the wheel turns it only with the focus."""

    def __init__(self, unit_word: Callable[[int], str]) -> None:
        super().__init__()
        self._unit_word = unit_word
        self.setDecimals(_DECIMALS)
        self.setKeyboardTracking(False)
        # Otherwise the wheel itself would give it the focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self.write_unit)

    @Slot()
    def write_unit(self) -> None:
        """Let the unit agree with the number, and with the language."""
        suffix = f" {self._unit_word(1 if self.value() == 1 else 2)}"
        if suffix != self.suffix():
            self.setSuffix(suffix)

    def is_being_typed(self) -> bool:
        """Return whether a number is half typed."""
        return self.hasFocus() and self.lineEdit().isModified()

    def textFromValue(self, value: float) -> str:  # noqa: N802 — Qt's name
        """Return ``3`` or ``1.5``, by locale."""
        text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
        return text.replace(".", self.locale().decimalPoint())

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Ask for the room of the longest unit, so that boxes below each other are as wide."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        units = [metrics.horizontalAdvance(f" {self._unit_word(count)}") for count in (1, 2)]
        return hint + QSize(max(units) - metrics.horizontalAdvance(self.suffix()), 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's name
        """Leave the wheel to the page while the focus is elsewhere."""
        if wheel_is_meant(self, event):
            super().wheelEvent(event)


class SpanField(SettingField[timedelta]):
    """A time from ``least`` to ``most``; what is shown is kept exactly until it is edited."""

    def __init__(
        self,
        unit: timedelta,
        unit_word: Callable[[int], str],
        least: timedelta,
        most: timedelta,
    ) -> None:
        super().__init__()
        self._unit = unit
        self._value = least
        self._spin = SpanSpin(unit_word)
        self._spin.setRange(least / unit, most / unit)
        self._settled = self._spin.value()
        self._steps_end = StepsEnd(self)
        self._steps_end.reached.connect(self.on_steps_end)
        self._spin.valueChanged.connect(self._steps_end.on_step)
        self._spin.editingFinished.connect(self.on_finished)
        self._row.addWidget(self._spin)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._spin)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The box."""
        return (self._spin,)

    def describe(self, name: str, description: str) -> None:
        """Say the unit anew as well."""
        super().describe(name, description)
        self._spin.write_unit()

    @property
    def spin(self) -> SpanSpin:
        """The box itself."""
        return self._spin

    def show_value(self, value: timedelta) -> None:
        """Show it, unless a number is half typed, or stands there with its fault."""
        same = value == self._value
        self._value = value
        if self._spin.is_being_typed() or (same and self.fault.sentence):
            return
        self._show()

    def settle(self) -> None:
        """Hand on the number, where it was changed."""
        self._spin.interpretText()
        self._spin.lineEdit().setModified(False)  # Qt leaves that where the text stays the same.
        self._steps_end.stop()
        if self._spin.value() != self._settled:
            self._take()

    def take_again(self) -> None:
        """Try once more what was refused."""
        if self.fault.sentence and not self._spin.is_being_typed():
            self._take()

    def restore(self) -> None:
        """Show what is in force."""
        super().restore()
        self._show()

    @Slot()
    def on_finished(self) -> None:
        """Settle when Enter is pressed or the field is left."""
        self.settle()

    @Slot()
    def on_steps_end(self) -> None:
        """Settle, unless a number is half typed meanwhile."""
        if not self._spin.is_being_typed():
            self.settle()

    def _take(self) -> None:
        self._settled = self._spin.value()
        self.show_fault("")
        hundredths = round(self._settled * _PER_UNIT)
        self.entered.emit(self._unit * hundredths / _PER_UNIT)

    def _show(self) -> None:
        blocked = self._spin.blockSignals(True)  # noqa: FBT003 — Qt's own argument
        self._spin.setValue(self._value / self._unit)
        self._spin.write_unit()
        self._spin.blockSignals(blocked)
        self._settled = self._spin.value()
        self._steps_end.stop()
        self.show_fault("")


def days_field() -> SpanField:
    """Return a field for how long a balance lasts."""
    return SpanField(_DAY, days_unit, _DAY / _PER_UNIT, LONGEST_LASTING)


class OptionalSpanField(SettingField["timedelta | None"]):
    """The same behind a box to tick; without the tick there is none."""

    def __init__(self, span: SpanField, usual: timedelta) -> None:
        super().__init__()
        self._span, self._usual = span, usual
        self._value: timedelta | None = usual
        self.fault = span.fault
        self.check = QCheckBox()
        self.check.clicked.connect(self.on_checked)
        span.entered.connect(self.entered)
        self._row.addWidget(self.check)
        self._row.addWidget(span)
        self._row.addStretch(1)
        self.setFocusProxy(self.check)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """Tick and number."""
        return (self.check, *self._span.controls)

    @property
    def span(self) -> SpanField:
        """The number, which lies behind the tick."""
        return self._span

    def describe(self, name: str, description: str) -> None:
        """Name the number as the box before it."""
        super().describe(name, description)
        self._span.describe(name, description)

    def show_value(self, value: timedelta | None) -> None:
        """Show it; without one the number stays as a proposal."""
        self._value = value
        self.check.setChecked(value is not None)
        self._span.setEnabled(value is not None)
        self._span.show_value(self._usual if value is None else value)

    def settle(self) -> None:
        """Hand on the number, where it was changed and counts."""
        if self.check.isChecked():
            self._span.settle()

    def restore(self) -> None:
        """Show what is in force."""
        self._span.restore()
        self.show_value(self._value)

    @Slot(bool)
    def on_checked(self, checked: bool) -> None:  # noqa: FBT001 — a signal's argument
        """Take the usual time, or none."""
        self.entered.emit(self._usual if checked else None)
