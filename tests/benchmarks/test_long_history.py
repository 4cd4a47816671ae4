"""What years of history cost, in work; the milliseconds are ``tests.benchmarks.history``'s."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import assert_sums_hold
from tests.benchmarks.history import MOST_BYTES, YEARS
from tests.benchmarks.long_history import (
    DAY,
    END,
    INTERVAL,
    YEAR,
    ask_for_chart,
    fill_folded,
    live_through,
    spending_readings,
)
from tests.budgets.work import calls_of, sqlite_steps_of
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with five years: hours, and the last 45 days in detail."""
    path = tmp_path_factory.mktemp("long") / HISTORY_NAME
    fill_folded(path, YEARS)
    return path


@pytest.fixture
def history(path: Path) -> Iterator[HistoryFile]:
    with closing(HistoryFile(path, zone=UTC)) as history:
        yield history


def test_five_years_stay_far_below_the_size_that_is_allowed(path: Path) -> None:
    assert 1_000_000 < path.stat().st_size < MOST_BYTES / 4


def connection_of(history: HistoryFile) -> sqlite3.Connection:
    """Return what the file is open by, once it is."""
    history.last()
    assert history._open is not None
    return history._open


def test_a_reading_is_recorded_with_little_work_and_five_years_behind_it(
    history: HistoryFile,
) -> None:
    later = spending_readings(END + INTERVAL, END + INTERVAL * 6, INTERVAL)

    def append() -> None:
        history.append(next(later), "a")

    calls = [calls_of(append) for _ in range(3)]
    # The first one looks for a clock that was ahead.
    assert calls[0] <= 9_000
    assert max(calls[1:]) <= 600
    connection = connection_of(history)
    assert sqlite_steps_of(connection, append) <= 500


def test_the_chart_of_a_year_looks_at_that_year_alone_and_little_for_each_row(
    history: HistoryFile,
) -> None:
    def ask() -> None:
        ask_for_chart(history, END - YEAR)

    connection = connection_of(history)
    # A year has some 20,000 rows, five have 57,000.
    assert calls_of(ask) <= 20_000
    assert sqlite_steps_of(connection, ask) <= 350_000


def test_a_day_is_folded_without_a_look_at_the_weeks_behind_it(history: HistoryFile) -> None:
    connection = connection_of(history)
    assert sqlite_steps_of(connection, lambda: history.fold(END + DAY)) <= 40_000


def test_a_month_that_was_lived_through_adds_up(tmp_path: Path) -> None:
    live_through(tmp_path / HISTORY_NAME, 1 / 12, lambda _: None)
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        entries = list(history.entries())
    assert_sums_hold(entries)
    assert len(entries) > 8000
    assert END - entries[0].reading.taken_at > 30 * DAY
