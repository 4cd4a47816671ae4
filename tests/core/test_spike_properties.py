"""What must hold for the spikes of every history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import NOW
from tests.core.spending_habits import DAY, HOUR, spends_of
from tray_app.core.money import ZERO, Usd
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spike import LEAST_FACTOR, LEAST_PACE, QUARTER, has_calmed_down, spike_of

amounts = st.one_of(st.just(0), st.integers(0, 5_000), st.integers(0, 10**8))
stretches = st.tuples(st.lists(amounts, min_size=1, max_size=24), st.integers(1, 30))
hours = st.lists(stretches, min_size=1, max_size=6).map(
    lambda parts: [units for stretch, times in parts for units in stretch * times]
)
lengths = st.integers(30, 7_200)
bursts = st.lists(st.tuples(lengths, amounts), max_size=12)
runs = st.tuples(lengths, st.integers(10**4, 10**8), st.integers(2, 6)).map(
    lambda drawn: [drawn[:2]] * drawn[2]
)
ends = st.tuples(bursts, runs).map(lambda drawn: drawn[0] + drawn[1]) | bursts


def spends_from(units: list[int], end: list[tuple[int, int]]) -> list[Spend]:
    spends = spends_of(units)
    for seconds, amount in end:
        begins = spends[-1].ends
        spends.append(Spend(begins, begins + timedelta(seconds=seconds), Usd.of_units(amount)))
    return spends


@given(hours, ends)
@settings(deadline=None, max_examples=100)
def test_a_spike_is_relative_and_absolute_and_the_same_is_said_again(
    units: list[int], end: list[tuple[int, int]]
) -> None:
    spends = spends_from(units, end)
    spike = spike_of(SpendSeries.of(spends))
    assert spike == spike_of(SpendSeries.of(spends))
    if spike is not None:
        assert spike.spent > ZERO
        assert spike.pace == spike.spent + spike.spent + spike.spent + spike.spent
        # The quarter of an hour holds two readings that show it, and one that need not.
        assert spike.factor >= LEAST_FACTOR * 2 / 3 - 1e-6
        assert spike.pace >= LEAST_PACE.scaled(2, 3) - Usd.of_units(1)
        assert not has_calmed_down(SpendSeries.of(spends))


@given(hours, ends, st.integers(2, 10**4))
@settings(deadline=None, max_examples=100)
def test_in_other_coin_the_same_is_a_spike(
    units: list[int], end: list[tuple[int, int]], factor: int
) -> None:
    """Beyond the absolute threshold, that is: a large account has its spikes already."""
    spike = spike_of(SpendSeries.of(spends_from(units, end)))
    larger = spends_from(
        [factor * unit for unit in units],
        [(seconds, factor * unit) for seconds, unit in end],
    )
    if spike is not None:
        again = spike_of(SpendSeries.of(larger))
        assert again is not None
        assert again.factor == pytest.approx(spike.factor, rel=1e-6)
        assert again.spent.ratio_to(spike.spent) == pytest.approx(factor, rel=1e-9)


@given(hours, st.integers(1, 10**8), st.integers(2, 12))
@settings(deadline=None, max_examples=60)
def test_without_spending_there_is_never_a_spike(
    units: list[int], amount: int, readings: int
) -> None:
    spends = spends_from([*units, amount], [(300, 0)] * (readings + 5))
    assert spike_of(SpendSeries.of(spends)) is None
    assert has_calmed_down(SpendSeries.of(spends))


@given(hours, ends, st.timedeltas(timedelta(0), 900 * DAY))
@settings(deadline=None, max_examples=60)
def test_when_it_is_asked_changes_nothing(
    units: list[int], end: list[tuple[int, int]], later: timedelta
) -> None:
    spends = spends_from(units, end)
    moved = [Spend(spend.begins + later, spend.ends + later, spend.amount) for spend in spends]
    assert spike_of(SpendSeries.of(moved)) == spike_of(SpendSeries.of(spends))
    assert has_calmed_down(SpendSeries.of(moved)) == has_calmed_down(SpendSeries.of(spends))


@given(st.integers(100, 10**6), st.integers(1, 60), st.floats(20.0, 1000.0))
@settings(deadline=None, max_examples=60)
def test_a_runaway_of_a_steady_account_is_told_and_passes(
    units: int, minutes: int, times: float
) -> None:
    usual = spends_of([units] * 24 * 15)
    step = 60 * minutes
    count = max(-(-QUARTER // timedelta(seconds=step)), 1)
    running = round(units * times * minutes / 60)
    runaway = [*spends_from([units] * 24 * 15, [(step, running)] * count)]
    is_costly = running * HOUR / timedelta(seconds=step) >= 10_001
    assert (spike_of(SpendSeries.of(runaway)) is not None) == is_costly
    assert spike_of(SpendSeries.of(usual)) is None
    after = [(step, round(units * minutes / 60))] * count
    over = spends_from([units] * 24 * 15, [(step, running)] * count + after)
    assert has_calmed_down(SpendSeries.of(over))
    assert over[-1].ends > NOW
