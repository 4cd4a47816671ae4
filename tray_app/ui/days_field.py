"""A field for a number of days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QSpinBox

from tray_app.presentation.translation import tr
from tray_app.ui.labels import tabular

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST: Final = 365


class DaysField(QSpinBox):
    """Takes whole days with their unit, which follows the number; 0 is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setRange(0, _MOST)
        self.valueChanged.connect(self.on_value_changed)
        self._translate()

    @property
    def span(self) -> timedelta | None:
        """The days; None for none."""
        return timedelta(days=self.value()) or None

    def show_span(self, span: timedelta | None) -> None:
        """Show whole days; None for none."""
        self.setValue(0 if span is None else max(1, span.days))

    @Slot(int)
    def on_value_changed(self, days: int) -> None:
        """Write the unit as it goes with the number."""
        before, _, after = tr("%n day(s)", n=days).partition(str(days))
        self.setPrefix(before)
        self.setSuffix(after)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        self.setSpecialValueText(tr("never"))
        self.on_value_changed(self.value())
