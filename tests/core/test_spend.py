"""Spends, and the same hour by hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import NOW, usd
from tests.core.spending_habits import DAY, HOUR, merged, spends_of
from tray_app.core.hourly_spending import hourly_spending
from tray_app.core.money import Usd
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNIT = Usd.of_units(100)
_FULL_HOUR = NOW.replace(minute=0)


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=-1)])
def test_a_spend_that_does_not_end_later_is_refused(length: timedelta) -> None:
    with pytest.raises(ValueError, match="before it ends"):
        Spend(NOW, NOW + length, Usd.of_units(1))


def test_a_negative_spend_is_refused_and_nothing_is_not() -> None:
    Spend(NOW, NOW + HOUR, Usd.of_units(0))
    with pytest.raises(ValueError, match="never negative"):
        Spend(NOW, NOW + HOUR, Usd.of_units(-1))


def test_hours_are_counted_back_in_multiples_of_the_unit() -> None:
    spending = hourly_spending(SpendSeries.of(spends_of([100, 200, 400])), _UNIT, 3)
    assert spending.hours == pytest.approx([4, 2, 1])
    assert spending.credence == [1, 1, 1]


def test_short_spends_of_one_hour_add_up() -> None:
    spends = spends_of([5] * 24, step=timedelta(minutes=5))
    assert hourly_spending(SpendSeries.of(spends), _UNIT, 2).hours == pytest.approx([0.6, 0.6])


def test_a_spend_across_hours_is_spread_by_time() -> None:
    spends = [Spend(NOW - 2.5 * HOUR, NOW, Usd.of_units(250))]
    assert hourly_spending(SpendSeries.of(spends), _UNIT, 4).hours == pytest.approx([1, 1, 0.5, 0])


def test_idle_time_up_to_the_asked_hours_ends_the_work() -> None:
    spends = [
        Spend(NOW - 12 * HOUR, NOW - 10 * HOUR, Usd.of_units(700)),
        Spend(NOW - HOUR / 2, NOW, Usd.of_units(100)),
    ]
    assert hourly_spending(SpendSeries.of(spends), _UNIT, 3).hours == [1, 0, 0]


def test_what_lies_before_the_asked_hours_is_left_out() -> None:
    spends = [
        Spend(NOW - 9 * HOUR, NOW - 4 * HOUR, Usd.of_units(7)),
        Spend(NOW - 4 * HOUR, NOW, Usd.of_units(400)),
    ]
    assert hourly_spending(SpendSeries.of(spends), _UNIT, 2).hours == pytest.approx([1, 1])


def test_time_that_no_spend_covers_is_idle() -> None:
    spends = [
        Spend(NOW - 4 * HOUR, NOW - 3 * HOUR, Usd.of_units(100)),
        Spend(NOW - HOUR, NOW, Usd.of_units(100)),
    ]
    assert hourly_spending(SpendSeries.of(spends), _UNIT, 4).hours == pytest.approx([1, 0, 0, 1])


@pytest.mark.parametrize(("gap", "credence"), [(24, 1.0), (48, 0.5), (240, 0.1)])
def test_a_gap_of_days_tells_less_of_the_rhythm(gap: int, credence: float) -> None:
    spends = [*spends_of([1], until=NOW - gap * HOUR), Spend(NOW - gap * HOUR, NOW, _UNIT)]
    spending = hourly_spending(SpendSeries.of(spends), _UNIT, gap + 1)
    assert spending.credence[:gap] == pytest.approx([credence] * gap)


@given(
    st.lists(st.integers(0, 10_000), min_size=3, max_size=60),
    st.integers(60, 7_000),
    st.data(),
)
@settings(deadline=None)
def test_a_gap_keeps_the_total_and_what_lies_outside_it(
    units: list[int], seconds: int, draw: st.DataObject
) -> None:
    spends = spends_of(units, step=timedelta(seconds=seconds))
    first = draw.draw(st.integers(0, len(units) - 2))
    last = draw.draw(st.integers(first + 1, len(units) - 1))
    count = len(units) * seconds // 3600 + 1
    whole = hourly_spending(SpendSeries.of(spends), _UNIT, count)
    gapped = hourly_spending(SpendSeries.of(merged(spends, first, last)), _UNIT, count)
    assert sum(gapped.hours) == pytest.approx(sum(whole.hours))
    assert sum(whole.hours) == pytest.approx(sum(units) / 100)
    untouched = (len(units) - 1 - last) * seconds // 3600
    assert gapped.hours[:untouched] == pytest.approx(whole.hours[:untouched])


def test_spends_of_an_hour_become_one_and_later_ones_stay() -> None:
    spends = spends_of([1] * 36, until=_FULL_HOUR, step=timedelta(minutes=5))
    assert _condensed(spends, _FULL_HOUR - HOUR) == [
        Spend(_FULL_HOUR - 3 * HOUR, _FULL_HOUR - 2 * HOUR, Usd.of_units(12)),
        Spend(_FULL_HOUR - 2 * HOUR, _FULL_HOUR - HOUR, Usd.of_units(12)),
        *spends[24:],
    ]


def test_a_spend_across_the_hour_goes_to_the_one_with_its_middle() -> None:
    spends = [
        Spend(_FULL_HOUR - timedelta(minutes=5), _FULL_HOUR + timedelta(minutes=4), _UNIT),
        Spend(_FULL_HOUR + timedelta(minutes=4), _FULL_HOUR + timedelta(minutes=50), _UNIT),
        Spend(_FULL_HOUR + timedelta(minutes=50), _FULL_HOUR + 9 * HOUR, _UNIT),
    ]
    assert _condensed(spends, NOW + DAY) == spends


def test_nothing_is_condensed_across_time_that_no_spend_covers() -> None:
    spends = [
        Spend(_FULL_HOUR, _FULL_HOUR + timedelta(minutes=5), _UNIT),
        Spend(_FULL_HOUR + timedelta(minutes=10), _FULL_HOUR + timedelta(minutes=15), _UNIT),
    ]
    assert _condensed(spends, NOW + DAY) == spends


_lengths = st.lists(
    st.tuples(st.integers(0, 9_000), st.sampled_from([0, 0, 0, 0, 1, 700]), st.integers(1, 20_000)),
    max_size=80,
)


def _spends_of(lengths: list[tuple[int, int, int]]) -> list[Spend]:
    """Return spends of units, each after so many idle seconds and as many seconds long."""
    spends, at = [], NOW
    for units, idle, seconds in lengths:
        at += timedelta(seconds=idle)
        spends.append(Spend(at, at + timedelta(seconds=seconds), Usd.of_units(units)))
        at = spends[-1].ends
    return spends


@given(_lengths, st.integers(0, 100_000), st.integers(0, 100_000))
@settings(deadline=None)
def test_condensing_keeps_totals_cover_and_order_and_may_be_repeated(
    lengths: list[tuple[int, int, int]], first: int, second: int
) -> None:
    spends = _spends_of(lengths)
    sooner, later = sorted((NOW + timedelta(seconds=first), NOW + timedelta(seconds=second)))
    few = _condensed(spends, later)
    assert _condensed(_condensed(spends, sooner), later) == few
    assert _condensed(few, later) == few
    assert _pieces(few) == _pieces(spends)
    assert sum((s.amount for s in few), Usd.of_units(0)) == sum(
        (s.amount for s in spends), Usd.of_units(0)
    )
    assert all(spend in few for spend in spends if spend.ends > later)
    assert all(s.length < 3 * HOUR or s in spends for s in few)


def _condensed(spends: Sequence[Spend], before: datetime) -> list[Spend]:
    return list(SpendSeries.of(spends).condensed(before))


def _pieces(spends: list[Spend]) -> list[tuple[datetime, datetime]]:
    """Return the stretches of time that the spends cover."""
    pieces: list[tuple[datetime, datetime]] = []
    for spend in spends:
        if pieces and pieces[-1][1] == spend.begins:
            pieces[-1] = (pieces[-1][0], spend.ends)
        else:
            pieces.append((spend.begins, spend.ends))
    return pieces


def test_what_went_before_a_break_is_another_history() -> None:
    hour = timedelta(hours=1)
    first = Spend(NOW, NOW + hour, usd("1"))
    after_gap = Spend(NOW + 2 * hour, NOW + 3 * hour, usd("2"))
    last = Spend(NOW + 3 * hour, NOW + 4 * hour, usd("3"))
    assert list(SpendSeries.of([first, after_gap, last]).unbroken_end()) == [after_gap, last]
    assert list(SpendSeries.of([after_gap, last]).unbroken_end()) == [after_gap, last]
    assert list(SpendSeries.of([]).unbroken_end()) == []


@given(_lengths, st.integers(1, 60), st.integers(1, 10**6))
@settings(deadline=None)
def test_an_hour_holds_the_part_of_each_spend_that_lies_in_it(
    lengths: list[tuple[int, int, int]], count: int, unit: int
) -> None:
    spends = _spends_of(lengths)
    at = spends[-1].ends if spends else NOW
    spends.append(Spend(at, at + timedelta(microseconds=123_457), _UNIT))
    end = spends[-1].ends
    hours = hourly_spending(SpendSeries.of(spends), Usd.of_units(unit), count).hours
    assert len(hours) == count
    for age, spent in enumerate(hours):
        begins = end - (age + 1) * HOUR
        parts = [
            (min(spend.ends, begins + HOUR) - max(spend.begins, begins))
            / spend.length
            * spend.amount.ratio_to(Usd.of_units(unit))
            for spend in spends
            if spend.ends > begins and spend.begins < begins + HOUR
        ]
        assert spent == pytest.approx(sum(parts), rel=1e-9)
        # Exactly nothing where nothing was spent: its root is taken.
        assert (spent == 0) == (not any(parts))
        assert spent >= 0


def test_a_balance_finer_than_what_is_spent_is_no_other_unit() -> None:
    series = SpendSeries.of(spends_of([100, 200]))
    finer = hourly_spending(series, Usd.of_decimal_text("0.01000000000001"), 2).hours
    assert finer == pytest.approx([2, 1], rel=1e-9)
    assert finer != [2, 1]


def test_years_between_two_readings_end_with_the_hours_that_are_asked_for() -> None:
    series = SpendSeries.of([Spend(NOW - 4_000 * DAY, NOW, Usd.of_units(96_000 * 100))])
    spending = hourly_spending(series, _UNIT, 24)
    assert spending.hours == pytest.approx([1] * 24)
    assert spending.credence == pytest.approx([1 / 4_000] * 24)
