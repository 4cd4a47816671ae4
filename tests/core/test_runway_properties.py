"""What must hold for the forecast of every history."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import NOW
from tests.core.spending_habits import DAY, merged, spends_of
from tray_app.core.money import Usd
from tray_app.core.runway import LONGEST, Lasting, fan_of, runway_of
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    from tray_app.core.spend import Spend

_TOLERANCE = timedelta(seconds=2)

amounts = st.one_of(st.just(0), st.integers(0, 5_000), st.integers(0, 10**9))
# Stretches that repeat, so that days and weeks come about.
stretches = st.tuples(st.lists(amounts, min_size=1, max_size=24), st.integers(1, 30))
histories = st.lists(stretches, min_size=1, max_size=8).map(
    lambda parts: [units for stretch, times in parts for units in stretch * times]
)
going_on = st.tuples(histories, st.integers(1, 5_000)).map(
    lambda drawn: [drawn[1], *drawn[0], *[0] * 24, drawn[1]]
)
"""Spending that began a day ago at least and goes on: there is always a forecast."""
balances = st.integers(1, 10**12)


def lasting(units: list[int], available: int) -> Lasting:
    return lasting_of(spends_of(units), available)


def lasting_of(spends: list[Spend], available: int) -> Lasting:
    runway = runway_of(SpendSeries.of(spends), Usd.of_units(available))
    assert isinstance(runway, Lasting)
    return runway


@given(going_on, balances)
@settings(deadline=None, max_examples=40)
def test_the_middle_lies_in_the_range_and_the_same_is_said_again(
    units: list[int], available: int
) -> None:
    runway = lasting(units, available)
    assert runway == lasting(units, available)
    assert timedelta(0) < runway.low <= runway.middle <= runway.high <= LONGEST


@given(going_on, balances, balances)
@settings(deadline=None, max_examples=40)
def test_more_balance_never_lasts_shorter(units: list[int], available: int, more: int) -> None:
    spends = spends_of(units)
    little, much = lasting_of(spends, available), lasting_of(spends, available + more)
    # Rounding of floats is all that may differ.
    assert little.low <= much.low + _TOLERANCE
    assert little.middle <= much.middle + _TOLERANCE
    assert little.high <= much.high + _TOLERANCE


@given(going_on, balances, st.integers(2, 10**6))
@settings(deadline=None, max_examples=40)
def test_spending_and_balance_in_other_coin_change_nothing(
    units: list[int], available: int, factor: int
) -> None:
    assert runway_of(SpendSeries.of(spends_of(units)), Usd.of_units(available)) == runway_of(
        SpendSeries.of(spends_of([factor * unit for unit in units])),
        Usd.of_units(factor * available),
    )


@given(going_on, balances, st.timedeltas(timedelta(0), 900 * DAY))
@settings(deadline=None, max_examples=40)
def test_when_it_is_asked_changes_nothing(
    units: list[int], available: int, later: timedelta
) -> None:
    assert runway_of(SpendSeries.of(spends_of(units)), Usd.of_units(available)) == runway_of(
        SpendSeries.of(spends_of(units, until=NOW + later)), Usd.of_units(available)
    )


@given(histories, balances, st.data())
@settings(deadline=None, max_examples=40)
def test_gaps_never_break_a_forecast(units: list[int], available: int, draw: st.DataObject) -> None:
    first = draw.draw(st.integers(0, len(units) - 1))
    last = draw.draw(st.integers(first, len(units) - 1))
    runway = runway_of(
        SpendSeries.of(merged(spends_of(units), first, last)), Usd.of_units(available)
    )
    if isinstance(runway, Lasting):
        assert runway.low <= runway.middle <= runway.high


@given(going_on, balances)
@settings(deadline=None, max_examples=40)
def test_the_fan_closes_where_the_runway_says(units: list[int], available: int) -> None:
    spends = spends_of(units)
    runway = lasting_of(spends, available)
    fan = fan_of(SpendSeries.of(spends), Usd.of_units(available), runway.high, 12)
    assert [point.ahead for point in fan] == [runway.high * step / 12 for step in range(1, 13)]
    for point in fan:
        assert 0 <= point.low <= point.middle <= point.high <= 1
        assert (point.low > 0) == (point.ahead < runway.low) or near(point.ahead, runway.low)
        assert (point.middle > 0) == (point.ahead < runway.middle) or near(
            point.ahead, runway.middle
        )
    for sooner, later in pairwise(fan):
        assert later.low <= sooner.low
        assert later.middle <= sooner.middle
        assert later.high <= sooner.high


def near(moment: timedelta, other: timedelta) -> bool:
    return abs(moment - other) < _TOLERANCE
