"""The history's worker on a real file: what it says at each reading, whatever the file's state."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.ui.history_home import FileHome
from tests.ui.samples import NOON, reading_of
from tray_app.adapters.history_file import HistoryFile
from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryClockBehind,
    HistoryDamaged,
    HistoryError,
    HistoryFailed,
    HistoryForeign,
)
from tray_app.core.money import Usd
from tray_app.core.runway import Lasting, Learning, runway_of
from tray_app.core.settings import Settings
from tray_app.presentation.chart_data import ChartRange
from tray_app.ui.history_worker import HistoryWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.outlook import Outlook
    from tray_app.presentation.chart_data import ChartData

MARK: Final = "0011223344556677"
OTHER_MARK: Final = "8899aabbccddeeff"
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


class Noted:
    """A worker in this thread on a file, and what it said."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = NOON
        self.worker = HistoryWorker(FileHome(path), UTC, Settings(), clock=lambda: self.now)
        self.outlooks: list[Outlook] = []
        self.charts: list[ChartData] = []
        self.exports: list[tuple[str, str]] = []
        self.deleted: list[tuple[HistoryProblem | None, bool]] = []
        self.worker.outlook_changed.connect(self.outlooks.append)
        self.worker.chart_ready.connect(self.charts.append)
        self.worker.export_finished.connect(self._note_export)
        self.worker.delete_finished.connect(self._note_deletion)

    def read(self, cents: int, at: datetime, mark: str = MARK) -> Outlook:
        self.now = at
        self.worker.on_reading_taken(reading_of(cents, at), mark)
        return self.outlooks[-1]

    def chart(self, chart_range: ChartRange = ChartRange.DAY) -> ChartData:
        self.worker.on_chart_wanted(chart_range)
        return self.charts[-1]

    def _note_deletion(self, problem: HistoryProblem | None, is_gone: bool) -> None:  # noqa: FBT001
        self.deleted.append((problem, is_gone))

    def _note_export(self, path: str, trouble: str) -> None:
        self.exports.append((path, trouble))


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[Path], Noted]]:
    """Start a worker on a file, as another start of the program would."""
    assert qtbot is not None
    started: list[Noted] = []

    def start_on(path: Path) -> Noted:
        started.append(Noted(path))
        return started[-1]

    yield start_on
    for each in started:
        each.worker.on_thread_finished()


@pytest.fixture
def noted(start: Callable[[Path], Noted], tmp_path: Path) -> Noted:
    return start(tmp_path / "data" / "history.db")


def spend_for(noted: Noted, hours: int, cents: int = 10_000) -> None:
    """Read every hour, with ten cents gone each time."""
    for hour in range(hours):
        noted.read(cents - 10 * hour, NOON + hour * HOUR)


def test_the_first_reading_is_learnt_from(noted: Noted) -> None:
    outlook = noted.read(10_000, NOON)
    assert outlook.as_of == NOON
    assert outlook.runway == Learning(timedelta(0))
    assert outlook.problem is None


def test_after_days_of_spending_it_says_how_long_the_rest_lasts(noted: Noted) -> None:
    spend_for(noted, 73)
    outlook = noted.outlooks[-1]
    assert isinstance(outlook.runway, Lasting)
    # $92.80 are left, at $2.40 a day.
    assert timedelta(days=36) < outlook.runway.middle < timedelta(days=41)
    assert outlook.spent.today == Usd.of_cents(120)
    assert outlook.spent.yesterday == Usd.of_cents(240)


def test_another_start_says_what_this_one_would_have_said(
    noted: Noted, start: Callable[[Path], Noted]
) -> None:
    spend_for(noted, 73)
    later = start(noted.path)
    at = NOON + 73 * HOUR
    assert later.read(9_270, at) == noted.read(9_270, at)


