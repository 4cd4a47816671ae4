from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from tray_app.simulator.ledger import (
    DAY,
    FINE_PER_WIRE,
    FLAT,
    HOUR,
    PRODUCTS,
    WEEK,
    FixedBalance,
    Product,
    SteadySpending,
    TopUp,
    decimal_usd,
)
from tray_app.simulator.scripts import WORKING_WEEK

OPENED = 1_772_366_461  # 2026-03-01 12:01:01 UTC, no boundary of anything
STEADY = SteadySpending(cash=200_000, per_hour=10_000, opened_at=OPENED)


def test_a_flat_dollar_an_hour_costs_a_dollar_after_every_hour() -> None:
    account = STEADY
    assert [account.balance_at(OPENED + hours * HOUR).available for hours in range(4)] == [
        200_000,
        190_000,
        180_000,
        170_000,
    ]


def test_cash_is_rounded_down_to_the_wire_unit() -> None:
    account = replace(STEADY, cash=10, per_hour=1)
    assert account.cash_at(OPENED) == 10
    assert account.cash_at(OPENED + 1) == 9
    assert account.cash_at(OPENED + HOUR) == 9


def test_nothing_is_spent_before_the_opening() -> None:
    assert STEADY.spent(OPENED - WEEK) == 0
    assert STEADY.balance_at(OPENED - WEEK).available == 200_000


def test_the_same_instant_always_gives_the_same_balance() -> None:
    later = OPENED + 3 * DAY + 17
    assert replace(STEADY, rhythm=WORKING_WEEK).balance_at(later) == replace(
        STEADY, rhythm=WORKING_WEEK
    ).balance_at(later)


@pytest.mark.parametrize("rhythm", [FLAT, WORKING_WEEK])
@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: str(product.name))
def test_spending_on_a_product_never_falls(product: Product, rhythm: tuple[int, ...]) -> None:
    account = replace(STEADY, rhythm=rhythm)
    spent = [account.spent_on(product, OPENED + step * 613) for step in range(2_000)]
    assert all(earlier <= later for earlier, later in itertools.pairwise(spent))
    assert spent[-1] > 0


def test_a_week_with_a_rhythm_costs_exactly_the_mean() -> None:
    account = replace(STEADY, rhythm=WORKING_WEEK)
    assert account.spent(OPENED + WEEK) == 168 * 10_000 * FINE_PER_WIRE


def test_the_working_week_has_quiet_nights_and_a_quiet_weekend() -> None:
    thursday, saturday = WORKING_WEEK[:24], WORKING_WEEK[48:72]
    assert len(WORKING_WEEK) == WEEK // HOUR
    assert sum(thursday[:4]) * 2 < sum(thursday[13:17])
    assert sum(saturday) * 3 < sum(thursday) * 2


def test_a_top_up_arrives_at_its_second() -> None:
    account = replace(STEADY, per_hour=0, top_ups=(TopUp(OPENED + 60, 250_000),))
    assert account.cash_at(OPENED + 59) == 200_000
    assert account.cash_at(OPENED + 60) == 450_000


def test_what_exceeds_the_cash_is_owed_and_drawn_from_the_credit() -> None:
    account = replace(STEADY, cash=5_000, credit_limit=20_000)
    assert account.balance_at(OPENED + HOUR) == FixedBalance(
        available=15_000, cash=0, credit_limit=20_000, pending=0, outstanding=5_000
    )


def test_spending_goes_on_below_zero() -> None:
    assert replace(STEADY, cash=0).balance_at(OPENED + 2 * HOUR).available == -20_000


def test_vouchers_pay_until_they_end_and_leave_the_cash_alone() -> None:
    account = replace(STEADY, voucher_until=OPENED + HOUR)
    assert account.cash_at(OPENED + HOUR) == 200_000
    assert account.cash_at(OPENED + 2 * HOUR) == 190_000
    assert account.spent(OPENED + 2 * HOUR) == 20_000 * FINE_PER_WIRE


def test_shares_that_are_no_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="100 percent"):
        replace(STEADY, products=PRODUCTS[:1])


@pytest.mark.parametrize("changes", [{"per_hour": -1}, {"rhythm": (2, -1)}, {"rhythm": (0,)}])
def test_spending_that_could_run_backwards_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="backwards"):
        replace(STEADY, **changes)


@pytest.mark.parametrize(
    ("fine", "written"),
    [
        (0, "0.00000000"),
        (1, "0.00000001"),
        (234_100 * FINE_PER_WIRE, "23.41000000"),
        (-12_345 * FINE_PER_WIRE, "-1.23450000"),
    ],
)
def test_decimal_strings_keep_all_eight_places(fine: int, written: str) -> None:
    assert decimal_usd(fine) == written
