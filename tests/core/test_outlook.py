"""What the history says about now, and what holds until it was asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import NOW, STEADY, amounts, reading_of, runways, usd
from tests.core.spending_habits import DAY, HOUR, spends_of
from tests.core.zones import CENTRAL_EUROPE
from tray_app.core.history import TopUp
from tray_app.core.history_problem import HistoryBusy
from tray_app.core.money import ZERO, Usd
from tray_app.core.outlook import Outlook, carried_over, outlook_of, time_left
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending, Runway, runway_of
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spent_by_day import spent_by_day

LATER = NOW + timedelta(minutes=5)


def test_an_outlook_has_runway_days_top_up_and_trouble() -> None:
    spends = spends_of([1000] * 24 * 20)
    top_up = TopUp(usd("20"), NOW - HOUR)
    reading = reading_of("12.34")
    assert outlook_of(
        reading, SpendSeries.of(spends), top_up, CENTRAL_EUROPE, HistoryBusy()
    ) == Outlook(
        as_of=NOW,
        runway=runway_of(SpendSeries.of(spends), reading.available),
        spent=spent_by_day(SpendSeries.of(spends), NOW, CENTRAL_EUROPE),
        recent_top_up=top_up,
        problem=HistoryBusy(),
        known_since=NOW - timedelta(days=20),
    )
    assert outlook_of(reading, SpendSeries.of([]), None, CENTRAL_EUROPE).known_since == NOW


@pytest.mark.parametrize(
    ("ago", "is_told"),
    [(timedelta(0), True), (DAY - timedelta(seconds=1), True), (DAY, False), (9 * DAY, False)],
)
def test_a_top_up_is_told_for_a_day(ago: timedelta, *, is_told: bool) -> None:
    top_up = TopUp(usd("20"), NOW - ago)
    outlook = outlook_of(reading_of("12"), SpendSeries.of([]), top_up, CENTRAL_EUROPE)
    assert outlook.recent_top_up == (top_up if is_told else None)


def test_a_first_reading_has_nothing_to_tell_but_that_it_learns() -> None:
    outlook = outlook_of(reading_of("12"), SpendSeries.of([]), None, CENTRAL_EUROPE)
    assert outlook.runway == Learning(timedelta(0))
    assert (outlook.recent_top_up, outlook.problem) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [("9", "6", (6, 4, 14 * 6 / 9)), ("9", "27", (27, 18, 42)), ("9", "9", (9, 6, 14))],
)
def test_until_the_history_is_asked_the_old_pace_meets_the_new_amount(
    before: str, after: str, days: tuple[float, float, float]
) -> None:
    carried = carried_over(STEADY, reading_of(before), reading_of(after, LATER))
    assert carried is not None
    assert isinstance(carried.runway, Lasting)
    runway = (carried.runway.middle, carried.runway.low, carried.runway.high)
    assert [span / DAY for span in runway] == pytest.approx(days)
    assert replace(carried, runway=STEADY.runway) == STEADY


def test_more_than_a_year_stays_so_with_less_and_is_the_most_with_more() -> None:
    long = replace(STEADY, runway=Lasting(middle=LONGEST, low=100 * DAY, high=LONGEST))
    less = carried_over(long, reading_of("4"), reading_of("2", LATER))
    more = carried_over(long, reading_of("4"), reading_of("40000", LATER))
    assert less is not None
    assert less.runway == Lasting(middle=LONGEST, low=50 * DAY, high=LONGEST)
    assert more is not None
    assert more.runway == Lasting(LONGEST, LONGEST, LONGEST)


def test_a_top_up_of_an_empty_account_has_no_pace_to_keep() -> None:
    empty = replace(STEADY, runway=Empty())
    assert carried_over(empty, reading_of("0"), reading_of("20", LATER)) is None


@pytest.mark.parametrize("runway", [Learning(HOUR), NotSpending(DAY)])
def test_what_is_no_forecast_stays(runway: Runway) -> None:
    outlook = replace(STEADY, runway=runway)
    assert carried_over(outlook, reading_of("4"), reading_of("3", LATER)) == outlook
    assert time_left(outlook) is None


def test_the_time_left_is_the_middle() -> None:
    assert time_left(STEADY) == 9 * DAY
    assert time_left(None) is None


def test_after_a_long_sleep_the_old_pace_still_counts_once() -> None:
    woken = reading_of("8", NOW + 9 * DAY)
    assert carried_over(STEADY, reading_of("9"), woken) is not None


def test_a_history_that_was_not_asked_for_a_day_tells_nothing_any_more() -> None:
    nearly, past = reading_of("8", NOW + DAY - HOUR), reading_of("8", NOW + DAY)
    between = reading_of("8", NOW + HOUR)
    assert carried_over(STEADY, between, nearly) is not None
    assert carried_over(STEADY, between, past) is None


@given(runways, amounts.filter(lambda amount: amount > ZERO), amounts)
@settings(deadline=None)
def test_whatever_the_amounts_a_range_stays_in_order_and_nothing_left_is_empty(
    runway: Runway, before: Usd, after: Usd
) -> None:
    carried = carried_over(
        replace(STEADY, runway=runway), BalanceReading(before, NOW), BalanceReading(after, LATER)
    )
    if after <= ZERO:
        assert carried is not None
        assert carried.runway == Empty()
    elif carried is not None and isinstance(carried.runway, Lasting):
        now = carried.runway
        assert timedelta(0) <= now.low <= now.middle <= now.high <= LONGEST


@given(st.integers(1, 10**6), st.integers(1, 10**6))
@settings(deadline=None)
def test_there_and_back_is_where_it_was(before: int, after: int) -> None:
    first = BalanceReading(Usd.of_units(before), NOW)
    second = BalanceReading(Usd.of_units(after), LATER)
    there = carried_over(STEADY, first, second)
    assert there is not None
    back = carried_over(there, second, first)
    assert back is not None
    if time_left(there) != LONGEST:
        left = time_left(back)
        assert left is not None
        assert abs(left - 9 * DAY) / (9 * DAY) < 0.01
