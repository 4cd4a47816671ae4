"""No request outlives its budget."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from tests.adapters.asking import KEY, SECRET, SOON, opened, problem_at
from tests.adapters.endless import BODY, BUDGET, DRIPS, hanging_name_resolution, unreachable_port
from tests.adapters.raw_server import RawServer, answer_and_wait
from tests.core.samples import usd
from tray_app.core.problem import ProblemError, TimedOut
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Drip, Hang


def assert_times_out(url: str, budget: float = BUDGET) -> None:
    begin = time.monotonic()
    assert problem_at(url, budget) == TimedOut()
    assert budget * 0.9 <= time.monotonic() - begin < budget + SOON


@pytest.mark.parametrize("trouble", [Hang(), *DRIPS], ids=repr)
def test_a_server_that_hangs_or_drips_is_given_up_at_the_end_of_the_budget(
    simulator: Simulator, trouble: Hang | Drip
) -> None:
    simulator.accounts[SECRET] = trouble
    assert_times_out(simulator.url)


def test_a_handshake_that_is_never_answered_is_given_up_at_the_end_of_the_budget() -> None:
    with RawServer(answer_and_wait(b"")) as server:
        assert_times_out(server.url.replace("http:", "https:"))


def test_a_connection_that_never_comes_about_is_given_up_at_the_end_of_the_budget() -> None:
    with unreachable_port() as port:
        assert_times_out(f"http://127.0.0.1:{port}")


def test_a_host_of_many_unreachable_addresses_gets_one_budget_and_not_one_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with unreachable_port() as port:
        real = socket.getaddrinfo
        hosts = [f"127.0.0.{number}" for number in range(1, 6)]

        def look_up(host: str, *args: int, **named: int) -> list[Any]:
            asked = hosts if host == "localhost" else [host]
            return [entry for one in asked for entry in real(one, *args, **named)]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        assert_times_out(f"http://localhost:{port}")


@pytest.mark.parametrize("length", [b"", b"Content-Length: 100\r\n"], ids=["open end", "short"])
def test_a_whole_balance_in_a_reply_that_never_ends_is_a_timeout(length: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + length + b"\r\n"
    with RawServer(answer_and_wait(head + BODY)) as server:
        assert_times_out(server.url)


def test_after_a_timeout_the_client_asks_again(simulator: Simulator) -> None:
    simulator.accounts[SECRET] = accounts.InTurn((Hang(), accounts.SAMPLE_BALANCE))
    with opened(simulator.url, BUDGET) as client:
        with pytest.raises(ProblemError, match="TimedOut"):
            client.fetch_balance(KEY)
        assert client.fetch_balance(KEY).available == usd("100")


def test_name_resolution_that_hangs_is_given_up_at_the_end_of_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with hanging_name_resolution(monkeypatch):
        assert_times_out("https://novita.invalid")


def test_an_address_that_swallows_everything_leaves_time_for_the_one_behind_it(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unreachable_port() as port:
        ports = {"127.0.0.2": port, "127.0.0.1": simulator.port}

        def connect(address: tuple[str, int], timeout: float, **_: object) -> socket.socket:
            connection = socket.socket()
            connection.settimeout(timeout)
            try:
                connection.connect(("127.0.0.1", ports[address[0]]))
            except OSError:
                connection.close()
                raise
            return connection

        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 1)) for host in ports]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        monkeypatch.setattr(socket, "create_connection", connect)
        with opened("http://localhost:1", budget=1) as client:
            assert client.fetch_balance(KEY).available == usd("100")
