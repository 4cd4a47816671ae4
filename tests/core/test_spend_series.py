"""Many spends in little room."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import NOW, usd
from tests.core.spending_habits import HOUR, spends_of
from tray_app.core.money import Usd
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

_MINUTE = timedelta(minutes=1)
_ATOM = Usd.of_decimal_text("0.0000000000000001")

amounts = st.one_of(
    st.integers(0, 10_000).map(Usd.of_units),
    st.integers(0, 10**15).map(Usd.of_units),
    st.integers(0, 10**20).map(lambda atoms: _ATOM.scaled(atoms, 1)),
)
steps = st.tuples(
    st.sampled_from([0, 0, 0, 1, 500_000, 9_000_000_000]), st.integers(1, 10**10), amounts
)


@st.composite
def lists_of_spends(draw: st.DrawFn) -> list[Spend]:
    """Return spends in order, to the microsecond, some of them after idle time."""
    at, spends = NOW, []
    for idle, length, amount in draw(st.lists(steps, max_size=30)):
        begins = at + timedelta(microseconds=idle)
        at = begins + timedelta(microseconds=length)
        spends.append(Spend(begins, at, amount))
    return spends


@given(lists_of_spends())
@settings(deadline=None)
def test_it_is_the_spends_that_it_was_made_of(spends: list[Spend]) -> None:
    series, grown = SpendSeries.of(spends), SpendSeries.empty()
    for spend in spends:
        grown = grown.followed_by(spend)
    assert list(series) == list(grown) == spends
    assert list(reversed(series)) == spends[::-1]
    assert series == grown
    assert hash(series) == hash(grown)
    for start in range(-1, len(spends)):
        assert list(series[start:]) == spends[start:]
        assert list(series[:start]) == spends[:start]
        assert list(grown[start : start - 2]) == spends[start : start - 2]


@given(lists_of_spends(), st.integers(-(10**10), 10**11), st.integers(0, 10**11))
@settings(deadline=None)
def test_it_adds_up_to_the_last_digit(spends: list[Spend], begin: int, length: int) -> None:
    series = SpendSeries.of(spends)
    since = NOW + timedelta(microseconds=begin)
    until = since + timedelta(microseconds=length)
    assert series.total() == sum((spend.amount for spend in spends), usd("0"))
    assert series.after(since) == sum(spend.ends <= since for spend in spends)
    assert series.spent(since, until) == sum(
        (_within(spend, since, until) for spend in spends), usd("0")
    )


def _within(spend: Spend, since: datetime, until: datetime) -> Usd:
    """Return the part of a spend, evenly over its time, that lies between two moments."""
    moment = timedelta(microseconds=1)
    within = min(spend.ends, until) - max(spend.begins, since)
    return spend.amount.scaled(max(within // moment, 0), spend.length // moment)


@given(lists_of_spends(), st.integers(0, 30))
@settings(deadline=None)
def test_it_knows_where_something_was_spent(spends: list[Spend], start: int) -> None:
    start = min(start, len(spends))
    some = [index for index in range(start, len(spends)) if spends[index].amount > usd("0")]
    series = SpendSeries.of(spends)
    assert series.first_above_zero(start) == (some[0] if some else None)
    assert series.last_above_zero(start) == (some[-1] if some else None)


def test_it_knows_its_longest() -> None:
    spends = [*spends_of([1], until=NOW - _MINUTE), Spend(NOW - _MINUTE, NOW, usd("1"))]
    assert SpendSeries.of(spends).longest(0) == HOUR
    assert SpendSeries.of(spends).longest(1) == _MINUTE


@pytest.mark.parametrize(
    ("begin", "end", "amount", "what"),
    [(1, 1, 1, "before it ends"), (2, 1, 1, "before it ends"), (1, 2, -1, "never negative")],
)
def test_what_is_no_spend_is_refused(begin: int, end: int, amount: int, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        SpendSeries.of_steps((begin,), (end,), (amount,))


def test_nothing_is_left_out_of_its_middle() -> None:
    with pytest.raises(ValueError, match="leaves none out"):
        SpendSeries.of(spends_of([1, 2, 3]))[::2]
    with pytest.raises(IndexError):
        SpendSeries.empty()[0]


def test_sums_beyond_64_bits_are_kept_too() -> None:
    huge = Usd.of_units(2**62)
    spends = [Spend(NOW + index * HOUR, NOW + (index + 1) * HOUR, huge) for index in range(4)]
    series = SpendSeries.of(spends[:1])
    for spend in spends[1:]:
        series = series.followed_by(spend)
    assert series == SpendSeries.of(spends)
    assert series.total() == Usd.of_units(2**64)
    assert len(series.condensed(NOW + 9 * HOUR)) == 4


def test_moments_of_all_years_are_kept() -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    spend = Spend(first, last, usd("1"))
    assert list(SpendSeries.of([spend])) == [spend]


def test_a_spend_takes_the_room_of_three_numbers() -> None:
    series = SpendSeries.of(spends_of([100] * 2_000))
    room = sum(map(sys.getsizeof, (series.begins, series.ends, series.sums)))
    assert room < 2_000 * 30
