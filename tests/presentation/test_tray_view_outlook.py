"""What the history says, in icon, tooltip and menu: how long the balance lasts, and top-ups."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.core.samples import NOW, PASSING_PROBLEMS, STEADY, reading_of, state_after, usd
from tests.core.zones import CENTRAL_EUROPE
from tests.presentation.views import (
    FULL,
    HOUR,
    MINUTE,
    ages,
    head_texts,
    sources,
    states,
    utf16_units,
    view,
)
from tray_app.core.account_state import OutlookChanged, reduce
from tray_app.core.history import TopUp
from tray_app.core.history_problem import HistoryBusy, HistoryDamaged
from tray_app.core.level import Level
from tray_app.core.problem import NoKey, Problem, TimedOut, WrongKey
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending, Runway
from tray_app.core.settings import Settings
from tray_app.core.status import Status, status_of
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.presentation.source import Source
from tray_app.presentation.tooltip import LONGEST_TOOLTIP_UTF16

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState
    from tray_app.core.outlook import Outlook

DAY = timedelta(days=1)
TWO_DAYS = Lasting(middle=2 * DAY, low=1.4 * DAY, high=3.2 * DAY)
HOURS = Lasting(middle=14 * HOUR, low=9 * HOUR, high=22 * HOUR)


def foreseen(
    dollars: str, outlook: Outlook = STEADY, problem: Problem | None = None
) -> AccountState:
    """Return the state after a reading of now about which the history was asked."""
    reading = replace(FULL, available=usd(dollars))
    return reduce(state_after(problem, reading=reading), OutlookChanged(outlook))


def lasting(dollars: str, runway: Runway) -> AccountState:
    return foreseen(dollars, replace(STEADY, runway=runway))


def test_the_runway_stands_in_the_tooltip_in_short_and_in_the_menu_with_its_range() -> None:
    shown = view(foreseen("12.34"), after=4 * MINUTE)
    assert shown.tooltip == (
        "$12.34 available · ≈ 9 d · as of 03:30\n"
        "Cash $10.34 · Credit limit $2.00\n"
        "Pending charges $0.00 · Owed $0.00"
    )
    assert head_texts(shown)[:3] == [
        "$12.34 available · as of 03:30",
        "Lasts about 9 days, 6 to 14",
        "Cash: $10.34",
    ]
    assert shown.icon == IconSpec("12", Level.HEALTHY)


@pytest.mark.parametrize(
    ("runway", "row"),
    [
        (Learning(5 * HOUR), "How long it lasts: still learning (5 h of 24 seen)"),
        (NotSpending(8 * DAY), "Not spending"),
    ],
)
def test_without_a_forecast_the_menu_says_why_and_the_tooltip_nothing(
    runway: Runway, row: str
) -> None:
    shown = view(lasting("12.34", runway))
    assert head_texts(shown)[1] == shown.runway == row
    assert shown.tooltip.startswith("$12.34 available · as of 03:30\n")


def test_an_empty_balance_needs_no_second_word() -> None:
    shown = view(lasting("0", Empty()))
    assert (shown.headline, shown.runway) == ("$0.00 available · empty · as of 03:30", "")
    assert shown.icon == IconSpec("0", Level.EMPTY)


@pytest.mark.parametrize(
    ("dollars", "runway", "headline", "icon"),
    [
        (
            "480",
            TWO_DAYS,
            "$480.00 available · low: about 2 days left · as of 03:30",
            IconSpec("2d", Level.LOW),
        ),
        (
            "480",
            HOURS,
            "$480.00 available · critical: about 14 hours left · as of 03:30",
            IconSpec("14h", Level.CRITICAL),
        ),
        (
            "4.9",
            HOURS,
            "$4.90 available · critical: about 14 hours left · as of 03:30",
            IconSpec("14h", Level.CRITICAL),
        ),
    ],
)
def test_a_level_that_the_time_left_makes_is_told_as_time_in_icon_headline_and_tooltip(
    dollars: str, runway: Runway, headline: str, icon: IconSpec
) -> None:
    shown = view(lasting(dollars, runway))
    assert (shown.headline, shown.icon) == (headline, icon)
    assert shown.tooltip.split("\n")[0] == headline


def test_a_level_that_the_amount_makes_is_told_as_dollars_and_the_time_beside_it() -> None:
    shown = view(lasting("4.9", TWO_DAYS))
    assert shown.headline == "$4.90 available · low · as of 03:30"
    assert shown.tooltip.split("\n")[0] == "$4.90 available · low · ≈ 2 d · as of 03:30"
    assert shown.icon == IconSpec("4.9", Level.LOW)


@pytest.mark.parametrize("problem", [None, TimedOut(), WrongKey("X"), NoKey()])
def test_no_runway_is_told_of_a_figure_that_is_not_current(problem: Problem | None) -> None:
    shown = view(foreseen("480", replace(STEADY, runway=HOURS), problem), after=HOUR)
    told = "\n".join((*shown.lines, shown.tooltip))
    assert shown.runway == ""
    assert "hours" not in told
    assert "≈" not in told
    assert shown.icon.text in {"480", ""}


def test_a_short_failure_takes_no_runway_away() -> None:
    shown = view(foreseen("12.34", problem=TimedOut()), after=4 * MINUTE)
    assert shown.runway == "Lasts about 9 days, 6 to 14"
    assert "≈ 9 d" in shown.tooltip


def test_amounts_and_then_the_runway_give_way_to_what_is_wrong() -> None:
    demo = Source(demo=True)
    shortened = set()
    for problem in PASSING_PROBLEMS:
        shown = view(foreseen("1234.5678", problem=problem), source=demo)
        whole = "\n".join(("Demo: $1234.5678 available · ≈ 9 d · as of 03:30", *shown.trouble))
        plain = view(state_after(problem, reading=reading_of("1234.5678")), source=demo)
        if utf16_units(whole) > LONGEST_TOOLTIP_UTF16:
            assert shown.tooltip == plain.tooltip
            shortened.add(problem)
        else:
            assert shown.tooltip.split("\n")[0] == whole.split("\n")[0]
            assert shown.tooltip.endswith("\n".join(shown.trouble))
    assert set() < shortened < set(PASSING_PROBLEMS)


def test_a_top_up_is_confirmed_for_a_day_with_its_local_time() -> None:
    outlook = replace(STEADY, recent_top_up=TopUp(usd("20"), NOW - HOUR))
    state = foreseen("32.34", outlook)
    local = (NOW - HOUR).astimezone(CENTRAL_EUROPE)
    shown = view(state)
    assert head_texts(shown)[2] == shown.top_up == f"Top-up: +$20.00, {local:%H:%M}"
    assert (
        view(state, after=23 * HOUR - MINUTE).top_up == f"Top-up: +$20.00, yesterday {local:%H:%M}"
    )
    assert view(state, after=23 * HOUR).top_up == ""


def test_trouble_with_the_history_has_its_own_rows_and_leaves_the_balance_alone() -> None:
    shown = view(foreseen("12.34", replace(STEADY, problem=HistoryBusy())))
    assert shown.history_trouble == (
        "The history is not kept: another program holds its file",
        "Close that program; it goes on by itself",
    )
    assert head_texts(shown)[-2:] == list(shown.history_trouble)
    assert shown.trouble == ()
    assert "history" not in shown.tooltip


def test_a_damaged_history_says_where_the_old_one_is() -> None:
    shown = view(foreseen("12.34", replace(STEADY, problem=HistoryDamaged("history.broken-1"))))
    assert shown.history_trouble[1] == "It lies aside as history.broken-1; a new one began"


@settings(deadline=None, max_examples=300)
@given(states(), ages, sources)
def test_the_runway_is_told_of_a_fresh_figure_alone(
    state: AccountState, age: timedelta, source: Source
) -> None:
    shown = view(state, after=age, source=source)
    is_fresh = status_of(state, NOW + age, Settings().stale_after) is Status.FRESH
    assert is_fresh or not shown.runway
    assert is_fresh or "≈" not in shown.tooltip
    assert is_fresh or not shown.icon.text.endswith(("h", "d", "w"))
    assert not shown.runway or shown.runway in head_texts(shown)
    if shown.icon.emblem is Emblem.NONE and shown.icon.level is Level.HEALTHY:
        assert not shown.icon.text.endswith(("h", "d", "w"))


def test_more_than_a_year_is_told_as_that() -> None:
    shown = view(lasting("480", Lasting(LONGEST, LONGEST, LONGEST)))
    assert shown.tooltip.startswith("$480.00 available · > 1 y · as of 03:30")
    assert shown.runway == "Lasts more than a year"
