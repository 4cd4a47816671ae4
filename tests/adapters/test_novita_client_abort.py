"""Any request can be ended from another thread at once."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.asking import AMPLE, KEY, SECRET, SOON, Asking, opened, wait_until
from tests.adapters.certificates import write_certificate
from tests.adapters.endless import BODY, BUDGET, DRIPS, hanging_name_resolution, unreachable_port
from tests.adapters.raw_server import RawServer
from tests.core.samples import usd
from tray_app.core.problem import RequestAbortedError
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Drip, Hang

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.adapters.novita_client import NovitaClient


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


def test_abort_ends_a_request_whose_name_resolution_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    with hanging_name_resolution(monkeypatch) as begun, opened("https://novita.invalid") as client:
        asking = Asking(client)
        assert begun.wait(AMPLE)
        assert_aborts_at_once(client, asking)


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
