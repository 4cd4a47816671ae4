from __future__ import annotations

import ssl
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import httpx
import pytest

from tray_app.simulator import Simulator
from tray_app.simulator.ledger import (
    DAY,
    FINE_PER_USD,
    WEEK,
    FixedBalance,
    SteadySpending,
    TopUp,
)
from tray_app.simulator.scripts import WORKING_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk_bills"
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # spares loading certificates
OPENED = int(datetime(2026, 2, 25, 9, 17, 5, tzinfo=UTC).timestamp())
NOW = int(datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC).timestamp())
ACCOUNT = SteadySpending(
    cash=900_000,
    per_hour=10_000,
    opened_at=OPENED,
    top_ups=(TopUp(OPENED + DAY, 250_000), TopUp(OPENED + WEEK, 500_000), TopUp(NOW + 1, 1)),
    voucher_until=OPENED + 2 * DAY + 1_234,
    rhythm=WORKING_WEEK,
)
BILL_LIST = "/openapi/v1/billing/bill/list"
BY_KEY = "/openapi/v1/billing/apikey/bill/list"
MONTHLY = "/openapi/v1/billing/monthly/bill"
SUBSCRIPTIONS = "/openapi/v1/billing/bill/monthly/list"
TRANSACTIONS = "/openapi/v1/bill/transaction"
Row = dict[str, str]
Query = dict[str, str | int]


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {KEY}", "User-Agent": "novita-tray/test"}
    fixed = {"sk_fixed": FixedBalance(available=1)}
    with (
        Simulator({KEY: ACCOUNT, **fixed}, clock=lambda: NOW) as simulator,
        httpx.Client(
            base_url=simulator.url, headers=headers, verify=NO_TLS, trust_env=False
        ) as client,
    ):
        yield client


def rows(client: httpx.Client, query: Query, path: str = BILL_LIST) -> list[Row]:
    reply = client.get(path, params=query)
    assert reply.status_code == 200, reply.text
    bills: list[Row] = reply.json()["bills"]
    return bills


def spent(start: int, end: int) -> Decimal:
    return Decimal(ACCOUNT.spent(end) - ACCOUNT.spent(start)) / FINE_PER_USD


