"""Proxies that are not there, hang or drip: named, bounded, and ended at once.

What each answer of a proxy is called stands in the fault table (tests/faults/proxies.py).
"""

from __future__ import annotations

import base64
import socket
import time
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AMPLE, SECRET, SOON, Asking, opened, problem_at, wait_until
from tests.adapters.endless import BUDGET, hanging_name_resolution, unreachable_port
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer, read_request, wait_for_end
from tests.adapters.real_proxies import HARD_LOGIN, HARD_PASSWORD, USER
from tray_app.core.problem import (
    CertificateFault,
    CertificateRejected,
    Problem,
    ProxyFailed,
    ProxyFault,
    RequestAbortedError,
    TimedOut,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://novita.invalid"
"""Only a proxy could know where this is."""
UNREACHABLE = ProxyFailed(ProxyFault.UNREACHABLE)
REFUSED = ProxyFailed(ProxyFault.REFUSED)
OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"


def problem_through(monkeypatch: pytest.MonkeyPatch, proxy: str, budget: float = AMPLE) -> Problem:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    return problem_at(URL, budget)


@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
def test_a_proxy_that_nobody_runs_is_unreachable(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    assert problem_through(monkeypatch, f"{scheme}://127.0.0.1:{port}") == UNREACHABLE


@pytest.mark.parametrize("host", ["proxy.invalid", "proxy..invalid", "a" * 64 + ".invalid"])
def test_a_proxy_whose_name_is_not_found_is_unreachable(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    assert problem_through(monkeypatch, f"http://{host}:3128") == UNREACHABLE


def test_a_proxy_that_swallows_connections_is_unreachable_at_the_end_of_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with unreachable_port() as port:
        assert problem_through(monkeypatch, f"http://127.0.0.1:{port}", BUDGET) == UNREACHABLE


def test_a_proxy_whose_name_is_never_found_is_unreachable_at_the_end_of_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with hanging_name_resolution(monkeypatch):
        assert problem_through(monkeypatch, "http://proxy.invalid:3128", BUDGET) == UNREACHABLE


def test_the_key_is_not_shown_to_a_proxy_that_takes_the_servers_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    received = []
    context = PrivateCa(tmp_path).serve()

    def converse(connection: socket.socket) -> None:
        received.append(read_request(connection))
        connection.sendall(OPEN)
        with context.wrap_socket(connection, server_side=True) as secured:
            received.append(secured.recv(65_536))

    with RawServer(converse) as proxy:
        problem = problem_through(monkeypatch, proxy.url)
        assert problem == CertificateRejected(CertificateFault.UNKNOWN_ISSUER)
    assert received[0].startswith(b"CONNECT novita.invalid:443 ")
    assert SECRET.encode() not in b"".join(received)


def test_user_name_and_password_of_any_signs_arrive_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    received = []

    def converse(connection: socket.socket) -> None:
        received.append(read_request(connection))
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with RawServer(converse) as proxy:
        address = f"http://{HARD_LOGIN}@127.0.0.1:{proxy.port}"
        assert problem_through(monkeypatch, address) == REFUSED
    login = base64.b64encode(f"{USER}:{HARD_PASSWORD}".encode())
    assert b"Proxy-Authorization: Basic " + login in received[0]


def hang(connection: socket.socket) -> None:
    connection.recv(65_536)
    wait_for_end(connection)


def drip(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X")
        time.sleep(0.01)


def open_and_hang(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(OPEN)
    wait_for_end(connection)


def tls_and_hang(connection: socket.socket) -> None:
    connection.recv(65_536)
    wait_for_end(connection)


SLOW = pytest.mark.parametrize(
    ("scheme", "converse"),
    [
        ("http", hang),
        ("http", drip),
        ("http", open_and_hang),
        ("https", tls_and_hang),
        ("socks5", hang),
    ],
    ids=["hangs", "drips", "opens and hangs", "hangs in TLS", "socks hangs"],
)


@SLOW
def test_a_slow_proxy_is_given_up_at_the_end_of_the_budget(
    monkeypatch: pytest.MonkeyPatch, scheme: str, converse: Callable[[socket.socket], None]
) -> None:
    with RawServer(converse) as proxy:
        begin = time.monotonic()
        address = f"{scheme}://127.0.0.1:{proxy.port}"
        assert problem_through(monkeypatch, address, BUDGET) == TimedOut()
        assert BUDGET * 0.9 <= time.monotonic() - begin < BUDGET + SOON


@SLOW
def test_abort_ends_a_request_that_a_slow_proxy_holds(
    monkeypatch: pytest.MonkeyPatch, scheme: str, converse: Callable[[socket.socket], None]
) -> None:
    with RawServer(converse) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://127.0.0.1:{proxy.port}")
        assert_abort_ends_at_once(proxy)


def test_budget_and_abort_hold_in_tls_inside_the_tls_of_a_proxy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    company = PrivateCa(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    with RawServer(open_and_hang, tls=company.serve()) as proxy:
        begin = time.monotonic()
        assert problem_through(monkeypatch, proxy.url, BUDGET) == TimedOut()
        assert time.monotonic() - begin < BUDGET + SOON
        assert_abort_ends_at_once(proxy)


def assert_abort_ends_at_once(proxy: RawServer) -> None:
    known = proxy.accepted
    with opened(URL) as client:
        asking = Asking(client)
        wait_until(lambda: proxy.accepted > known, "the proxy was reached")
        client.abort()
        assert asking.seconds_to_end() < SOON
        assert isinstance(asking.outcome, RequestAbortedError)
