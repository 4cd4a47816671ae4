from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.core.samples import KEY_PROBLEMS, NOW, PROBLEMS, STEADY, reading_of, state_after
from tray_app.core.account_state import AccountState
from tray_app.core.level import Level
from tray_app.core.problem import ConnectionFault, Offline, Problem
from tray_app.core.settings import Settings
from tray_app.presentation.account_report import AccountReport, report_of
from tray_app.presentation.problem_code import problem_code
from tray_app.presentation.translation import install

SETTINGS = Settings()
OFFLINE = Offline(ConnectionFault.REFUSED)
FRESH = replace(state_after(None, reading=reading_of("12.34")), outlook=STEADY)


def report(state: AccountState, age: timedelta = timedelta(0)) -> AccountReport:
    return report_of("work", state, NOW + age, SETTINGS)


def test_a_current_figure_is_told_with_its_runway_and_the_next_request() -> None:
    assert report(FRESH) == AccountReport(
        "work",
        reading=FRESH.reading,
        level=Level.HEALTHY,
        runway=STEADY.runway,
        next_refresh=NOW + SETTINGS.refresh_interval,
    )


def test_of_an_old_figure_no_runway_is_told() -> None:
    old = report(FRESH, SETTINGS.stale_after + timedelta(seconds=1))
    assert (old.stale, old.runway, old.level) == (True, None, Level.HEALTHY)
    assert not report(FRESH, SETTINGS.stale_after).stale


def test_a_figure_whose_age_nobody_knows_is_old() -> None:
    assert report(FRESH, timedelta(hours=-2)).stale


def test_before_anything_is_known_nothing_is_told() -> None:
    assert report(AccountState()) == AccountReport("work")


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_a_problem_has_its_code_and_its_sentence(problem: Problem) -> None:
    told = report(state_after(problem))
    assert told.problem == problem_code(problem)
    assert told.message
    assert told.message.endswith(".")
    assert (told.next_refresh is None) == (problem in KEY_PROBLEMS)


def test_a_problem_leaves_the_reading() -> None:
    told = report(replace(FRESH, problem=OFFLINE, failures=1))
    assert told.reading == FRESH.reading
    assert told.problem == problem_code(OFFLINE)


def test_after_a_sleep_no_problem_is_told_that_may_pass() -> None:
    assert report(replace(FRESH, problem=OFFLINE, failures=1, resumed_at=NOW)).problem is None


def test_sentences_are_english_whatever_the_windows_speak() -> None:
    english = report(state_after(OFFLINE)).message
    install(lambda text, _: text.upper())
    try:
        assert report(state_after(OFFLINE)).message == english
    finally:
        install(None)