def test_months_are_filled_from_the_first_asked_and_the_running_one_ends_before_it_starts(
    client: httpx.Client,
) -> None:
    months = client.get(MONTHLY, params={"startMonth": "2025-12", "pageSize": 12}).json()["data"]
    assert [month["billingMonth"] for month in months] == [
        "2025-12",
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert [month["status"] for month in months] == ["paid", "paid", "paid", "pending"]
    assert [month["totalAmount"] == "0" for month in months] == [True, True, False, False]
    assert int(months[3]["endTime"]) < int(months[3]["startTime"])
    first_of_march = int(months[3]["startTime"])
    february = int(spent(OPENED, first_of_march) * 10_000)
    until_midnight = int(spent(first_of_march, NOW - NOW % DAY) * 10_000)
    assert int(months[2]["totalAmount"]) == february
    assert int(months[3]["totalAmount"]) == until_midnight, "the running month is a day late"
    assert int(months[2]["voucherPayAmount"]) > 0
    second = client.get(MONTHLY, params={"startMonth": "2025-12", "page": 2, "pageSize": 3})
    assert [month["billingMonth"] for month in second.json()["data"]] == ["2026-03"]


def test_top_ups_are_listed_newest_first_in_cents(client: httpx.Client) -> None:
    listed = client.get(TRANSACTIONS, params={"pageNo": 1, "pageSize": 10}).json()["data"]
    assert [row["amount"] for row in listed] == ["5000", "2500"]
    last = client.get(TRANSACTIONS, params={"pageNo": 2, "pageSize": 1}).json()["data"]
    assert last == listed[1:]


def test_there_are_no_subscriptions(client: httpx.Client) -> None:
    query: Query = {"category": "gpu", "startTime": NOW - DAY, "endTime": NOW}
    assert rows(client, query, SUBSCRIPTIONS) == []


@pytest.mark.parametrize(
    ("path", "query", "reason"),
    [
        (BILL_LIST, {"productCategory": "llm"}, "INVALID_BILL_CYCLE"),
        (BILL_LIST, {"cycleType": "hour", "productCategory": "llm"}, "INVALID_BILL_CYCLE"),
        (BILL_LIST, {"cycleType": "Hour"}, "INVALID_PRODUCT_CATEGORY"),
        (BILL_LIST, {"cycleType": "Hour", "productCategory": "x"}, "INVALID_PRODUCT_CATEGORY"),
        (BY_KEY, {"cycleType": "Hour", "category": "gpu"}, "INVALID_PRODUCT_CATEGORY"),
        (SUBSCRIPTIONS, {"category": "x"}, "INVALID_PRODUCT_CATEGORY"),
        (BY_KEY, {"cycleType": "Hour", "category": "llm"}, "INVALID_ARGUMENT"),
        (SUBSCRIPTIONS, {"category": "gpu"}, "INVALID_ARGUMENT"),
        (MONTHLY, {}, "INVALID_ARGUMENT"),
        (MONTHLY, {"startMonth": "2026-13"}, "INVALID_ARGUMENT"),
        (MONTHLY, {"startMonth": "2025-09"}, "INVALID_ARGUMENT"),
        (MONTHLY, {"startMonth": "2026-01", "page": 0}, "INVALID_ARGUMENT"),
        (TRANSACTIONS, {"pageNo": 1}, "INVALID_ARGUMENT"),
        (TRANSACTIONS, {"pageSize": 1}, "INVALID_ARGUMENT"),
    ],
)
def test_a_query_that_breaks_a_rule_is_a_400_with_its_reason(
    client: httpx.Client, path: str, query: dict[str, str | int], reason: str
) -> None:
    reply = client.get(path, params=query)
    assert (reply.status_code, reply.json()["reason"]) == (400, reason)


@pytest.mark.parametrize(
    ("path", "category", "cycle", "longest"),
    [
        (BILL_LIST, "productCategory", "Hour", 31 * DAY),
        (BY_KEY, "category", "Hour", 7 * DAY),
        (BY_KEY, "category", "Day", 31 * DAY),
    ],
)
def test_the_longest_span_is_served_and_a_second_more_is_not(
    client: httpx.Client, path: str, category: str, cycle: str, longest: int
) -> None:
    query: Query = {"cycleType": cycle, category: "llm", "endTime": NOW}
    assert client.get(path, params={**query, "startTime": NOW - longest}).status_code == 200
    assert client.get(path, params={**query, "startTime": NOW - longest - 1}).status_code == 400


@pytest.mark.parametrize("start", ["-1", "1.5", "٣", "9" * 400, str(NOW + 1)])
def test_a_start_that_is_no_time_before_the_end_is_refused(
    client: httpx.Client, start: str
) -> None:
    query = {"cycleType": "Day", "productCategory": "llm", "startTime": start, "endTime": str(NOW)}
    assert client.get(BILL_LIST, params=query).status_code == 400


def test_bills_by_key_before_2026_are_refused(client: httpx.Client) -> None:
    start = int(datetime(2025, 12, 31, tzinfo=UTC).timestamp())
    query: Query = {
        "cycleType": "Day",
        "category": "llm",
        "startTime": start,
        "endTime": start + DAY,
    }
    assert client.get(BY_KEY, params=query).status_code == 400


def test_rows_can_be_narrowed_by_product_category_and_owner(client: httpx.Client) -> None:
    query: Query = {"cycleType": "Day", "productCategory": "llm"}
    everything = rows(client, query)
    fuzzy = rows(client, {**query, "productName": "QWEN"})
    assert {row["productName"] for row in fuzzy} == {"qwen/qwen3-coder-480b"}
    own: Query = {**query, "category": "llm", "ownerId": everything[0]["ownerID"]}
    assert rows(client, own) == everything
    assert rows(client, {**query, "category": "gpu"}) == []
    assert rows(client, {**query, "ownerId": "1"}) == []


def test_an_account_without_a_ledger_has_no_rows(client: httpx.Client) -> None:
    client.headers["Authorization"] = "Bearer sk_fixed"
    by_key: Query = {
        "cycleType": "Day",
        "category": "llm",
        "startTime": NOW - DAY,
        "endTime": NOW,
    }
    assert rows(client, {"cycleType": "Day", "productCategory": "llm"}) == []
    assert rows(client, by_key, BY_KEY) == []
    assert client.get(TRANSACTIONS, params={"pageNo": 1, "pageSize": 5}).json()["data"] == []
    assert (
        client.get(MONTHLY, params={"startMonth": "2026-03"}).json()["data"][0]["totalAmount"]
        == "0"
    )
