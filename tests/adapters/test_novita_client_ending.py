"""No request outlives its budget, and any can be ended from another thread at once."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.asking import (
    AMPLE,
    KEY,
    SECRET,
    SOON,
    Asking,
    opened,
    problem_at,
    wait_until,
)
from tests.adapters.certificates import write_certificate
from tests.adapters.raw_server import RawServer, answer_and_wait
from tests.core.samples import usd
from tray_app.core.problem import ProblemError, RequestAbortedError, TimedOut
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Drip, Hang, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tray_app.adapters.novita_client import NovitaClient

BUDGET = 0.3
DRIPS = [Drip(Part.HEADERS, interval=0.02), Drip(Part.BODY, interval=0.02)]
BODY = json.dumps({"availableBalance": "123400"}).encode()


@contextmanager
def unreachable_port() -> Iterator[int]:
    """Give a port of 127.0.0.0/8 whose connections neither come about nor fail.

    Its backlog is full.
    """
    with socket.create_server(("", 0), backlog=0) as listener:
        address = ("127.0.0.1", listener.getsockname()[1])
        waiting = []
        try:
            for _ in range(4):
                client = socket.socket()
                client.settimeout(0)
                client.connect_ex(address)
                waiting.append(client)
            yield address[1]
        finally:
            for client in waiting:
                client.close()


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


def assert_aborts_at_once(client: NovitaClient, asking: Asking) -> None:
    client.abort()
    assert asking.seconds_to_end() < SOON
    assert isinstance(asking.outcome, RequestAbortedError)


@pytest.mark.parametrize("trouble", [Hang(), *DRIPS], ids=repr)
def test_abort_ends_a_request_to_a_server_that_hangs_or_drips(
    simulator: Simulator, trouble: Hang | Drip
) -> None:
    simulator.accounts[SECRET] = trouble
    with opened(simulator.url) as client:
        asking = Asking(client)
        simulator.wait_for_requests(1)
        assert_aborts_at_once(client, asking)
        simulator.accounts[SECRET] = accounts.SAMPLE_BALANCE
        assert client.fetch_balance(KEY).available == usd("100")


def test_abort_ends_a_request_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, context = write_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with (
        Simulator({SECRET: Hang()}, tls=context) as simulator,
        opened(simulator.url) as client,
    ):
        asking = Asking(client)
        simulator.wait_for_requests(1)
        assert_aborts_at_once(client, asking)


def test_abort_ends_a_tls_handshake_that_the_server_never_answers() -> None:
    hello = threading.Event()

    def converse(connection: socket.socket) -> None:
        while connection.recv(65_536):
            hello.set()

    with (
        RawServer(converse) as server,
        opened(server.url.replace("http:", "https:")) as client,
    ):
        asking = Asking(client)
        assert hello.wait(AMPLE)
        assert_aborts_at_once(client, asking)


@pytest.mark.parametrize("length", [b"", b"Content-Length: 100\r\n"], ids=["open end", "short"])
def test_an_aborted_request_brings_no_reading_whatever_had_arrived(length: bytes) -> None:
    sent = threading.Event()

    def converse(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + length + b"\r\n" + BODY)
        sent.set()
        connection.recv(1)

    with RawServer(converse) as server, opened(server.url) as client:
        asking = Asking(client)
        assert sent.wait(AMPLE)
        assert_aborts_at_once(client, asking)


def test_abort_while_connecting_is_harmless_and_the_request_ends_as_aborted() -> None:
    with unreachable_port() as port, opened(f"http://127.0.0.1:{port}", BUDGET) as client:
        asking = Asking(client)
        wait_until(lambda: client._attempt is not None, "the request has begun")
        client.abort()
        assert asking.seconds_to_end() < BUDGET + SOON
        assert isinstance(asking.outcome, RequestAbortedError)


def test_abort_between_the_connection_and_its_notice_still_ends_the_request(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator.accounts[SECRET] = Hang()
    create_connection = socket.create_connection
    with opened(simulator.url) as client:

        def connect_then_abort(*args: Any, **kwargs: Any) -> socket.socket:  # noqa: ANN401 — passed on
            connection = create_connection(*args, **kwargs)
            client.abort()
            return connection

        monkeypatch.setattr(socket, "create_connection", connect_then_abort)
        asking = Asking(client)
        assert asking.seconds_to_end() < SOON
        assert isinstance(asking.outcome, RequestAbortedError)


@contextmanager
def hanging_name_resolution(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every look-up hang until the end; give the event that one has begun."""
    begun, over = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        begun.set()
        over.wait(AMPLE)
        raise socket.gaierror(socket.EAI_AGAIN, "temporary failure")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        yield begun
    finally:
        over.set()


def test_name_resolution_that_hangs_is_given_up_at_the_end_of_the_budget(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with hanging_name_resolution(monkeypatch):
        assert_times_out("https://novita.invalid")


def test_abort_ends_a_request_whose_name_resolution_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    with hanging_name_resolution(monkeypatch) as begun, opened("https://novita.invalid") as client:
        asking = Asking(client)
        assert begun.wait(AMPLE)
        assert_aborts_at_once(client, asking)


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


def test_abort_without_a_request_changes_nothing(simulator: Simulator) -> None:
    with opened(simulator.url) as client:
        client.abort()
        assert client.fetch_balance(KEY).available == usd("100")
        client.abort()
        client.abort()
        assert client.fetch_balance(KEY).available == usd("100")
    client.abort()


def test_many_threads_may_abort_the_same_request(simulator: Simulator) -> None:
    simulator.accounts[SECRET] = Hang()
    with opened(simulator.url) as client:
        asking = Asking(client)
        simulator.wait_for_requests(1)
        threads = [threading.Thread(target=client.abort) for _ in range(8)]
        for thread in threads:
            thread.start()
        assert asking.seconds_to_end() < SOON
        for thread in threads:
            thread.join(AMPLE)
        assert isinstance(asking.outcome, RequestAbortedError)
