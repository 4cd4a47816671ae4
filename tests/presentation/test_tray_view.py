"""What a view tells of the reading: amount, level, age, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.core.samples import NOW, PROBLEMS, reading_of, state_after, usd
from tests.presentation.views import FULL, MINUTE, SETTINGS, ages, sources, states, view
from tray_app.core.account_state import AccountState
from tray_app.core.status import Status, status_of
from tray_app.presentation.source import Source

if TYPE_CHECKING:
    from tray_app.core.problem import Problem


def test_a_fresh_reading_shows_amount_and_moment() -> None:
    shown = view(state_after(None, reading=FULL), after=4 * MINUTE)
    assert shown.headline == "$12.34 available · as of 03:30"
    assert shown.trouble == ()
    assert shown.notes == ()
    assert shown.tooltip == (
        "$12.34 available · as of 03:30\n"
        "Cash $10.34 · Credit limit $2.00\n"
        "Pending charges $0.00 · Owed $0.00"
    )


def test_while_nothing_happens_nothing_is_told_anew() -> None:
    state = state_after(None, reading=FULL)
    assert view(state).headline.endswith(" · as of 03:30")
    assert view(state) == view(state, after=14 * MINUTE)


@pytest.mark.parametrize(
    ("dollars", "headline"),
    [
        ("4.99", "$4.99 available · low · as of 03:30"),
        ("0.5", "$0.50 available · critical · as of 03:30"),
        ("0", "$0.00 available · empty · as of 03:30"),
        ("-1.2345", "-$1.2345 available · empty · as of 03:30"),
    ],
)
def test_the_level_is_also_told_in_words(dollars: str, headline: str) -> None:
    assert view(state_after(None, reading=reading_of(dollars))).headline == headline


def test_a_reading_without_a_level_has_no_word_for_one() -> None:
    state = replace(state_after(None, reading=reading_of("1")), level=None)
    assert view(state).headline == "$1.00 available · as of 03:30"


def test_a_clock_that_lags_a_little_behind_shows_no_negative_age() -> None:
    shown = view(state_after(None, reading=FULL), after=timedelta(seconds=-2))
    assert shown.headline == "$12.34 available · as of 03:30"


def test_before_the_first_answer_it_says_so() -> None:
    shown = view(AccountState())
    assert shown.headline == shown.tooltip == "Loading the balance…"
    assert shown.details == ()
    assert shown.trouble == ()


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_without_any_reading_no_figure_is_shown(problem: Problem) -> None:
    shown = view(state_after(problem))
    assert shown.headline == "No balance yet"
    assert "$" not in "".join((*shown.lines, shown.tooltip))
    assert shown.trouble


def test_details_hold_only_what_the_reply_had() -> None:
    assert view(state_after(None, reading=reading_of("9"))).details == ()
    only_cash = view(state_after(None, reading=replace(reading_of("9"), cash=usd("0"))))
    assert only_cash.details == (("Cash", "$0.00"),)
    assert only_cash.lines == ("$9.00 available · as of 03:30", "Cash: $0.00")


@settings(deadline=None)
@given(states(), ages, sources)
def test_an_old_figure_never_reads_as_current(
    state: AccountState, age: timedelta, source: Source
) -> None:
    shown = view(state, after=age, source=source)
    status = status_of(state, NOW + age, SETTINGS.stale_after)
    if state.reading is None:
        assert "available" not in shown.headline
        assert shown.icon.level is None
    elif status is Status.FRESH:
        assert age <= SETTINGS.stale_after
        assert " was " not in shown.headline
    else:
        assert " was available " in shown.headline
        assert shown.icon.dimmed or shown.icon.emblem.is_symbol


def test_a_demo_says_so_in_the_first_line_and_in_a_note() -> None:
    shown = view(state_after(None, reading=FULL), source=Source(demo=True))
    assert shown.headline == "Demo: $12.34 available · as of 03:30"
    assert shown.tooltip.startswith("Demo: ")
    assert shown.lines[-1] == "Simulated account, no real money"


def test_an_override_and_another_address_are_noted() -> None:
    source = Source(key_from_environment=True, api_url="https://other.example")
    shown = view(state_after(None, reading=FULL), source=source)
    assert shown.notes == ("Key from NOVITA_API_KEY", "Asking https://other.example")
    assert shown.lines[-2:] == shown.notes


def test_equal_states_make_equal_views_and_an_age_that_reads_alike_too() -> None:
    state = state_after(None, reading=FULL)
    assert view(state) == view(replace(state), after=timedelta(seconds=59))
    assert view(state, after=20 * MINUTE) == view(state, after=20 * MINUTE + timedelta(seconds=59))
    assert view(state, after=20 * MINUTE) != view(state, after=21 * MINUTE)
