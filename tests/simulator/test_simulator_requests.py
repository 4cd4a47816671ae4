from __future__ import annotations

import http.client
import socket
import threading

import pytest

from tests.simulator.asking import HEAD, HEADERS, KEY, REQUEST, get, read_all
from tests.simulator.clock import NOW
from tray_app.simulator import Simulator, accounts, wire
from tray_app.simulator.request_log import CAPACITY, RecordedRequest, RequestLog, fingerprint
from tray_app.simulator.routes import BALANCE_PATH


def test_a_connection_is_kept_for_the_next_request(simulator: Simulator) -> None:
    client = http.client.HTTPConnection("127.0.0.1", simulator.port, timeout=5)
    for _ in range(3):
        client.request("GET", BALANCE_PATH, headers=HEADERS)
        reply = client.getresponse()
        assert (reply.status, len(reply.read()) > 0) == (200, True)
        assert not reply.will_close
    client.close()
    assert [request.connection for request in simulator.requests] == [1, 1, 1]


def test_requests_sent_ahead_are_answered_in_order(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = accounts.InTurn((accounts.SAMPLE_BALANCE, accounts.FORBIDDEN))
    last = REQUEST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    connection.sendall(REQUEST + last)
    received = read_all(connection)
    assert received.index(b"HTTP/1.1 200") < received.index(b"HTTP/1.1 403")


@pytest.mark.parametrize(
    ("version", "header", "kept"),
    [
        ("1.1", "", True),
        ("1.1", "Connection: close\r\n", False),
        ("1.0", "", False),
        ("1.0", "Connection: keep-alive\r\n", True),
    ],
)
def test_the_connection_is_closed_or_kept_as_asked(
    connection: socket.socket, version: str, header: str, *, kept: bool
) -> None:
    connection.sendall(f"GET / HTTP/{version}\r\n{HEAD}{header}\r\n".encode())
    if kept:
        connection.shutdown(socket.SHUT_WR)
    expected = b"Connection: keep-alive" if kept else b"Connection: close"
    assert expected in read_all(connection)


def test_a_request_body_is_read_over(simulator: Simulator, connection: socket.socket) -> None:
    body = b"x" * 100_000
    length = f"Content-Length: {len(body)}\r\n"
    connection.sendall(f"POST {BALANCE_PATH} HTTP/1.1\r\n{HEAD}{length}\r\n".encode() + body)
    connection.sendall(REQUEST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    received = read_all(connection)
    assert received.count(b"HTTP/1.1 405") == received.count(b"HTTP/1.1 200") == 1
    assert simulator.request_count == 2


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00",
        b"hello\r\n\r\n",
        b"GET / HTTP/2\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nshort",
        b"GET /" + b"x" * 70_000,
    ],
    ids=lambda sent: repr(sent[:24]),
)
def test_what_is_not_a_request_gets_a_400(connection: socket.socket, sent: bytes) -> None:
    connection.sendall(sent)
    connection.shutdown(socket.SHUT_WR)
    assert read_all(connection).startswith(b"HTTP/1.1 400 ")


def test_a_client_that_stays_after_its_400_is_left_soon(
    monkeypatch: pytest.MonkeyPatch, simulator: Simulator, connection: socket.socket
) -> None:
    monkeypatch.setattr(wire, "GRACE", 0.01)
    connection.sendall(b"hello\r\n\r\n")
    assert read_all(connection).startswith(b"HTTP/1.1 400 ")
    (thread,) = simulator._threads
    thread.join(5)
    assert not thread.is_alive()


def test_requests_are_remembered_with_what_tests_ask_for() -> None:
    with Simulator({KEY: accounts.EMPTY}, clock=lambda: NOW + 0.5) as simulator:
        get(f"{simulator.url}{BALANCE_PATH}?a=1", **{"Content-Type": "application/json"})
        (seen,) = simulator.wait_for_requests(1)
    assert (seen.method, seen.path, seen.query) == ("GET", BALANCE_PATH, (("a", "1"),))
    assert seen.header("Content-Type") == "application/json"
    assert seen.header("User-Agent") == "novita-tray/test"
    assert seen.header("Authorization") is None
    assert (seen.scheme, seen.key_fingerprint) == ("Bearer", fingerprint(KEY))
    assert (seen.received_at, seen.connection) == (NOW + 0.5, 1)


@pytest.mark.parametrize(
    ("authorization", "scheme"),
    [(f"Basic {KEY}", "Basic"), (KEY, "other"), (f"{KEY} x", "other"), ("Bearer", "other")],
)
def test_another_authorization_leaves_only_its_kind(
    simulator: Simulator, authorization: str, scheme: str
) -> None:
    get(simulator.url + BALANCE_PATH, Authorization=authorization)
    (seen,) = simulator.wait_for_requests(1)
    assert (seen.scheme, seen.key_fingerprint) == (scheme, None)
    assert KEY not in repr(seen)


def test_nothing_that_is_remembered_or_shown_holds_a_key(
    simulator: Simulator, capfd: pytest.CaptureFixture[str]
) -> None:
    own = "no-usual-prefix"
    headers = {"User-Agent": f"agent {own} {KEY}", "Cookie": f"key={KEY}", "Accept": own}
    for key in (KEY, own):
        get(
            f"{simulator.url}/{key}/%73k_server_secret?key={key}&{key}=1",
            **headers,
            Authorization=f"Bearer {key}",
        )
    shown = repr(simulator.requests) + repr(simulator.accounts) + repr(simulator)
    assert KEY not in shown
    assert own not in repr(simulator.requests[1])
    assert simulator.requests[0].path == "/<key>/<key>"
    assert capfd.readouterr() == ("", "")


def test_waiting_for_requests_that_do_not_come_times_out(simulator: Simulator) -> None:
    with pytest.raises(TimeoutError, match="0 of 1 requests"):
        simulator.wait_for_requests(1, timeout=0.01)


def test_waiting_ends_when_the_request_comes(simulator: Simulator) -> None:
    seen: list[tuple[RecordedRequest, ...]] = []
    waiter = threading.Thread(target=lambda: seen.append(simulator.wait_for_requests(1)))
    waiter.start()
    get(simulator.url + BALANCE_PATH)
    waiter.join(5)
    assert len(seen[0]) == 1


def test_the_record_is_bounded_and_the_count_is_not() -> None:
    log = RequestLog()
    for number in range(CAPACITY + 1):
        log.append(RecordedRequest("GET", str(number), (), (), None, None, 0.0, 1))
    assert log.count == CAPACITY + 1
    assert len(log.newest()) == CAPACITY
    assert log.newest()[0].path == "1"
