from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

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
from tray_app.presentation.history_wording import export_name, history_trouble

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
