"""The account's history, off the main thread: readings in, outlook and chart out."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, Signal, Slot

from tray_app.core.error_trace import error_name, error_trace
from tray_app.core.history import LONGEST_STEP, ChartPoint, top_up_of
from tray_app.core.history_problem import HistoryDamaged, HistoryError, HistoryFailed
from tray_app.core.remembered import Remembered
from tray_app.presentation.chart_data import ChartData
from tray_app.presentation.history_wording import history_reason
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from tray_app.core.history import Entry, TopUp
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.reading import BalanceReading
    from tray_app.core.settings import Settings
    from tray_app.presentation.chart_data import ChartRange
    from tray_app.ui.ports import History, HistoryHome

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
# What the file keeps of a moment.
_MILLISECOND: Final = timedelta(milliseconds=1)
# The longest interval between two readings, and some more: what is longer was a sleep or a leap.
_LONGEST_STEP: Final = timedelta(hours=2)
# A day of five-minute readings: condensing at each reading would cost more than it saves.
_CONDENSE_EVERY: Final = 288
MOST_POINTS: Final = 600
"""As many as a wide chart has pixels for."""

_log = logging.getLogger(__name__)


class HistoryWorker(QObject):
    """Keeps the history in the thread that it is moved to, and says what it tells.

    The file is opened there at the first call. Whatever is wrong with it, each reading gets its
    outlook: what this run has seen, and had read of the file, is known without it too.
    """

    outlook_changed = Signal(object)
    """The Outlook of the last reading."""
    chart_ready = Signal(object)
    """The ChartData that was wanted."""
    export_finished = Signal(str, str)
    """The path, and what stood in the way: empty where nothing did."""
    delete_finished = Signal(object, bool)
    """The HistoryProblem, None where no trace is left; and whether the readings are gone."""

    def __init__(
        self,
        home: HistoryHome,
        zone: tzinfo,
        settings: Settings,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        super().__init__()
        self._home = home
        self._zone = zone
        self._settings = settings
        self._clock = clock
        self._history: History | None = None
        self._reading: BalanceReading | None = None
        self._memory: Remembered | None = None
        self._memory_is_the_files = False
        self._file_is_new = False
        self._since_condensed = 0
        self._awaits_other_key = False
        self._damage: HistoryDamaged | None = None
        self._damage_told_until: datetime | None = None
        self._steady_since: datetime | None = None
        self._skips_readings = threading.Event()

    def skip_readings(self) -> None:
        """Record no more, as the program ends; may be called from any thread."""
        self._skips_readings.set()

    @Slot(object, str)
    def on_reading_taken(self, reading: BalanceReading, key_mark: str) -> None:
        """Record a reading, and say what the history tells about it."""
        if self._skips_readings.is_set():
            return
        problem = self._record(reading, key_mark)
        before, self._reading = self._reading, reading
        self._awaits_other_key = False
        self._publish(problem)
        self._fold_in_time(before)

    @Slot()
    def on_key_changed(self) -> None:
        """Tell nothing of the old key's future: whose the next reading is, nobody knows yet."""
        self._reading = None
        self._awaits_other_key = True

    @Slot(object)
    def on_chart_wanted(self, chart_range: ChartRange) -> None:
        """Say what the chart shows now."""
        now = self._clock()
        since = now - chart_range.span
        points: tuple[ChartPoint, ...] = ()
        top_ups: tuple[TopUp, ...] = ()
        problem: HistoryProblem | None = None
        try:
            history = self._opened()
            is_outdated = self._memory_is_the_files and self._is_written_elsewhere(history)
            if self._memory is None or is_outdated:
                self._remember(history)
            points = history.chart_points(since, now, MOST_POINTS)
            top_ups = tuple(filter(None, map(top_up_of, history.eventful(since))))
        except Exception as error:  # noqa: BLE001 — each question is answered, whatever goes wrong
            problem = self._note(error)
        points = self._up_to_now(points)
        thresholds = self._settings.thresholds
        chart = ChartData(chart_range, now, points, thresholds, top_ups=top_ups, problem=problem)
        if points and self._memory is not None and self._is_current(points[-1], now):
            chart = chart.foretold(self._memory.spends)
        self.chart_ready.emit(chart)

    @Slot(str)
    def on_export_wanted(self, path: str) -> None:
        """Write everything to a file of the user's."""
        trouble = ""
        try:
            self._home.export_history(self._opened(), path)
        except OSError as error:
            trouble = error.strerror or type(error).__name__
        except Exception as error:  # noqa: BLE001 — each question is answered, whatever goes wrong
            trouble = history_reason(self._note(error))
        self.export_finished.emit(path, trouble)

    @Slot()
    def on_delete_wanted(self) -> None:
        """Remove everything for good; the next reading is the first."""
        problem, is_gone = None, True
        try:
            self._opened().delete()
        except Exception as error:  # noqa: BLE001 — each question is answered, whatever goes wrong
            problem, is_gone = self._note(error), self._is_empty()
        if is_gone:
            self._memory = self._damage = None
            self._memory_is_the_files = False
            self._publish(None)
        self.delete_finished.emit(problem, is_gone)

    @Slot()
    def on_end_wanted(self) -> None:
        """End the thread: what was asked before is answered by now."""
        QThread.currentThread().quit()

    @Slot()
    def on_thread_finished(self) -> None:
        """Close the file; runs in the thread that ends."""
        if self._history is not None:
            self._history.close()

    def _opened(self) -> History:
        if self._history is None:
            self._history = self._home.make_history()
        return self._history

    def _is_empty(self) -> bool:
        try:
            return self._opened().last() is None
        except Exception as error:  # noqa: BLE001 — whatever goes wrong, it is not known to be empty
            self._note(error)
            return False

    def _record(self, reading: BalanceReading, key_mark: str) -> HistoryProblem | None:
        """Write the reading down; return what is wrong with the file."""
        try:
            history = self._opened()
            entry = self._appended(history, reading, key_mark)
            elsewhere = self._is_written_elsewhere(history)
            if self._memory is not None and self._memory_is_the_files and not elsewhere:
                self._memory = self._memory.after(entry, key_mark)
            elif self._memory is not None and self._damage is not None and not elsewhere:
                # The new file knows less than this run.
                self._memory = self._memory.followed_by(reading, key_mark)
            else:
                self._remember(history)
        except Exception as error:  # noqa: BLE001 — the figure's outlook does not depend on a file
            problem = self._note(error)
            self._follow_without_file(reading, key_mark)
            return problem
        self._condense_in_time()
        if self._damage_told_until is not None and reading.taken_at >= self._damage_told_until:
            self._damage_told_until = None
        return self._damage if self._damage_told_until is not None else None

    def _appended(self, history: History, reading: BalanceReading, key_mark: str) -> Entry:
        try:
            return history.append(reading, key_mark)
        except HistoryError as error:
            if not isinstance(self._note(error), HistoryDamaged):
                raise
            # The broken file lies aside by now: this begins a new one.
            return history.append(reading, key_mark)

    def _is_written_elsewhere(self, history: History) -> bool:
        # After damage it is a new file, which this run has begun itself.
        is_own, self._file_is_new = self._file_is_new, False
        return history.changed_elsewhere() and not is_own

    def _remember(self, history: History) -> None:
        memory = self._home.recall_history(history)
        self._memory = None if memory is None else memory.condensed()
        self._memory_is_the_files = True
        self._since_condensed = 0

    def _follow_without_file(self, reading: BalanceReading, key_mark: str) -> None:
        """Let the reading follow what this run knows; a file that can be read still tells more."""
        if self._memory is None:
            try:
                self._remember(self._opened())
            except Exception as error:  # noqa: BLE001 — then nothing is known but the reading
                self._note(error)
        self._memory_is_the_files = False
        if self._memory is None:
            self._memory = Remembered(reading, key_mark=key_mark)
        else:
            self._memory = self._memory.followed_by(reading, key_mark)
        self._condense_in_time()

    def _condense_in_time(self) -> None:
        self._since_condensed += 1
        if self._memory is not None and self._since_condensed >= _CONDENSE_EVERY:
            self._since_condensed = 0
            self._memory = self._memory.condensed()

    def _publish(self, problem: HistoryProblem | None) -> None:
        reading = self._reading
        if reading is not None:
            memory = self._memory or Remembered(reading)
            self.outlook_changed.emit(memory.outlook_of(reading, self._zone, problem))

    def _fold_in_time(self, before: BalanceReading | None) -> None:
        """Fold what is old once a day, after an hour in which the clock went on without a leap.

        One that is ahead for a moment would fold what is young.
        """
        if self._reading is None:
            return
        now = self._reading.taken_at
        leapt = before is None or not timedelta(0) <= now - before.taken_at < _LONGEST_STEP
        if leapt or self._steady_since is None:
            self._steady_since = now
        elif now - self._steady_since >= _HOUR:
            # The next one is due in a day.
            self._steady_since = now + _DAY - _HOUR
            try:
                self._opened().fold(now)
            except Exception as error:  # noqa: BLE001 — what is not folded today is tomorrow
                self._note(error)

    def _up_to_now(self, points: tuple[ChartPoint, ...]) -> tuple[ChartPoint, ...]:
        """Return the points with the last reading, which a file in trouble may lack."""
        reading = self._reading
        if reading is None or (points and points[-1].at >= reading.taken_at - _MILLISECOND):
            return points
        unseen = bool(points) and reading.taken_at - points[-1].at > LONGEST_STEP
        return (*points, ChartPoint(reading.taken_at, reading.available, after_gap=unseen))

    def _is_current(self, last: ChartPoint, now: datetime) -> bool:
        """Return whether the last figure tells of now: of an old one nothing is foretold."""
        return not self._awaits_other_key and abs(now - last.at) <= self._settings.stale_after

    def _note(self, error: Exception) -> HistoryProblem:
        """Log an error, and return what is wrong; of damage more than one reading is told."""
        if not isinstance(error, HistoryError):
            _log.error("history, unforeseen\n%s", error_trace(error))
            return HistoryFailed(error_name(error))
        _log.warning("history: %s", error.problem)
        if isinstance(error.problem, HistoryDamaged):
            self._damage = error.problem
            self._damage_told_until = self._clock() + _DAY
            self._memory_is_the_files = False
            self._file_is_new = True
        return error.problem