def test_what_is_kept_in_memory_says_what_the_file_says(noted: Noted) -> None:
    for hour in range(24 * 5):
        for minute in range(0, 60, 10):
            # Nights are idle: rows between equal ones are dropped from the file.
            spent = hour * 10 + (minute // 6 if hour % 24 > 12 else 0)
            noted.read(50_000 - spent, NOON + hour * HOUR + timedelta(minutes=minute))
    last = noted.outlooks[-1]
    history = HistoryFile(noted.path, zone=UTC)
    spends = history.spends(last.as_of - timedelta(days=35))
    assert isinstance(last.runway, Lasting)
    fresh = runway_of(spends, reading_of(50_000 - 1_190 - 8).available)
    assert isinstance(fresh, Lasting)
    assert abs(last.runway.middle / fresh.middle - 1) < 0.02
    history.close()


def test_a_top_up_is_told_for_a_day_and_over_a_restart(
    noted: Noted, start: Callable[[Path], Noted]
) -> None:
    spend_for(noted, 3)
    at = NOON + 3 * HOUR
    outlook = noted.read(11_970, at)
    assert outlook.recent_top_up is not None
    assert outlook.recent_top_up.amount == Usd.of_cents(2_000)
    assert outlook.recent_top_up.at == at
    again = start(noted.path).read(11_960, at + HOUR)
    assert again.recent_top_up == outlook.recent_top_up
    assert noted.read(11_000, at + DAY).recent_top_up is None


def test_another_key_begins_anew_and_is_not_taken_for_a_top_up(
    noted: Noted, start: Callable[[Path], Noted]
) -> None:
    spend_for(noted, 30)
    outlook = noted.read(90_000, NOON + 30 * HOUR, OTHER_MARK)
    assert isinstance(outlook.runway, Learning)
    assert outlook.recent_top_up is None
    assert outlook.spent.today == Usd.of_cents(0)
    # And so it is where only the file remembers.
    again = start(noted.path).read(89_990, NOON + 31 * HOUR, OTHER_MARK)
    assert again.spent.today == Usd.of_cents(10)


def test_a_first_reading_with_another_key_knows_nothing_of_the_old_one(
    noted: Noted, start: Callable[[Path], Noted]
) -> None:
    spend_for(noted, 73)
    noted.read(12_000, NOON + 73 * HOUR)
    first = start(noted.path).read(500, NOON + 74 * HOUR, OTHER_MARK)
    assert first.runway == Learning(timedelta(0))
    assert first.recent_top_up is None
    assert first.spent.yesterday == first.spent.last_30_days == Usd.of_cents(0)


def test_an_import_from_elsewhere_is_taken_in_at_the_next_reading(
    noted: Noted, start: Callable[[Path], Noted], tmp_path: Path
) -> None:
    spend_for(noted, 73)
    fresh = start(tmp_path / "other" / "history.db")
    assert isinstance(fresh.read(9_270, NOON + 73 * HOUR).runway, Learning)
    source = HistoryFile(noted.path, zone=UTC)
    target = HistoryFile(fresh.path, zone=UTC)
    target.import_readings(source.entries())
    target.close()
    source.close()
    assert isinstance(fresh.read(9_260, NOON + 74 * HOUR).runway, Lasting)


def test_a_file_in_trouble_leaves_what_this_run_has_seen(noted: Noted) -> None:
    noted.path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(noted.path)) as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
    before = noted.path.read_bytes()
    spend_for(noted, 73)
    outlook = noted.outlooks[-1]
    assert outlook.problem == HistoryForeign()
    assert isinstance(outlook.runway, Lasting)
    assert outlook.spent.yesterday == Usd.of_cents(240)
    assert noted.path.read_bytes() == before
    chart = noted.chart()
    assert [point.at for point in chart.points] == [outlook.as_of]


def test_a_damaged_file_is_told_for_a_day_and_a_new_one_begun(noted: Noted) -> None:
    noted.path.parent.mkdir(parents=True)
    noted.path.write_bytes(b"not a database, but longer than a header\n" * 100)
    outlook = noted.read(10_000, NOON)
    assert isinstance(outlook.problem, HistoryDamaged)
    assert (noted.path.parent / outlook.problem.kept_as).exists()
    assert noted.read(9_990, NOON + HOUR).problem == outlook.problem
    assert noted.read(9_000, NOON + DAY).problem is None
    history = HistoryFile(noted.path, zone=UTC)
    assert len(list(history.entries())) == 3
    history.close()


