from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.simulator.asking import KEY
from tests.simulator.billed_account import ACCOUNT, BY_KEY, OPENED, Query, Row, rows, spent
from tests.simulator.clock import NOW
from tray_app.simulator.ledger import DAY, FINE_PER_USD, HOUR, SteadySpending

if TYPE_CHECKING:
    import httpx

    from tray_app.simulator import Simulator

THIS_HOUR = NOW - NOW % HOUR
SPENT_CATEGORIES = ("llm", "gen_api", "web_search")


@pytest.fixture
def client(simulator: Simulator, client: httpx.Client) -> httpx.Client:
    simulator.accounts[KEY] = ACCOUNT
    return client


def all_rows(client: httpx.Client, start: int, end: int, cycle: str) -> list[Row]:
    return [
        row
        for category in SPENT_CATEGORIES
        for row in rows(
            client,
            {
                "cycleType": cycle,
                "productCategory": category,
                "startTime": start,
                "endTime": end,
            },
        )
    ]


def total(found: list[Row], field: str = "amountDecimal") -> Decimal:
    return sum((Decimal(row[field]) for row in found), Decimal(0))


def paid(start: int, end: int) -> Decimal:
    return Decimal(ACCOUNT.paid(end) - ACCOUNT.paid(start)) / FINE_PER_USD


@pytest.mark.parametrize("cycle", ["Hour", "Day", "Week", "Month"])
def test_detailed_rows_add_up_to_what_was_spent(client: httpx.Client, cycle: str) -> None:
    start, end = THIS_HOUR - 10 * DAY, THIS_HOUR - 3 * HOUR
    assert total(all_rows(client, start, end - 1, cycle)) == spent(start, end)


@pytest.mark.parametrize("cycle", ["Hour", "Day", "Week", "Month"])
def test_the_summary_is_the_control_total_of_the_details(client: httpx.Client, cycle: str) -> None:
    start, end = OPENED - DAY, NOW
    query: Query = {"cycleType": cycle, "startTime": start, "endTime": end}
    summary = rows(client, {**query, "productCategory": "summary"})
    details = all_rows(client, start, end, cycle)
    for field in ("amountDecimal", "voucherAmountDecimal", "payableDecimal"):
        assert total(summary, field) == total(details, field)
    assert total(summary) == spent(OPENED, THIS_HOUR)


def test_the_payable_part_is_what_left_the_cash_between_two_balances(client: httpx.Client) -> None:
    start, end = THIS_HOUR - 5 * DAY, THIS_HOUR
    payable = total(all_rows(client, start, end, "Hour"), "payableDecimal")
    assert payable == paid(start, end)
    fell = ACCOUNT.cash_at(start) - ACCOUNT.cash_at(end)
    arrived = sum(top_up.amount for top_up in ACCOUNT.top_ups if start < top_up.at <= end)
    assert abs(payable * 10_000 - (fell + arrived)) < 1


def test_each_total_is_voucher_plus_payable_and_vouchers_end(client: httpx.Client) -> None:
    found = all_rows(client, OPENED - HOUR, NOW, "Hour")
    for row in found:
        parts = Decimal(row["voucherAmountDecimal"]) + Decimal(row["payableDecimal"])
        assert parts == Decimal(row["amountDecimal"])
    assert total(found, "voucherAmountDecimal") > 0
    assert total(found, "payableDecimal") > total(found, "voucherAmountDecimal")


def test_integer_amounts_drop_the_fraction_so_that_a_charge_can_read_zero(
    client: httpx.Client,
) -> None:
    found = all_rows(client, THIS_HOUR - DAY, NOW, "Hour")
    assert all(int(row["amount"]) == int(Decimal(row["amountDecimal"]) * 10_000) for row in found)
    assert any(Decimal(row["amountDecimal"]) * 10_000 % 1 for row in found)


def test_a_small_charge_reads_zero_and_keeps_its_decimals(
    simulator: Simulator, client: httpx.Client
) -> None:
    simulator.accounts[KEY] = SteadySpending(cash=0, per_hour=10, opened_at=OPENED)
    row = rows(client, {"cycleType": "Hour", "productCategory": "web_search"})[-1]
    assert (row["amount"], row["amountDecimal"]) == ("0", "0.00001000")


def test_a_row_has_the_fields_of_the_contract(client: httpx.Client) -> None:
    row = rows(client, {"cycleType": "Day", "productCategory": "llm"})[-1]
    documented = {
        "startTime",
        "endTime",
        "billingMethod",
        "productName",
        "productId",
        "category",
        "ownerID",
        "amount",
        "voucherAmount",
        "payAmount",
        "pricePrecision",
        "payAmountDisplay",
        "amountDecimal",
        "voucherAmountDecimal",
        "payableDecimal",
        "originAmountDecimal",
    }
    counted = {f"{name}{n}" for name in ("billNum", "basePrice", "discountPrice") for n in range(6)}
    assert row.keys() == documented | counted
    assert int(row["billNum0"]) > int(row["billNum1"]) > 0


def test_rows_end_with_their_last_included_second(client: httpx.Client) -> None:
    found = rows(client, {"cycleType": "Hour", "productCategory": "summary"})
    assert all(int(row["endTime"]) - int(row["startTime"]) == HOUR - 1 for row in found)
    assert int(found[-1]["endTime"]) == THIS_HOUR - 1, "the running hour is not billed yet"


def test_a_day_ends_alike_at_its_last_second_and_at_midnight(client: httpx.Client) -> None:
    midnight = NOW - NOW % DAY
    day: Query = {"cycleType": "Hour", "productCategory": "llm", "startTime": midnight - DAY}
    at_last_second = rows(client, {**day, "endTime": midnight - 1})
    assert len(at_last_second) == 48
    assert rows(client, {**day, "endTime": midnight}) == at_last_second


@pytest.mark.parametrize("cycle", ["Week", "Month"])
def test_longer_cycles_begin_on_monday_or_on_the_first(client: httpx.Client, cycle: str) -> None:
    starts = [
        datetime.fromtimestamp(int(row["startTime"]), UTC)
        for row in rows(client, {"cycleType": cycle, "productCategory": "summary"})
    ]
    assert len(starts) > 1
    for start in starts[1:]:
        assert start.hour == start.minute == 0
        assert start.weekday() == 0 if cycle == "Week" else start.day == 1


@pytest.mark.parametrize("category", ["llm", "summary"])
def test_what_cost_nothing_has_no_row(
    simulator: Simulator, client: httpx.Client, category: str
) -> None:
    simulator.accounts[KEY] = SteadySpending(cash=0, per_hour=0, opened_at=OPENED)
    assert rows(client, {"cycleType": "Day", "productCategory": category}) == []


def test_rows_by_key_name_the_key_and_add_up(client: httpx.Client) -> None:
    start, end = THIS_HOUR - 2 * DAY, THIS_HOUR
    found = [
        row
        for category in SPENT_CATEGORIES
        for row in rows(
            client,
            {"cycleType": "Hour", "category": category, "startTime": start, "endTime": end},
            BY_KEY,
        )
    ]
    assert total(found) == spent(start, end)
    assert {row["apikeyName"] for row in found} == {"laptop", "ci"}
    assert all("****" in row["apikeyMask"] for row in found)
