"""An ordinary window with all that is known: figures, how long they last, and the chart."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QCloseEvent, QKeySequence, QPalette, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray_app.presentation.history_wording import history_problem_text
from tray_app.presentation.places import program_name
from tray_app.presentation.translation import tr
from tray_app.presentation.tray_menu import Command
from tray_app.presentation.wording import no_tray_text
from tray_app.ui.balance_chart import BalanceChart
from tray_app.ui.figure_grid import FigureGrid, FigureRow
from tray_app.ui.history_dialogs import HistoryDialogs
from tray_app.ui.icon_painter import icon_of
from tray_app.ui.labels import heading, scaled, set_or_hide, text_label
from tray_app.ui.quiet_button import QuietButton
from tray_app.ui.range_choice import RangeChoice
from tray_app.ui.spoken import say, set_role

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from tray_app.presentation.chart_data import ChartData, ChartRange
    from tray_app.presentation.details_view import DetailsView
    from tray_app.presentation.tray_view import TrayView

_COMMANDS: Final = (
    Command.REFRESH,
    Command.OPEN_BILLING,
    Command.EDIT_KEY,
    Command.OPEN_SETTINGS,
    Command.EXPORT_HISTORY,
    Command.ABOUT,
)
_APART: Final = 6
_HEADLINE_SCALE: Final = 1.7
_RUNWAY_SCALE: Final = 1.2
_CLOSING_KEYS: Final = (QKeySequence(Qt.Key.Key_Escape), QKeySequence("Ctrl+W"))


class DetailsWindow(QWidget):
    """Shows what it is given; without a tray it says so, and closing it then ends the program."""

    command_chosen = Signal(object)
    """The Command of the button that was pressed."""
    chart_wanted = Signal(object)
    """The ChartRange that the chart shows from now on, or that is seen again."""
    export_chosen = Signal(str)
    """The path of the file that the history is to be written to."""
    delete_confirmed = Signal()
    """The user agreed that the history goes for good."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        set_role(self, QAccessible.Role.Window)
        self._view: TrayView | None = None
        self._details: DetailsView | None = None
        self._chart_data: ChartData | None = None
        self._by_button: dict[QPushButton, Command] = {}
        self._dialogs = HistoryDialogs(self)
        self._dialogs.export_chosen.connect(self.export_chosen)
        self._dialogs.delete_confirmed.connect(self.delete_confirmed)
        self._headline = text_label()
        self._headline.setFont(scaled(self._headline.font(), _HEADLINE_SCALE))
        self._runway = text_label()
        self._runway.setFont(scaled(self._runway.font(), _RUNWAY_SCALE))
        self._runs_out = text_label()
        self._top_up = text_label()
        self._trouble = text_label()
        self._notes = text_label()
        self._notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._mishap = text_label()
        self._open_logs = self._button(Command.OPEN_LOGS)
        self._news = text_label()
        self._no_tray = text_label()
        self._ranges = RangeChoice()
        self._ranges.chosen.connect(self.on_range_chosen)
        self._chart = BalanceChart(zone)
        self._above_chart = heading()
        self._amounts = FigureGrid()
        self._spent = FigureGrid()
        for hidden in (self._mishap, self._open_logs, self._news, self._no_tray):
            hidden.hide()
        for keys in _CLOSING_KEYS:
            QShortcut(keys, self).activated.connect(self.on_closing_keys)
        self._fill_layout()
        self._translate()

    @property
    def chart_range(self) -> ChartRange:
        """What the chart shows, or waits for."""
        return self._ranges.range

    def show_view(self, view: TrayView) -> None:
        """Show the view; what has not changed is not touched."""
        before, self._view = self._view, view
        if before == view:
            return
        self._headline.setText(view.headline)
        self._show_trouble()
        set_or_hide(self._notes, "\n".join(view.notes))
        set_or_hide(self._mishap, "" if view.mishap is None else view.mishap.text)
        self._open_logs.setVisible(
            view.mishap is not None and view.mishap.command is Command.OPEN_LOGS
        )
        self._show_runway()
        set_or_hide(self._top_up, view.top_up)
        if before is None or view.icon != before.icon:
            self.setWindowIcon(icon_of(view.icon))
            self._chart.set_accent(view.icon.fill)
        if before is None or view.history_trouble != before.history_trouble:
            self._show_chart()

    def show_details(self, details: DetailsView) -> None:
        """Show what the history says beside it."""
        if details == self._details:
            return
        self._details = details
        self._show_runway()
        self._amounts.show_rows(
            [FigureRow(row.word, row.amount, row.meaning) for row in details.amounts]
        )
        self._spent.show_rows([FigureRow(row.word, row.amount) for row in details.spent])

    def show_chart(self, data: ChartData) -> None:
        """Show the chart, unless another range was chosen meanwhile."""
        if data.range is self.chart_range:
            self._chart_data = data
            self._show_chart()
            self._show_trouble()

    def tell(self, news: str) -> None:
        """Say what became of an export or a deletion."""
        set_or_hide(self._news, news)
        say(self._news, news)

    def ask_where_to_export(self, today: date) -> None:
        """Ask for the file of an export; ``today`` is the user's day."""
        self._dialogs.ask_where_to_export(today)

    def ask_whether_to_delete(self) -> None:
        """Ask whether the history shall go."""
        self._dialogs.ask_whether_to_delete()

    def set_stands_for_tray(self, *, stands: bool) -> None:
        """Say, or no longer say, that there is no tray."""
        self._no_tray.setVisible(stands)

    def bring_forward(self) -> None:
        """Show the window before the others, with the keyboard's focus."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def event(self, event: QEvent) -> bool:
        """Keep as much height as the lines need that wrap: Qt counts each of them as one line."""
        # Asked before the event is handled: one of them is the window's end.
        room_may_change = event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}
        handled = super().event(event)
        if room_may_change:
            layout = self.layout()
            if layout is not None:
                self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))
        return handled

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Ask for what the chart shows: while nobody saw it, nobody asked."""
        super().showEvent(event)
        if not event.spontaneous():
            self.chart_wanted.emit(self.chart_range)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 — Qt's name
        """End the program if nothing else of it can be seen."""
        super().closeEvent(event)
        self.tell("")
        if self._no_tray.isVisibleTo(self):
            self.command_chosen.emit(Command.QUIT)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another language; what was shown last comes anew from whoever shows it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    @Slot()
    def on_pressed(self) -> None:
        """Say which button was pressed."""
        button = self.sender()
        if isinstance(button, QPushButton):
            self.command_chosen.emit(self._by_button[button])

    @Slot(object)
    def on_range_chosen(self, chart_range: ChartRange) -> None:
        """Ask for another chart; the old one stays until it is there."""
        self.chart_wanted.emit(chart_range)

    @Slot()
    def on_closing_keys(self) -> None:
        """Close, unless that would end the program: Escape is pressed too easily."""
        if not self._no_tray.isVisibleTo(self):
            self.close()

    def _show_runway(self) -> None:
        runway = "" if self._view is None else self._view.runway
        runs_out = "" if self._details is None or not runway else self._details.runs_out
        set_or_hide(self._runway, runway)
        set_or_hide(self._runs_out, runs_out)

    def _show_trouble(self) -> None:
        trouble = () if self._view is None else self._view.trouble
        set_or_hide(self._trouble, "\n".join((*trouble, *self._history_trouble())))

    def _history_trouble(self) -> tuple[str, ...]:
        """Return what the last reading met, or before there is one the chart."""
        if self._view is not None and self._view.history_trouble:
            return self._view.history_trouble
        problem = None if self._chart_data is None else self._chart_data.problem
        return () if problem is None else astuple(history_problem_text(problem))

    def _show_chart(self) -> None:
        failing = bool(self._history_trouble())
        self._chart.show_data(self._chart_data, failing=failing)

    def _translate(self) -> None:
        self.setWindowTitle(program_name())
        self._no_tray.setText(no_tray_text())
        self._above_chart.setText(tr("Balance"))
        self._amounts.set_title(tr("Account"))
        self._spent.set_title(tr("Spent"))
        for button, command in self._by_button.items():
            button.setText(_button_text(command))

    def _fill_layout(self) -> None:
        layout = QVBoxLayout(self)
        for label in (
            *(self._headline, self._runway, self._runs_out, self._top_up),
            *(self._trouble, self._mishap),
        ):
            layout.addWidget(label)
        layout.addWidget(self._open_logs, alignment=Qt.AlignmentFlag.AlignLeft)
        above_chart = QHBoxLayout()
        above_chart.addWidget(self._above_chart, stretch=1)
        above_chart.addWidget(self._ranges, alignment=Qt.AlignmentFlag.AlignRight)
        layout.addSpacing(_APART)
        layout.addLayout(above_chart)
        layout.addWidget(self._chart, stretch=1)
        figures = QGridLayout()
        figures.setHorizontalSpacing(32)
        top = Qt.AlignmentFlag.AlignTop
        figures.addWidget(self._amounts, 0, 0, top)
        figures.addWidget(self._spent, 0, 1, top)
        figures.setColumnStretch(0, 3)
        figures.setColumnStretch(1, 2)
        layout.addSpacing(_APART)
        layout.addLayout(figures)
        layout.addSpacing(_APART)
        for label in (self._notes, self._news, self._no_tray):
            layout.addWidget(label)
        layout.addLayout(self._button_row())

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for command in _COMMANDS:
            row.addWidget(self._button(command))
        row.addStretch(1)
        # Apart from the others: nothing to press by the way.
        row.addWidget(self._joined(QuietButton(), Command.DELETE_HISTORY))
        return row

    def _button(self, command: Command) -> QPushButton:
        return self._joined(QPushButton(), command)

    def _joined(self, button: QPushButton, command: Command) -> QPushButton:
        button.setAutoDefault(False)
        button.clicked.connect(self.on_pressed)
        self._by_button[button] = command
        return button


def _button_text(command: Command) -> str:
    return {
        Command.REFRESH: tr("Refresh now"),
        Command.OPEN_BILLING: tr("Open billing page"),
        Command.EDIT_KEY: tr("API key…"),
        Command.OPEN_SETTINGS: tr("Settings…"),
        Command.EXPORT_HISTORY: tr("Export…"),
        Command.ABOUT: tr("About"),
        Command.OPEN_LOGS: tr("Open log folder"),
        Command.DELETE_HISTORY: tr("Delete history…"),
    }[command]