def test_a_file_that_works_again_is_gone_on_with(noted: Noted) -> None:
    noted.read(10_000, NOON)
    with closing(sqlite3.connect(noted.path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        busy = noted.read(9_990, NOON + HOUR)
        assert busy.problem is not None
        assert busy.spent.today == Usd.of_cents(10)
        holder.execute("ROLLBACK")
    after = noted.read(9_980, NOON + 2 * HOUR)
    assert after.problem is None
    assert after.spent.today == Usd.of_cents(20)


def test_the_chart_holds_points_top_ups_forecast_and_its_end(noted: Noted) -> None:
    spend_for(noted, 73)
    noted.read(11_280, NOON + 73 * HOUR)
    chart = noted.chart(ChartRange.WEEK)
    assert chart.until == NOON + 73 * HOUR
    assert chart.points[0].at == NOON
    assert chart.points[-1].available == Usd.of_cents(11_280)
    assert [top_up.at for top_up in chart.top_ups] == [NOON + 73 * HOUR]
    assert chart.fan[-1].ahead == ChartRange.WEEK.ahead
    assert chart.runs_out is not None
    assert chart.runs_out.middle is not None
    assert chart.runs_out.middle > chart.until


def test_the_chart_of_another_start_needs_no_reading(
    noted: Noted, start: Callable[[Path], Noted]
) -> None:
    spend_for(noted, 73)
    later = start(noted.path)
    later.now = NOON + 72 * HOUR + timedelta(minutes=10)
    chart = later.chart()
    assert chart.points[-1].at == NOON + 72 * HOUR
    assert chart.fan


def test_of_an_old_figure_nothing_is_foretold(noted: Noted) -> None:
    spend_for(noted, 73)
    noted.now = NOON + 73 * HOUR
    chart = noted.chart()
    assert chart.until == noted.now
    assert chart.points
    assert (chart.fan, chart.runs_out) == ((), None)


def test_the_chart_of_nothing_is_empty(noted: Noted) -> None:
    chart = noted.chart()
    assert (chart.points, chart.fan, chart.runs_out) == ((), (), None)


def test_an_export_is_written_whole_and_private(noted: Noted, tmp_path: Path) -> None:
    spend_for(noted, 3)
    path = tmp_path / "out.csv"
    noted.worker.on_export_wanted(str(path))
    assert noted.exports == [(str(path), "")]
    assert len(path.read_text("utf-8").splitlines()) == 4
    assert path.stat().st_mode & 0o077 == 0


def test_an_export_that_cannot_be_written_says_why(noted: Noted, tmp_path: Path) -> None:
    spend_for(noted, 1)
    path = tmp_path / "nowhere" / "out.csv"
    noted.worker.on_export_wanted(str(path))
    assert noted.exports == [(str(path), "No such file or directory")]


def test_after_the_deletion_everything_begins_anew(noted: Noted) -> None:
    spend_for(noted, 73)
    noted.worker.on_delete_wanted()
    assert noted.deleted == [(None, True)]
    assert noted.outlooks[-1].runway == Learning(timedelta(0))
    assert noted.outlooks[-1].as_of == NOON + 72 * HOUR
    outlook = noted.read(9_000, NOON + 73 * HOUR)
    assert outlook.spent.today == Usd.of_cents(0)
    assert len(noted.chart().points) == 1


def test_what_is_old_is_folded_once_a_day(noted: Noted) -> None:
    history = HistoryFile(noted.path, zone=UTC)
    for step in range(40):
        history.append(
            reading_of(50_000 - step, NOON - 100 * DAY + step * timedelta(minutes=5)), MARK
        )
    for step in range(12):
        noted.read(49_000 - step, NOON + step * timedelta(minutes=5))
    assert len(list(history.entries())) == 52
    noted.read(48_900, NOON + HOUR)
    assert len(list(history.entries())) < 30
    history.close()


def test_a_clock_that_leapt_ahead_folds_nothing(noted: Noted) -> None:
    for step in range(14):
        noted.read(49_000 - step, NOON + step * timedelta(minutes=5))
    noted.read(48_900, NOON + 400 * DAY)
    noted.read(48_899, NOON + 400 * DAY + timedelta(minutes=5))
    history = HistoryFile(noted.path, zone=UTC)
    assert len(list(history.entries())) == 16
    history.close()


def broken(path: Path) -> None:
    """Write over the file as no program would."""
    path.write_bytes(b"not a database, but longer than a header\n" * 100)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


@pytest.mark.parametrize("met_by", ["chart", "export", "reading"])
def test_damage_is_told_for_a_day_whatever_meets_it_and_costs_no_forecast(
    noted: Noted, tmp_path: Path, met_by: str
) -> None:
    spend_for(noted, 73)
    noted.worker.on_thread_finished()
    broken(noted.path)
    at = NOON + 73 * HOUR
    if met_by == "chart":
        assert isinstance(noted.chart().problem, HistoryDamaged)
    elif met_by == "export":
        noted.worker.on_export_wanted(str(tmp_path / "out.csv"))
        assert "damaged" in noted.exports[-1][1]
    for hours in range(3):
        outlook = noted.read(9_270 - 10 * hours, at + hours * HOUR)
        assert isinstance(outlook.problem, HistoryDamaged)
        assert isinstance(outlook.runway, Lasting)
        assert outlook.spent.yesterday == Usd.of_cents(240)
    assert noted.read(9_000, at + 25 * HOUR).problem is None


def test_a_file_that_is_held_at_a_start_is_read_all_the_same(
    noted: Noted, start: Callable[[Path], Noted]
) -> None:
    spend_for(noted, 73)
    with closing(sqlite3.connect(noted.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        outlook = start(noted.path).read(9_270, NOON + 73 * HOUR)
        holder.execute("ROLLBACK")
    assert outlook.problem == HistoryBusy()
    assert isinstance(outlook.runway, Lasting)


def test_a_deletion_that_leaves_traces_is_told_as_one(noted: Noted) -> None:
    spend_for(noted, 73)
    with closing(sqlite3.connect(noted.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        noted.worker.on_delete_wanted()
        reader.execute("ROLLBACK")
    assert noted.deleted == [(HistoryBusy(), True)]
    assert noted.outlooks[-1].runway == Learning(timedelta(0))
    assert noted.outlooks[-1].problem is None
    noted.worker.on_delete_wanted()
    assert noted.deleted[-1] == (None, True)


def test_a_deletion_that_is_refused_leaves_everything(noted: Noted) -> None:
    spend_for(noted, 73)
    with closing(sqlite3.connect(noted.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        noted.worker.on_delete_wanted()
        holder.execute("ROLLBACK")
    assert noted.deleted == [(HistoryBusy(), False)]
    assert isinstance(noted.read(9_270, NOON + 73 * HOUR).runway, Lasting)


def test_after_a_key_change_nothing_is_foretold_until_its_first_reading(noted: Noted) -> None:
    spend_for(noted, 73)
    assert noted.chart().fan
    noted.worker.on_key_changed()
    chart = noted.chart()
    assert (chart.fan, chart.runs_out) == ((), None)
    noted.read(9_270, NOON + 73 * HOUR)
    assert noted.chart().fan


def test_a_clock_that_is_behind_costs_no_forecast(noted: Noted) -> None:
    spend_for(noted, 73)
    behind = noted.read(9_270, NOON + 50 * HOUR)
    assert behind.problem == HistoryClockBehind()
    assert isinstance(behind.runway, Lasting)
    assert noted.read(9_260, NOON + 73 * HOUR).problem is None


def test_an_error_that_nobody_foresaw_is_an_answer_too(
    noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    spend_for(noted, 73)
    for name in ("append", "chart_points", "entries", "delete"):
        monkeypatch.setattr(HistoryFile, name, fail)
    outlook = noted.read(9_270, NOON + 73 * HOUR)
    assert outlook.problem == HistoryFailed("ZeroDivisionError")
    assert isinstance(outlook.runway, Lasting)
    assert noted.chart().problem == HistoryFailed("ZeroDivisionError")
    noted.worker.on_export_wanted("out.csv")
    noted.worker.on_delete_wanted()
    assert noted.exports[-1][1] == "its file cannot be used (ZeroDivisionError)"
    assert noted.deleted == [(HistoryFailed("ZeroDivisionError"), False)]


def test_after_a_clock_that_was_ahead_the_forecast_is_that_of_the_pace_at_once(
    noted: Noted,
) -> None:
    spend_for(noted, 73)
    before = noted.read(9_270, NOON + 73 * HOUR).runway
    noted.read(9_260, NOON + 73 * HOUR + 20 * DAY)
    after = noted.read(9_260, NOON + 74 * HOUR).runway
    assert isinstance(before, Lasting)
    assert isinstance(after, Lasting)
    assert abs(after.middle - before.middle) < before.middle / 10


def test_a_history_that_was_deleted_elsewhere_foretells_nothing(noted: Noted) -> None:
    spend_for(noted, 73)
    assert noted.chart().fan
    history = FileHome(noted.path).make_history()
    history.delete()
    history.close()
    assert not noted.chart().fan


def test_what_was_read_long_after_a_file_in_trouble_is_behind_a_gap(
    noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    spend_for(noted, 3)
    monkeypatch.setattr(HistoryFile, "append", _busy)
    noted.read(9_900, NOON + 12 * HOUR)
    assert [point.after_gap for point in noted.chart().points] == [False, False, False, True]


def test_what_a_run_remembers_without_a_file_stays_small(
    noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HistoryFile, "append", _busy)
    for number in range(1_500):
        noted.read(20_000 - number, NOON + number * timedelta(minutes=5))
    memory = noted.worker._memory
    assert memory is not None
    assert len(memory.spends) < 1_000


def test_as_the_program_ends_no_reading_keeps_a_deletion_waiting(noted: Noted) -> None:
    noted.read(10_000, NOON)
    noted.worker.skip_readings()
    noted.read(9_000, NOON + HOUR)
    assert len(list(noted.worker._opened().entries())) == 1


def _busy(*_: object) -> None:
    raise HistoryError(HistoryBusy())
