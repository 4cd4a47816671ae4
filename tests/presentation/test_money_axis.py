from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import amounts, usd
from tray_app.core.money import ZERO, Usd
from tray_app.presentation.money_axis import MoneyAxis, money_axis, money_ticks, tick_label

TOP, BOTTOM, AIR = 10.0, 210.0, 20


@given(st.lists(amounts, max_size=5))
def test_every_amount_and_zero_lie_on_the_axis_the_more_the_higher(some: list[Usd]) -> None:
    axis = money_axis(some, TOP, BOTTOM, AIR)
    assert axis.holds(ZERO)
    assert all(axis.holds(amount) for amount in some)
    places = [axis.y(amount) for amount in sorted([*some, ZERO])]
    assert all(one >= other for one, other in pairwise(places))
    assert all(TOP <= place <= BOTTOM for place in places)


@given(st.lists(amounts, max_size=5), st.integers(1, 12))
def test_ticks_are_few_even_and_on_the_axis_and_zero_is_one(some: list[Usd], most: int) -> None:
    axis = money_axis(some, TOP, BOTTOM, AIR)
    ticks = [amount for amount, _ in money_ticks(axis, most)]
    assert ZERO in ticks
    assert len(ticks) <= most + 1
    assert all(axis.holds(tick) for tick in ticks)
    assert len({other - one for one, other in pairwise(ticks)}) <= 1
    labels = [label for _, label in money_ticks(axis, most)]
    assert len(set(labels)) == len(labels)


def test_without_anything_the_axis_still_has_a_height() -> None:
    axis = money_axis([], TOP, BOTTOM, 0)
    assert (axis.low, axis.high) == (ZERO, usd("1"))


@pytest.mark.parametrize("lowest", ["0", "-10"])
def test_above_the_highest_amount_there_is_so_much_air(lowest: str) -> None:
    axis = money_axis([usd("10"), usd(lowest)], TOP, BOTTOM, AIR)
    assert axis.y(usd("10")) == TOP + AIR


def test_below_the_lowest_amount_there_is_air_only_where_that_is_negative() -> None:
    assert money_axis([usd("10")], TOP, BOTTOM, AIR).low == ZERO
    negative = money_axis([usd("10"), usd("-10")], TOP, BOTTOM, AIR)
    assert BOTTOM - 20 < negative.y(usd("-10")) < BOTTOM - 5


def test_what_lies_beyond_the_axis_lies_on_its_end() -> None:
    axis = MoneyAxis(ZERO, usd("10"), TOP, BOTTOM)
    assert axis.y(usd("11")) == TOP
    assert axis.y(usd("-1")) == BOTTOM
    assert not axis.holds(usd("11"))


@pytest.mark.parametrize(
    ("amount", "step", "label"),
    [
        ("0", "5", "$0"),
        ("5", "5", "$5"),
        ("-5", "5", "-$5"),
        ("0.5", "0.5", "$0.50"),
        ("0.002", "0.001", "$0.0020"),
        ("12000", "1000", "$12k"),
        ("1500", "500", "$1500"),
        ("-3000000", "1000000", "-$3M"),
        ("2000000000", "1000000000", "$2B"),
        ("9000000000000", "1000000000000", "$9000B"),
    ],
)
def test_a_label_is_as_short_as_it_can_be_exact(amount: str, step: str, label: str) -> None:
    assert tick_label(usd(amount), usd(step)) == label
