"""What the client makes of replies, over real sockets."""

from __future__ import annotations

import gzip
import json
import zlib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AGENT, KEY, SECRET, opened, problem_at, read
from tests.adapters.raw_server import RawServer, read_request
from tests.core.samples import NOW, usd
from tray_app.adapters.http_body import LARGEST_BODY_BYTES
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.problem import (
    BlockedBeforeApi,
    ConnectionFault,
    Offline,
    PermissionLacking,
    Problem,
    ProblemError,
    RateLimited,
    ServerTrouble,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Account, Cut, CutPoint, EndlessBody, GzipBomb, SizedBody
from tray_app.simulator.reply import Reply

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

BODY = json.dumps({"availableBalance": "123400"}).encode()
LOST = Offline(ConnectionFault.LOST)
TOO_LARGE = UnexpectedReply("the reply is too large")


def packed_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def encoded(encoding: str, body: bytes, status: int = 200) -> Reply:
    return Reply(
        status, body, (("Content-Type", "application/json"), ("Content-Encoding", encoding))
    )


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
            simulator.url, AGENT, on_headers=lambda reply: seen.append(reply.headers["date"])
        )
        with suppress(ProblemError):
            client.fetch_balance(KEY)
        client.close()
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (accounts.FAILED_TO_AUTH, WrongKey("FAILED_TO_AUTH")),
        (accounts.INVALID_API_KEY, WrongKey("INVALID_API_KEY")),
        (accounts.MISSING_API_KEY, WrongKey("MISSING_API_KEY")),
        (accounts.BILLING_AUTH_FAILED, PermissionLacking("BILLING_AUTH_FAILED")),
        (accounts.FORBIDDEN, PermissionLacking("FORBIDDEN")),
        (accounts.NOT_ENOUGH_BALANCE, UnexpectedReply("HTTP 403, NOT_ENOUGH_BALANCE")),
        (accounts.BLOCKED, BlockedBeforeApi(403)),
        (accounts.rate_limited(), RateLimited(None)),
        (accounts.WALLET_NOT_FOUND, ServerTrouble(500, "WALLET_NOT_FOUND")),
        (accounts.SERVICE_UNAVAILABLE, ServerTrouble(503, "")),
        (accounts.GATEWAY_TIMEOUT, ServerTrouble(504, "")),
        (accounts.NOT_JSON, UnexpectedReply("the reply is not JSON")),
        (accounts.HTML_IN_200, UnexpectedReply("the reply is not JSON")),
        (accounts.NotHttp(), UnexpectedReply("the reply is not HTTP")),
        (Cut(CutPoint.BEFORE_HEADERS), LOST),
        (Cut(CutPoint.INSIDE_HEADERS), LOST),
        (Cut(CutPoint.INSIDE_BODY), LOST),
        (Cut(CutPoint.AFTER_SHORT_BODY), LOST),
        (Cut(CutPoint.BEFORE_HEADERS, reset=True), LOST),
        (Cut(CutPoint.INSIDE_BODY, reset=True), LOST),
        (EndlessBody(), TOO_LARGE),
        (SizedBody(LARGEST_BODY_BYTES + 1), TOO_LARGE),
        (GzipBomb(), TOO_LARGE),
        (Reply(204), UnexpectedReply("HTTP 204")),
        (encoded("br", BODY), UnexpectedReply("the reply's compression cannot be read")),
        (
            encoded("gzip, gzip", gzip.compress(gzip.compress(BODY))),
            UnexpectedReply("the reply's compression cannot be read"),
        ),
        (
            encoded("gzip", gzip.compress(BODY)[:-12]),
            UnexpectedReply("the reply's compression cannot be read"),
        ),
        (encoded("gzip", BODY), UnexpectedReply("the reply's compression cannot be read")),
        (encoded("deflate", BODY), UnexpectedReply("the reply's compression cannot be read")),
        (encoded("gzip", gzip.compress(b" " * 65_537)), TOO_LARGE),
    ],
    ids=lambda value: repr(value)[:70],
)
def test_each_trouble_has_its_problem(
    simulator: Simulator, account: Account, expected: Problem
) -> None:
    simulator.accounts[SECRET] = account
    assert problem_at(simulator.url) == expected


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_arrives(as_date: bool) -> None:  # noqa: FBT001 — a table
    limited = accounts.rate_limited(30, as_date=as_date)
    with Simulator({SECRET: limited}, clock=NOW.timestamp) as simulator:
        problem = problem_at(simulator.url)
    assert isinstance(problem, RateLimited)
    assert problem.retry_after is not None
    assert problem.retry_after.total_seconds() == 30


def test_a_body_of_the_largest_size_is_read(simulator: Simulator) -> None:
    simulator.accounts[SECRET] = SizedBody(LARGEST_BODY_BYTES)
    assert read(simulator.url).available == usd("100")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("GZIP", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", packed_raw(BODY)),
        ("identity", BODY),
    ],
    ids=["gzip", "x-gzip", "capitals", "zlib", "raw deflate", "identity"],
)
def test_a_compression_that_was_not_asked_for_is_undone(
    simulator: Simulator, encoding: str, body: bytes
) -> None:
    simulator.accounts[SECRET] = encoded(encoding, body)
    assert read(simulator.url).available == usd("12.34")


@pytest.mark.parametrize(
    "reply",
    [
        encoded("br", b"x", 401),
        Reply(401, b" " * (LARGEST_BODY_BYTES + 1), (("Content-Type", "text/html"),)),
        encoded("gzip", b"not gzip", 401),
    ],
    ids=["unknown compression", "huge", "broken compression"],
)
def test_an_error_page_that_cannot_be_read_leaves_the_status(
    simulator: Simulator, reply: Reply
) -> None:
    simulator.accounts[SECRET] = reply
    assert problem_at(simulator.url) == WrongKey("")


def conversation_of(chunks: list[bytes]) -> Callable[[socket.socket], None]:
    def converse(connection: socket.socket) -> None:
        read_request(connection)
        for chunk in chunks:
            connection.sendall(chunk)

    return converse


def test_a_body_that_the_end_of_the_connection_ends_is_read() -> None:
    with RawServer(conversation_of([b"HTTP/1.0 200 OK\r\n\r\n", BODY])) as server:
        assert read(server.url).available == usd("12.34")


def test_a_chunked_body_is_read() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = [b"%x\r\n%b\r\n" % (len(part), part) for part in (BODY[:5], BODY[5:])]
    with RawServer(conversation_of([head, *chunks, b"0\r\n\r\n"])) as server:
        assert read(server.url).available == usd("12.34")
