from __future__ import annotations

import statistics
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import assert_sums_hold
from tests.benchmarks.history import MOST_APPEND, MOST_BYTES, MOST_CHART, YEARS
from tests.benchmarks.long_history import (
    DAY,
    END,
    YEAR,
    append_times,
    chart_times,
    fill_folded,
    live_through,
)
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME

if TYPE_CHECKING:
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


def test_a_reading_is_recorded_in_time_with_five_years_behind_it(history: HistoryFile) -> None:
    assert statistics.median(append_times(history, 300)) <= MOST_APPEND


def test_the_chart_of_a_year_comes_in_time_with_five_years_behind_it(history: HistoryFile) -> None:
    assert statistics.median(chart_times(history, YEAR, 10)) <= MOST_CHART


def test_a_month_that_was_lived_through_adds_up(tmp_path: Path) -> None:
    live_through(tmp_path / HISTORY_NAME, 1 / 12, lambda _: None)
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC)) as history:
        entries = list(history.entries())
    assert_sums_hold(entries)
    assert len(entries) > 8000
    assert END - entries[0].reading.taken_at > 30 * DAY
