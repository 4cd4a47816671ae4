"""What the client sends and reads, over real sockets; what goes wrong: ``tests/faults``."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AGENT, KEY, SECRET, opened, read
from tests.adapters.raw_server import RawServer, read_request
from tests.core.samples import NOW, usd
from tray_app.adapters.novita_client import Inspection, NovitaClient
from tray_app.core.problem import (
    ProblemError,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    import socket

    from tray_app.simulator.accounts import Account

BODY = json.dumps({"availableBalance": "123400"}).encode()


def test_the_documented_sample_becomes_a_reading_at_the_clocks_time(simulator: Simulator) -> None:
    assert read(simulator.url) == BalanceReading(
        available=usd("100"),
        taken_at=NOW,
        cash=usd("80"),
        credit_limit=usd("20"),
        pending_charges=usd("0"),
        outstanding_invoices=usd("0"),
    )


def test_a_negative_balance_and_missing_fields_arrive_as_they_are(simulator: Simulator) -> None:
    simulator.accounts[SECRET] = replace(
        accounts.NEGATIVE, cash=None, credit_limit=None, pending=None, outstanding=None
    )
    assert read(simulator.url) == BalanceReading(usd("-1.2345"), NOW)


def test_a_client_asks_again_and_again(simulator: Simulator) -> None:
    simulator.accounts[SECRET] = accounts.InTurn(
        (accounts.SAMPLE_BALANCE, accounts.UNKNOWN, accounts.EMPTY)
    )
    with opened(simulator.url) as client:
        assert client.fetch_balance(KEY).available == usd("100")
        with pytest.raises(Exception, match="ServerTrouble"):
            client.fetch_balance(KEY)
        assert client.fetch_balance(KEY).available == usd("0")


def test_the_request_is_the_documented_one_with_an_agent_of_its_own() -> None:
    received = []

    def converse(connection: socket.socket) -> None:
        received.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY)

    with RawServer(converse) as server:
        assert read(server.url).available == usd("12.34")
    start, *lines = received[0].decode().rstrip("\r\n").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    assert start == "GET /openapi/v1/billing/balance/detail HTTP/1.1"
    assert headers["authorization"] == f"bearer {SECRET}"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"] == AGENT
    assert headers["accept-encoding"] == "identity"
    assert "httpx" not in received[0].decode()
    assert "cookie" not in headers


def test_a_cookie_is_never_sent_back() -> None:
    """It would go out with the key of another account, and they would grow with each reply."""
    received: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        received.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 200 OK\r\nSet-Cookie: session=x; Path=/\r\n\r\n")
        connection.sendall(b'{"availableBalance": "1"}')
        connection.close()

    with RawServer(answer) as server, opened(server.url) as client:
        for _ in range(2):
            client.fetch_balance(KEY)
    assert len(received) == 2
    assert b"cookie" not in b"".join(received).lower()


def test_without_a_key_no_authorization_is_sent_and_the_server_says_so() -> None:
    with Simulator() as simulator, opened(simulator.url) as client:
        with pytest.raises(ProblemError) as caught:
            client.fetch_balance(None)
        (request,) = simulator.requests
    assert caught.value.problem == WrongKey("MISSING_API_KEY")
    assert request.scheme is None


@pytest.mark.parametrize("account", [accounts.SAMPLE_BALANCE, accounts.SERVICE_UNAVAILABLE])
def test_the_headers_of_every_reply_are_shown_to_whoever_asked_for_them(account: Account) -> None:
    seen: list[str] = []
    with Simulator({SECRET: account}) as simulator:
        client = NovitaClient(
            simulator.url,
            AGENT,
            inspection=Inspection(lambda reply: seen.append(reply.headers["date"])),
        )
        with suppress(ProblemError):
            client.fetch_balance(KEY)
        client.close()
    assert len(seen) == 1
