from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest

from tests.simulator.asking import KEY
from tests.simulator.clock import NOW, Clock
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Account, ByRoute, InTurn, Redirect
from tray_app.simulator.ledger import HOUR, FixedBalance, SteadySpending, TopUp
from tray_app.simulator.reply import Reply
from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    import httpx


def test_the_balance_is_a_bare_object_of_strings_as_in_the_reference(client: httpx.Client) -> None:
    reply = client.get(BALANCE_PATH)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.json() == {
        "availableBalance": "1000000",
        "cashBalance": "800000",
        "creditLimit": "200000",
        "pendingCharges": "0",
        "outstandingInvoices": "0",
    }


@pytest.mark.parametrize(
    ("field", "left_out"),
    [
        ("available", "availableBalance"),
        ("cash", "cashBalance"),
        ("credit_limit", "creditLimit"),
        ("pending", "pendingCharges"),
        ("outstanding", "outstandingInvoices"),
    ],
)
def test_each_field_can_be_left_out(
    simulator: Simulator, client: httpx.Client, field: str, left_out: str
) -> None:
    amounts: dict[str, int | None] = dict.fromkeys(
        ("available", "cash", "credit_limit", "pending", "outstanding"), 7
    )
    simulator.accounts[KEY] = FixedBalance(**(amounts | {field: None}))
    reply = client.get(BALANCE_PATH).json()
    assert len(reply) == 4
    assert left_out not in reply


def test_a_balance_can_be_zero_and_negative(simulator: Simulator, client: httpx.Client) -> None:
    simulator.accounts[KEY] = accounts.EMPTY
    assert client.get(BALANCE_PATH).json()["availableBalance"] == "0"
    simulator.accounts[KEY] = accounts.NEGATIVE
    assert client.get(BALANCE_PATH).json()["availableBalance"] == "-12345"


def test_a_steady_account_follows_the_clock_and_its_top_ups(
    simulator: Simulator, client: httpx.Client, clock: Clock
) -> None:
    top_ups = (TopUp(NOW + 2 * HOUR, 250_000),)
    simulator.accounts[KEY] = SteadySpending(50_000, 10_000, NOW, top_ups=top_ups)
    seen = []
    for hours in range(3):
        clock.now = NOW + hours * HOUR
        seen.append(client.get(BALANCE_PATH).json()["availableBalance"])
    assert seen == ["50000", "40000", "280000"]


@pytest.mark.parametrize(
    ("account", "status", "reason"),
    [
        (accounts.FAILED_TO_AUTH, 401, "FAILED_TO_AUTH"),
        (accounts.INVALID_API_KEY, 403, "INVALID_API_KEY"),
        (accounts.FORBIDDEN, 403, "FORBIDDEN"),
        (accounts.BILLING_AUTH_FAILED, 403, "BILLING_AUTH_FAILED"),
        (accounts.API_NOT_ALLOWED, 403, "API_NOT_ALLOWED"),
        (accounts.NOT_ENOUGH_BALANCE, 403, "NOT_ENOUGH_BALANCE"),
        (accounts.rate_limited(), 429, "RATE_LIMIT_EXCEEDED"),
        (accounts.list_bill_too_fast(), 429, "LIST_BILL_TOO_FAST"),
        (accounts.UNKNOWN, 500, "UNKNOWN"),
        (accounts.BILLING_FAILED, 500, "BILLING_FAILED"),
        (accounts.WALLET_NOT_FOUND, 500, "WALLET_NOT_FOUND"),
        (accounts.LIST_BILL_ERROR, 500, "LIST_BILL_ERROR"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_documented_errors_are_the_flat_object(
    simulator: Simulator, client: httpx.Client, account: Account, status: int, reason: str
) -> None:
    simulator.accounts[KEY] = account
    reply = client.get(BALANCE_PATH)
    body = reply.json()
    assert (reply.status_code, body["code"], body["reason"]) == (status, status, reason)
    assert body["metadata"] == {}
    assert isinstance(body["message"], str)
    assert body["message"]
    assert "retry-after" not in reply.headers


def test_retry_after_comes_as_seconds_or_as_a_date(
    simulator: Simulator, client: httpx.Client
) -> None:
    simulator.accounts[KEY] = accounts.rate_limited(30)
    assert client.get(BALANCE_PATH).headers["retry-after"] == "30"
    simulator.accounts[KEY] = accounts.rate_limited(90, as_date=True)
    written = client.get(BALANCE_PATH).headers["retry-after"]
    assert parsedate_to_datetime(written).timestamp() == NOW + 90
    assert written.endswith(" GMT")


@pytest.mark.parametrize(
    ("account", "status"),
    [
        (accounts.BLOCKED, 403),
        (accounts.SERVICE_UNAVAILABLE, 503),
        (accounts.GATEWAY_TIMEOUT, 504),
        (accounts.HTML_IN_200, 200),
    ],
)
def test_what_is_not_the_api_answers_in_html(
    simulator: Simulator, client: httpx.Client, account: Account, status: int
) -> None:
    simulator.accounts[KEY] = account
    reply = client.get(BALANCE_PATH)
    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("text/html")
    assert reply.text.startswith("<!DOCTYPE html>")


def test_a_200_can_hold_broken_json(simulator: Simulator, client: httpx.Client) -> None:
    simulator.accounts[KEY] = accounts.NOT_JSON
    reply = client.get(BALANCE_PATH)
    assert reply.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        reply.json()


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_names_its_target(
    simulator: Simulator, client: httpx.Client, status: int
) -> None:
    simulator.accounts[KEY] = Redirect("http://127.0.0.1:1/there", status)
    reply = client.get(BALANCE_PATH)
    assert (reply.status_code, reply.headers["location"]) == (status, "http://127.0.0.1:1/there")


def test_a_reply_of_ones_own_is_sent_as_it_is(simulator: Simulator, client: httpx.Client) -> None:
    simulator.accounts[KEY] = Reply(299, b"\x00\xff", (("X-Own", "yes"),))
    reply = client.get(BALANCE_PATH)
    assert (reply.status_code, reply.content, reply.headers["x-own"]) == (299, b"\x00\xff", "yes")


def test_a_reply_of_ones_own_keeps_its_own_framing(
    simulator: Simulator, client: httpx.Client
) -> None:
    headers = (("content-length", "2"), ("Connection", "close"), ("Content-Type", "text/plain"))
    simulator.accounts[KEY] = Reply(200, b"ok and more", headers)
    reply = client.get(BALANCE_PATH)
    assert reply.content == b"ok"
    assert reply.headers.get_list("connection") == ["close"]


def test_behaviours_take_turns_and_the_last_one_stays(
    simulator: Simulator, client: httpx.Client
) -> None:
    account = InTurn((accounts.SAMPLE_BALANCE, accounts.UNKNOWN, accounts.FORBIDDEN))
    simulator.accounts[KEY] = account
    statuses = [client.get(BALANCE_PATH).status_code for _ in range(4)]
    assert statuses == [200, 500, 403, 403]
    simulator.accounts[KEY] = account
    assert client.get(BALANCE_PATH).status_code == 200, "assigning begins anew"


def test_turns_without_a_behaviour_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        InTurn(())


def test_a_key_can_be_refused_for_bills_alone(simulator: Simulator, client: httpx.Client) -> None:
    simulator.accounts[KEY] = ByRoute(accounts.SAMPLE_BALANCE, accounts.list_bill_too_fast(5))
    assert client.get(BALANCE_PATH).status_code == 200
    assert client.get("/openapi/v1/billing/bill/list").status_code == 429
