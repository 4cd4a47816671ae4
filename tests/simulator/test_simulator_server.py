from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.simulator.asking import KEY, REQUEST, get, read_all
from tests.simulator.stopping import stop_quickly
from tray_app.simulator import Simulator, server, wire
from tray_app.simulator.accounts import Account, Drip, EndlessBody, Hang, Part
from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    import selectors


def test_it_listens_on_loopback_and_says_where(simulator: Simulator) -> None:
    assert simulator.url == f"http://127.0.0.1:{simulator.port}"
    assert get(simulator.url + BALANCE_PATH).status_code == 200


def test_every_reply_tells_the_time_of_its_clock(simulator: Simulator) -> None:
    for path in (BALANCE_PATH, "/nothing/here"):
        assert get(simulator.url + path).headers["date"] == "Sat, 14 Mar 2026 15:09:26 GMT"


def test_there_is_no_address_before_the_start() -> None:
    with pytest.raises(RuntimeError, match="no port"):
        _ = Simulator().url


def test_starting_twice_is_an_error_and_stopping_twice_is_not(simulator: Simulator) -> None:
    with pytest.raises(RuntimeError, match="already"):
        simulator.start()
    simulator.stop()
    simulator.stop()


def test_a_taken_port_is_an_oserror_at_start(simulator: Simulator) -> None:
    with pytest.raises(OSError, match=r"[Aa]ddress"):
        Simulator(port=simulator.port).start()


def test_it_starts_again_on_the_same_port_after_clients_were_cut_off(
    simulator: Simulator, connection: socket.socket
) -> None:
    url = simulator.url
    connection.sendall(REQUEST)
    assert connection.recv(65_536)
    simulator.stop()
    with pytest.raises(httpx.ConnectError):
        get(url + BALANCE_PATH)
    simulator.start()
    assert simulator.url == url
    assert get(url + BALANCE_PATH).status_code == 200


@pytest.mark.parametrize(
    "account",
    [Hang(), Drip(Part.HEADERS, 60), Drip(Part.BODY, 60), EndlessBody()],
    ids=["hang", "drip headers", "drip body", "endless"],
)
def test_stop_is_quick_while_clients_wait_and_leaves_no_thread(
    simulator: Simulator, account: Account
) -> None:
    simulator.accounts[KEY] = account
    clients = [socket.create_connection(("127.0.0.1", simulator.port), 5) for _ in range(10)]
    for client in clients:
        client.sendall(REQUEST)
    simulator.wait_for_requests(10)
    stop_quickly(simulator)
    for client in clients:
        client.close()


def test_stop_is_quick_while_a_client_reads_an_endless_body(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = EndlessBody()
    connection.sendall(REQUEST)
    begun = threading.Event()

    def read() -> None:
        try:
            while connection.recv(1_048_576):
                begun.set()
        except ConnectionResetError:
            begun.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert begun.wait(5)
    stop_quickly(simulator)
    reader.join(5)
    assert not reader.is_alive()


def test_stop_is_quick_with_idle_and_half_sent_requests(
    simulator: Simulator, connection: socket.socket
) -> None:
    connection.sendall(REQUEST)
    assert connection.recv(65_536)
    connection.sendall(b"GET /half")
    with socket.create_connection(("127.0.0.1", simulator.port), 5):
        stop_quickly(simulator)


def test_nobody_wakes_up_while_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    timeouts: list[float | None] = []
    real = wire.Selector

    def select(
        selector: selectors.BaseSelector, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        timeouts.append(timeout)
        return selector_select(selector, timeout)

    selector_select = real.select
    recording = type("RecordingSelector", (real,), {"select": select})
    monkeypatch.setattr(wire, "Selector", recording)
    monkeypatch.setattr(server, "Selector", recording)
    with Simulator({KEY: Hang()}) as simulator:
        with socket.create_connection(("127.0.0.1", simulator.port), 5) as connection:
            connection.sendall(REQUEST)
            simulator.wait_for_requests(1)
            (thread,) = simulator._threads
        thread.join(5)
    assert len(timeouts) > 2
    assert set(timeouts) == {None}


def test_too_many_connections_are_turned_away(
    monkeypatch: pytest.MonkeyPatch, simulator: Simulator, connection: socket.socket
) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 1)
    connection.sendall(REQUEST)
    assert connection.recv(65_536)
    with socket.create_connection(("127.0.0.1", simulator.port), 5) as another:
        assert read_all(another) == b""
    assert simulator.open_connections == 1
