"""How long a balance lasts: the cases."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.budgets.work import calls_of
from tests.core.samples import NOW
from tests.core.spending_habits import (
    DAY,
    HABITS,
    HOUR,
    WEEK,
    Habit,
    habit_units,
    merged,
    spends_of,
)
from tray_app.core.money import Usd
from tray_app.core.runway import (
    LONGEST,
    LOOK_BACK,
    Empty,
    FanPoint,
    Lasting,
    Learning,
    NotSpending,
    fan_of,
    runway_of,
)
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

_EVEN_DAY = [1_000] * 24
_DAY_UNITS = sum(_EVEN_DAY)
_WORKDAY = [0] * 9 + [3_000] * 8 + [0] * 7
_WORKING_WEEK = _WORKDAY * 5 + [0] * 48


def lasting(units: list[int], available: int) -> Lasting:
    return lasting_of(spends_of(units), available)


def lasting_of(spends: list[Spend], available: int) -> Lasting:
    runway = runway_of(SpendSeries.of(spends), Usd.of_units(available))
    assert isinstance(runway, Lasting)
    return runway


@pytest.mark.parametrize("available", [0, -1, -(10**12)])
def test_without_a_balance_it_is_empty_whatever_was_spent(available: int) -> None:
    for spends in ([], spends_of(_EVEN_DAY * 7)):
        assert runway_of(SpendSeries.of(spends), Usd.of_units(available)) == Empty()


@pytest.mark.parametrize("units", [[0] * 23, [5] * 23, [0] * 23 + [5], [0] * 100 + [5] * 23])
def test_less_than_a_day_since_the_first_spending_is_still_learning(units: list[int]) -> None:
    runway = runway_of(SpendSeries.of(spends_of(units)), Usd.of_units(1_000))
    assert isinstance(runway, Learning)
    assert runway.seen < DAY


def test_learning_tells_how_long_it_has_been_at_it() -> None:
    assert runway_of(SpendSeries.of([]), Usd.of_units(1)) == Learning(timedelta(0))
    assert runway_of(SpendSeries.of(spends_of([0] * 5)), Usd.of_units(1)) == Learning(5 * HOUR)
    assert runway_of(SpendSeries.of(spends_of([0] * 90 + [7] * 5)), Usd.of_units(1)) == Learning(
        5 * HOUR
    )


@pytest.mark.parametrize(
    ("units", "idle"),
    [
        ([0] * 24, DAY),
        ([0] * 24 * 30, 30 * DAY),
        ([0] * 24 * 300, LOOK_BACK),
        ([9] * 24 + [0] * 168, WEEK),
        ([9] * 24 + [0] * 24 * 300, LOOK_BACK),
    ],
)
def test_nothing_for_a_week_or_at_all_is_not_spending(units: list[int], idle: timedelta) -> None:
    assert runway_of(SpendSeries.of(spends_of(units)), Usd.of_units(1_000)) == NotSpending(idle)


def test_a_day_of_spending_is_enough_for_a_forecast_and_six_idle_days_do_not_end_it() -> None:
    assert lasting(_EVEN_DAY, 7 * _DAY_UNITS).middle / (7 * DAY) == pytest.approx(1, abs=0.01)
    assert lasting(_EVEN_DAY * 7 + [0] * 144, 7 * _DAY_UNITS).middle > 7 * DAY


@pytest.mark.parametrize("days", [0.5, 2, 10, 100])
@pytest.mark.parametrize("seen", [1, 3, 7, 28, 400])
def test_an_even_pace_lasts_as_long_as_it_divides(days: float, seen: int) -> None:
    runway = lasting(_EVEN_DAY * seen, round(days * _DAY_UNITS))
    assert runway.middle / (days * DAY) == pytest.approx(1, abs=0.01)
    assert runway.low < 0.8 * days * DAY
    assert runway.high > 1.2 * days * DAY


def test_the_range_narrows_with_the_days_seen() -> None:
    widths = []
    for seen in (1, 2, 4, 8, 16, 32):
        runway = lasting(_EVEN_DAY * seen, 7 * _DAY_UNITS)
        widths.append(runway.high / runway.low)
    assert all(later < sooner for sooner, later in pairwise(widths))
    assert widths[-1] < 2


def test_what_lasts_beyond_a_year_is_bounded() -> None:
    assert lasting(_EVEN_DAY * 7, 10**11) == Lasting(LONGEST, LONGEST, LONGEST)
    runway = lasting(_EVEN_DAY * 7, 300 * _DAY_UNITS)
    assert runway.middle < LONGEST == runway.high


def test_the_weekend_of_who_spends_on_working_days_is_foreseen() -> None:
    friday_night = (_WORKING_WEEK * 4)[:-48]
    one_more_day = lasting(friday_night, _DAY_UNITS)
    assert one_more_day.low > 1.9 * DAY
    assert one_more_day.high < 5 * DAY
    sunday_night = lasting(_WORKING_WEEK * 4, 10 * _DAY_UNITS)
    assert sunday_night.middle / (12 * DAY) == pytest.approx(1, abs=0.3)
    assert sunday_night.low < 12 * DAY < sunday_night.high


def test_rare_spending_counts_by_its_mean() -> None:
    every_fourth_day = ([0] * 95 + [96_000]) * 7
    runway = lasting(every_fourth_day, 20 * _DAY_UNITS)
    assert runway.middle / (20 * DAY) == pytest.approx(1, abs=0.35)
    assert runway.low < 20 * DAY < runway.high


@pytest.mark.parametrize("ago", [24, 72, 24 * 7])
def test_one_runaway_hour_does_not_become_the_pace(ago: int) -> None:
    units = _EVEN_DAY * 28
    units[-ago] = 100_000
    runway = lasting(units, 7 * _DAY_UNITS)
    assert runway.middle / (7 * DAY) == pytest.approx(1, abs=0.2)
    assert runway.low < 7 * DAY < runway.high


@pytest.mark.parametrize("factor", [10, 0.1])
def test_a_new_level_is_followed_within_days_and_the_range_holds_both(factor: float) -> None:
    new = [round(factor * 1_000)] * 24
    before = lasting(_EVEN_DAY * 28, 7 * _DAY_UNITS).middle
    after = before / factor
    shortest, longest = min(before, after), max(before, after)
    last = before
    for days in (1, 2, 3, 5):
        runway = lasting(_EVEN_DAY * 28 + new * days, 7 * _DAY_UNITS)
        assert shortest < runway.middle < longest
        assert abs(runway.middle - after) < abs(last - after)
        assert runway.low < 1.1 * before
        assert runway.high > 0.9 * before
        last = runway.middle
    # Most of the way, as a ratio.
    assert max(last / after, after / last) < 2.2
    assert runway.low < after < runway.high


@pytest.mark.parametrize("hours", [24, 48, 72, 120])
def test_spending_that_stopped_lasts_longer_each_day(hours: int) -> None:
    busy = _EVEN_DAY * 20
    sooner = lasting(busy + [0] * (hours - 24), 7 * _DAY_UNITS)
    later = lasting(busy + [0] * hours, 7 * _DAY_UNITS)
    assert later.middle > sooner.middle
    assert later.low < 7 * DAY < later.high


def test_a_gap_counts_as_spending_over_the_gap() -> None:
    spends = spends_of(_EVEN_DAY * 28)
    for first, last in ((100, 110), (200, 536), (0, 670), (500, 671)):
        runway = lasting_of(merged(spends, first, last), 7 * _DAY_UNITS)
        assert runway.middle / (7 * DAY) == pytest.approx(1, abs=0.01)


def test_a_gap_without_spending_is_idle_time() -> None:
    spends = spends_of(_EVEN_DAY * 7)
    idle = Spend(NOW, NOW + 8 * DAY, Usd.of_units(0))
    assert runway_of(SpendSeries.of([*spends, idle]), Usd.of_units(9)) == NotSpending(8 * DAY)


def test_a_single_spend_of_a_month_is_spread_over_it() -> None:
    month = [Spend(NOW - 30 * DAY, NOW, Usd.of_units(30 * _DAY_UNITS))]
    assert lasting_of(month, 7 * _DAY_UNITS).middle / (7 * DAY) == pytest.approx(1, abs=0.01)


def test_spending_in_the_first_minutes_alone_gives_a_forecast() -> None:
    minutes = timedelta(minutes=5)
    spends = spends_of([9_000] + [0] * 317, step=minutes)
    assert lasting_of(spends, 90_000).middle > 5 * DAY


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_five_minutes_change_the_middle_only_a_little(habit: Habit) -> None:
    minutes = timedelta(minutes=5)
    units = [hour // 12 for hour in habit_units(habit, 4, 11) for _ in range(12)]
    spends = spends_of(units, step=minutes)
    available = sum(units) // 2
    # Over the hours at which a day and the first week become complete.
    for days in (2, 7):
        middles = [
            lasting_of(spends[: days * 288 + reading], available).middle
            for reading in range(-13, 14)
        ]
        for sooner, later in pairwise(middles):
            assert abs(later / sooner - 1) < 0.04


def test_the_fan_of_an_even_pace_is_a_line() -> None:
    fan = fan_of(
        SpendSeries.of(spends_of(_EVEN_DAY * 28)), Usd.of_units(10 * _DAY_UNITS), 40 * DAY, 4
    )
    assert [point.middle for point in fan] == pytest.approx([0, 0, 0, 0], abs=1e-9)
    fan = fan_of(
        SpendSeries.of(spends_of(_EVEN_DAY * 28)), Usd.of_units(100 * _DAY_UNITS), 80 * DAY, 4
    )
    assert [point.middle for point in fan] == pytest.approx([0.8, 0.6, 0.4, 0.2], abs=0.01)


@pytest.mark.parametrize("units", [[], [0] * 48, [5] * 5])
def test_without_a_forecast_there_is_no_fan(units: list[int]) -> None:
    fan: tuple[FanPoint, ...] = fan_of(SpendSeries.of(spends_of(units)), Usd.of_units(5), DAY, 4)
    assert fan == ()


def test_years_of_readings_cost_no_more_than_weeks() -> None:
    minutes = timedelta(minutes=5)
    month = spends_of([100, 0, 70] * 96 * 35, step=minutes)
    years = spends_of([100, 0, 70] * 96 * 350, step=minutes)
    assert runway_of(SpendSeries.of(years), Usd.of_units(10**6)) == runway_of(
        SpendSeries.of(month), Usd.of_units(10**6)
    )
    # How fast it is in milliseconds, the benchmark tells.
    assert _calls_for(years) < 1.1 * _calls_for(month)


def _calls_for(spends: list[Spend]) -> int:
    series = SpendSeries.of(spends)
    return calls_of(lambda: runway_of(series, Usd.of_units(10**6)))
