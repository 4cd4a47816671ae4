from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from tests.core.samples import usd
from tests.presentation.chart_samples import DAY, NOW, chart, healthy, no_point, one_point
from tray_app.core.history import ChartPoint
from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryClockBehind,
    HistoryDamaged,
    HistoryDiskFull,
    HistoryFailed,
    HistoryForeign,
    HistoryProblem,
    HistoryReadOnly,
    HistoryTooNew,
)
from tray_app.presentation.chart_data import ChartRange
from tray_app.presentation.history_wording import (
    chart_message,
    deletion_news,
    export_name,
    export_news,
    history_trouble,
)

EVERY: tuple[HistoryProblem, ...] = (
    HistoryDiskFull(),
    HistoryBusy(),
    HistoryReadOnly(),
    HistoryDamaged("history-2026-11-25.broken"),
    HistoryForeign(),
    HistoryTooNew(9),
    HistoryClockBehind(),
    HistoryFailed("OperationalError"),
)


def test_each_trouble_has_words_of_its_own() -> None:
    assert {type(each) for each in EVERY} == set(get_args(HistoryProblem))
    assert len({history_trouble(each) for each in EVERY}) == len(EVERY)


@pytest.mark.parametrize("problem", EVERY)
def test_a_trouble_is_told_with_what_comes_next_in_whole_sentences(
    problem: HistoryProblem,
) -> None:
    text = history_trouble(problem)
    assert "istory" in text
    assert text.endswith(".")
    assert len([mark for mark in text if mark in ".;"]) >= 2
    assert len(text) < 130


def test_a_damaged_file_is_named_where_it_lies_now() -> None:
    assert "history-2026-11-25.broken" in history_trouble(EVERY[3])


def test_an_export_is_named_after_its_day() -> None:
    assert export_name(date(2026, 11, 5)) == "novita-balance-2026-11-05.csv"


def test_in_place_of_a_chart_it_says_why_there_is_none() -> None:
    assert chart_message(None, failing=False) == "Loading the history…"
    assert chart_message(None, failing=True) == "There is no history to show."
    assert chart_message(no_point(), failing=True) == "There is no history to show."
    assert chart_message(no_point(), failing=False) == "No reading yet."
    assert chart_message(one_point(), failing=False) == "The chart grows with each reading."
    assert chart_message(healthy(), failing=True) == ""
    old = chart(ChartRange.DAY, (ChartPoint(NOW - 2 * DAY, usd("5")),))
    assert chart_message(old, failing=False) == "Nothing was read in the last 24 h."


def test_what_became_of_an_export_and_of_a_deletion_is_told() -> None:
    assert export_news("a.csv", "") == "The history was exported to a.csv."
    assert export_news("a.csv", "No space left on device") == (
        "The history could not be exported to a.csv: No space left on device."
    )
    assert deletion_news(None, is_gone=True) == (
        "The history is deleted. It begins anew with the next reading."
    )
    assert "traces of it are left" in deletion_news(HistoryBusy(), is_gone=True)
    assert "other programs read it" in deletion_news(HistoryBusy(), is_gone=True)
    assert "beside it: the disk is full." in deletion_news(HistoryDiskFull(), is_gone=True)
    assert deletion_news(HistoryTooNew(9), is_gone=False) == (
        "The history could not be deleted: a later version of this program wrote its file. "
        "Install that version again."
    )
    assert deletion_news(HistoryBusy(), is_gone=False) == (
        "The history could not be deleted: another program holds its file. Delete once more later."
    )
