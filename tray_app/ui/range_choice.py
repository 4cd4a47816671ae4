"""The choice of how far the chart looks back: one button for each range."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from tray_app.presentation.chart_data import ChartRange
from tray_app.presentation.translation import tr
from tray_app.ui.labels import bold

_USUAL = ChartRange.WEEK


class RangeChoice(QWidget):
    """Exactly one range is chosen; arrow keys go from one to the next, Ctrl+1 to 4 choose."""

    chosen = Signal(object)
    """The ChartRange that was chosen by the user."""

    def __init__(self) -> None:
        super().__init__()
        self._range = _USUAL
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, each in enumerate(ChartRange):
            button = QPushButton()
            button.setCheckable(True)
            # The group does that already; screen readers take the buttons for check boxes without.
            button.setAutoExclusive(True)
            button.setChecked(each is _USUAL)
            button.setAutoDefault(False)
            shortcut = QKeySequence(f"Ctrl+{number + 1}")
            button.setToolTip(shortcut.toString(QKeySequence.SequenceFormat.NativeText))
            self._buttons.addButton(button, number)
            row.addWidget(button)
        self._buttons.idClicked.connect(self.on_clicked)
        self._translate()
        self._mark_chosen()

    @property
    def range(self) -> ChartRange:
        """The range in force."""
        return self._range

    @Slot(int)
    def on_clicked(self, number: int) -> None:
        """Take the range of the button."""
        self._mark_chosen()
        chosen = list(ChartRange)[number]
        if chosen is not self._range:
            self._range = chosen
            self.chosen.emit(chosen)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    def _translate(self) -> None:
        for number, each in enumerate(ChartRange):
            button = self._buttons.button(number)
            button.setText(each.label)
            # A text brings its own shortcut, or none.
            button.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            button.setAccessibleName(tr("Chart of the last {span}", span=each.label))
            width = button.fontMetrics().horizontalAdvance("00000000")
            button.setMaximumWidth(max(width, button.sizeHint().width()))

    def _mark_chosen(self) -> None:
        """Tell the chosen button apart, and let the Tab key reach it alone, as a radio button.

        Some dark themes hardly show which button is down.
        """
        for button in self._buttons.buttons():
            chosen = button.isChecked()
            button.setFont(bold(self.font()) if chosen else self.font())
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
            )
