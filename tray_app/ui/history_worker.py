"""The account's history, off the main thread: readings in, outlook and chart out."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from tray_app.core.change import change_between, usual_spending
from tray_app.core.history import ChartPoint, Entry
from tray_app.core.history_problem import HistoryDamaged, HistoryError
from tray_app.core.money import ZERO
from tray_app.core.outlook import TopUp, outlook_of
from tray_app.core.runway import LOOK_BACK, Lasting, fan_of, runway_of
from tray_app.core.spend import condensed, latest_unbroken
from tray_app.presentation.chart_data import ChartData, RunsOut
from tray_app.presentation.history_wording import history_problem_text
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.level import Thresholds
    from tray_app.core.reading import BalanceReading
    from tray_app.core.spend import Spend
    from tray_app.presentation.chart_data import ChartRange
    from tray_app.ui.ports import History

_IN_DETAIL: Final = timedelta(days=2)
_DAY: Final = timedelta(days=1)
# What the file keeps of a moment.
_MILLISECOND: Final = timedelta(milliseconds=1)
# A day of five-minute readings: condensing at each reading would cost more than it saves.
_CONDENSE_EVERY: Final = 288
MOST_POINTS: Final = 600
"""As many as a wide chart has pixels for."""
_FAN_STEPS: Final = 48

_log = logging.getLogger(__name__)


class HistoryWorker(QObject):
    """Keeps the history in the thread that it is moved to, and says what it tells.

    The file is opened there at the first call. Whatever is wrong with it, each reading gets its
    outlook: what this run has seen is known without a file too. Spending of the last five weeks
    stays in memory, hour by hour, and is read again where the file was written to elsewhere.
    """

    outlook_changed = Signal(object)
    """The Outlook of the last reading."""
    chart_ready = Signal(object)
    """The ChartData that was wanted."""
    export_finished = Signal(str, str)
    """The path, and what stood in the way: empty where nothing did."""
    delete_finished = Signal(object)
    """The HistoryProblem, or None when everything is gone."""

    def __init__(
        self,
        make_history: Callable[[], History],
        export: Callable[[History, str], None],
        zone: tzinfo,
        thresholds: Thresholds,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        super().__init__()
        self._make_history = make_history
        self._export = export
        self._zone = zone
        self._thresholds = thresholds
        self._clock = clock
        self._history: History | None = None
        self._reading: BalanceReading | None = None
        self._key_mark = ""
        self._spends: list[Spend] = []
        self._spends_are_the_files = False
        self._last_top_up: TopUp | None = None
        self._since_condensed = 0
        self._damage: HistoryDamaged | None = None
        self._damage_told_until: datetime | None = None
        self._next_fold: datetime | None = None

    @Slot(object, str)
    def on_reading_taken(self, reading: BalanceReading, key_mark: str) -> None:
        """Record a reading, and say what the history tells about it."""
        problem = self._record(reading, key_mark)
        self._reading, self._key_mark = reading, key_mark
        self._publish(problem)
        self._fold_in_time(reading.taken_at)

    @Slot(object)
    def on_chart_wanted(self, chart_range: ChartRange) -> None:
        """Say what the chart shows now."""
        now = self._clock()
        since = now - chart_range.span
        points: tuple[ChartPoint, ...] = ()
        top_ups: tuple[TopUp, ...] = ()
        try:
            history = self._opened()
            if not self._spends_are_the_files:
                self._load(history, now)
            points = history.chart_points(since, now, MOST_POINTS)
            top_ups = tuple(_top_ups(history.eventful(since)))
        except HistoryError as error:
            self._note(error.problem)
        self.chart_ready.emit(self._chart(chart_range, now, self._up_to_now(points), top_ups))

    @Slot(str)
    def on_export_wanted(self, path: str) -> None:
        """Write everything to a file of the user's."""
        trouble = ""
        try:
            self._export(self._opened(), path)
        except HistoryError as error:
            self._note(error.problem)
            trouble = history_problem_text(error.problem).title
        except OSError as error:
            trouble = error.strerror or type(error).__name__
        self.export_finished.emit(path, trouble)

    @Slot()
    def on_delete_wanted(self) -> None:
        """Remove everything for good; the next reading is the first."""
        problem = None
        try:
            self._opened().delete()
        except HistoryError as error:
            problem = self._note(error.problem)
        else:
            self._spends.clear()
            self._last_top_up = self._damage = None
        self.delete_finished.emit(problem)
        self._publish(problem)

    @Slot()
    def on_thread_finished(self) -> None:
        """Close the file; runs in the thread that ends."""
        if self._history is not None:
            self._history.close()

    def _opened(self) -> History:
        if self._history is None:
            self._history = self._make_history()
        return self._history

    def _record(self, reading: BalanceReading, key_mark: str) -> HistoryProblem | None:
        """Write the reading down; return what is wrong with the file."""
        try:
            history = self._opened()
            entry = self._appended(history, reading, key_mark)
            if self._spends_are_the_files and not history.changed_elsewhere():
                self._take(entry)
            else:
                self._load(history, reading.taken_at)
        except HistoryError as error:
            self._spends_are_the_files = False
            self._take(self._followed_in_memory(reading, key_mark))
            return self._note(error.problem)
        if self._damage_told_until is not None and reading.taken_at >= self._damage_told_until:
            self._damage = self._damage_told_until = None
        return self._damage

    def _appended(self, history: History, reading: BalanceReading, key_mark: str) -> Entry:
        try:
            return history.append(reading, key_mark)
        except HistoryError as error:
            if not isinstance(error.problem, HistoryDamaged):
                raise
            self._note(error.problem)
            self._damage, self._damage_told_until = error.problem, reading.taken_at + _DAY
            self._spends_are_the_files = False
            # The broken file lies aside by now: this begins a new one.
            return history.append(reading, key_mark)

    def _load(self, history: History, now: datetime) -> None:
        last = history.last()
        spends = latest_unbroken(history.spends(now - LOOK_BACK))
        if last is None or (spends and spends[-1].ends != last.reading.taken_at):
            # The last entry is a beginning: what went before is another key's.
            spends = []
        self._spends = condensed(spends, now - _IN_DETAIL)
        self._since_condensed = 0
        own = (each for each in _top_ups(history.eventful(now - _DAY)) if spends)
        self._last_top_up = next(
            (each for each in reversed(list(own)) if each.at > spends[0].begins), None
        )
        self._spends_are_the_files = True

    def _followed_in_memory(self, reading: BalanceReading, key_mark: str) -> Entry:
        """Return what the file would have said about a reading, had it been there."""
        before = self._reading
        if before is None or key_mark != self._key_mark or reading.taken_at <= before.taken_at:
            return Entry(reading)
        usual = usual_spending(self._spends, reading.taken_at - before.taken_at)
        return Entry(reading, before.taken_at, change_between(before, reading, usual))

    def _take(self, entry: Entry) -> None:
        """Let an entry follow what is in memory."""
        self._last_top_up = next(iter(_top_ups((entry,))), self._last_top_up)
        if entry.spend is None or entry.since is None:
            self._spends.clear()
            self._last_top_up = None
            return
        # One that reaches further back stands for those that were dropped or went with a clock
        # that was wrong.
        while self._spends and self._spends[-1].ends > entry.since:
            self._spends.pop()
        self._spends.append(entry.spend)
        self._since_condensed += 1
        if self._since_condensed >= _CONDENSE_EVERY:
            self._since_condensed = 0
            now = entry.reading.taken_at
            recent = (spend for spend in self._spends if spend.ends > now - LOOK_BACK)
            self._spends = condensed(recent, now - _IN_DETAIL)

    def _publish(self, problem: HistoryProblem | None) -> None:
        if self._reading is not None:
            self.outlook_changed.emit(
                outlook_of(self._reading, self._spends, self._last_top_up, self._zone, problem)
            )

    def _fold_in_time(self, now: datetime) -> None:
        """Fold what is old once a day, and not right after the start."""
        if self._next_fold is None:
            self._next_fold = now + timedelta(minutes=1)
        elif now >= self._next_fold:
            self._next_fold = now + _DAY
            try:
                self._opened().fold(now)
            except HistoryError as error:
                self._note(error.problem)

    def _up_to_now(self, points: tuple[ChartPoint, ...]) -> tuple[ChartPoint, ...]:
        """Return the points with the last reading, which a file in trouble may lack."""
        reading = self._reading
        if reading is None or (points and points[-1].at >= reading.taken_at - _MILLISECOND):
            return points
        return (*points, ChartPoint(reading.taken_at, reading.available))

    def _chart(
        self,
        chart_range: ChartRange,
        now: datetime,
        points: tuple[ChartPoint, ...],
        top_ups: tuple[TopUp, ...],
    ) -> ChartData:
        if not points:
            return ChartData(chart_range, now, points, self._thresholds)
        last = points[-1]
        runway = runway_of(self._spends, last.available)
        return ChartData(
            chart_range,
            now,
            points,
            self._thresholds,
            top_ups=top_ups,
            fan=fan_of(self._spends, last.available, chart_range.ahead, _FAN_STEPS),
            runs_out=RunsOut.of(runway, last.at) if isinstance(runway, Lasting) else None,
        )

    def _note(self, problem: HistoryProblem) -> HistoryProblem:
        """Log a problem; the log itself keeps repetitions out."""
        _log.warning("history: %s", problem)
        return problem


def _top_ups(entries: tuple[Entry, ...]) -> list[TopUp]:
    return [
        TopUp(entry.change.topped_up, entry.reading.taken_at)
        for entry in entries
        if entry.change.topped_up > ZERO
    ]
