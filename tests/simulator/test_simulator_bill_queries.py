from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.simulator.asking import KEY
from tests.simulator.billed_account import ACCOUNT, BILL_LIST, BY_KEY, OPENED, Query, rows, spent
from tests.simulator.clock import NOW
from tray_app.simulator.ledger import DAY, FixedBalance

if TYPE_CHECKING:
    import httpx

    from tray_app.simulator import Simulator

MONTHLY = "/openapi/v1/billing/monthly/bill"
SUBSCRIPTIONS = "/openapi/v1/billing/bill/monthly/list"
TRANSACTIONS = "/openapi/v1/bill/transaction"


@pytest.fixture
def client(simulator: Simulator, client: httpx.Client) -> httpx.Client:
    simulator.accounts[KEY] = ACCOUNT
    return client


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


def test_an_account_without_a_ledger_has_no_rows(
    simulator: Simulator, client: httpx.Client
) -> None:
    simulator.accounts[KEY] = FixedBalance(available=1)
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
