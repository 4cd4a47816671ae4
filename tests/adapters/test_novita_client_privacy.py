"""The key reaches the host that was asked, and nothing and nobody else."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import KEY, SECRET, opened, problem_at, read, wait_until
from tests.adapters.raw_server import RawServer, read_request
from tests.core.samples import usd
from tray_app.core.problem import (
    ProblemError,
    ProxyFailed,
    ProxyFault,
)
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Account, Cut, CutPoint, Redirect, SizedBody
from tray_app.simulator.reply import Reply, json_reply

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from tray_app.adapters.novita_client import NovitaClient

ECHOING = json_reply({"code": 1, "reason": SECRET, "message": f"bad key {SECRET}"}, 500)
ANSWERS: list[Account] = [
    accounts.SAMPLE_BALANCE,
    accounts.FAILED_TO_AUTH,
    accounts.BLOCKED,
    accounts.rate_limited(3),
    accounts.NOT_JSON,
    accounts.NotHttp(),
    Cut(CutPoint.INSIDE_BODY),
    Cut(CutPoint.BEFORE_HEADERS, reset=True),
    Redirect(f"https://elsewhere.invalid/{SECRET}"),
    SizedBody(70_000),
    ECHOING,
    Reply(200, f'{{"availableBalance": "{SECRET}"}}'.encode()),
]


def chain_of(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__


def shown_error(client: NovitaClient) -> str:
    """Return all that the error of a request could show; nothing where it succeeds."""
    try:
        client.fetch_balance(KEY)
    except ProblemError as error:
        links = [f"{link} {link!r}" for link in chain_of(error)]
        return "\n".join([*links, *traceback.format_exception(error), repr(error.problem)])
    return ""


@pytest.mark.parametrize("account", ANSWERS, ids=lambda account: repr(account)[:60])
def test_the_key_is_in_no_exception_and_in_no_log(
    simulator: Simulator, caplog: pytest.LogCaptureFixture, account: Account
) -> None:
    simulator.accounts[SECRET] = account
    caplog.set_level(logging.DEBUG)
    with opened(simulator.url) as client:
        shown = shown_error(client)
    assert SECRET not in shown
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "balance:" in logged
    assert SECRET not in logged.replace(f"elsewhere.invalid/{SECRET}", "")


def test_an_unreachable_host_leaves_no_key_in_exception_or_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with opened("http://127.0.0.1:1") as client, pytest.raises(ProblemError) as caught:
        client.fetch_balance(KEY)
    assert SECRET not in caplog.text
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_an_ordinary_request_logs_its_status_and_how_it_failed(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tray_app")
    simulator.accounts[SECRET] = accounts.FAILED_TO_AUTH
    problem_at(simulator.url)
    texts = [record.getMessage() for record in caplog.records if record.name.startswith("tray_app")]
    assert any("HTTP 401" in text for text in texts)
    assert any("FAILED_TO_AUTH" in text for text in texts)


def test_the_proxy_of_the_environment_sees_nothing_of_a_request_to_loopback(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(lambda connection: connection.close()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert read(simulator.url).available == usd("100")
        assert proxy.accepted == 0


def test_a_proxy_that_refuses_the_tunnel_is_named_and_does_not_see_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    received = []

    def refuse(connection: socket.socket) -> None:
        received.append(read_request(connection))
        connection.sendall(
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        )

    with RawServer(refuse) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert problem_at("https://novita.invalid") == ProxyFailed(ProxyFault.LOGIN_NEEDED)
    assert received
    assert received[0].startswith(b"CONNECT novita.invalid:443 ")
    assert SECRET.encode() not in b"".join(received)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files in /proc")
def test_fifty_requests_of_every_kind_leave_no_socket_and_no_thread(simulator: Simulator) -> None:
    with opened(simulator.url, budget=5) as client:
        threads, files = threading.active_count(), open_files()
        for number in range(50):
            simulator.accounts[SECRET] = ANSWERS[number % len(ANSWERS)]
            try:
                client.fetch_balance(KEY)
            except ProblemError:
                continue
        wait_until(lambda: simulator.open_connections == 0, "the simulator's side is closed")
        watchdog = client._watchdog._thread
        # That one stays for the next request.
        wait_until(lambda: threading.active_count() == threads + 1, "every thread has ended")
        wait_until(lambda: open_files() == files, "every socket is closed")
    assert watchdog is not None
    wait_until(lambda: not watchdog.is_alive(), "the watchdog has ended, too")
