from __future__ import annotations

import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AMPLE
from tray_app.adapters.route_check import route_found
from tray_app.core.problem import ConnectionFault, Offline, TimedOut

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = timedelta(seconds=AMPLE)
SHORT = timedelta(seconds=0.2)


@pytest.fixture
def port() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def test_a_host_that_answers_tells_how_long_each_step_took(port: int) -> None:
    route = route_found("localhost", port, LIMIT, is_proxy=False)
    assert route.problem is None
    assert route.looked_up is not None
    assert route.connected is not None


def test_an_address_needs_no_look_up(port: int) -> None:
    route = route_found("127.0.0.1", port, LIMIT, is_proxy=True)
    assert (route.looked_up, route.problem, route.is_proxy) == (None, None, True)
    assert route.connected is not None


def test_nobody_listening_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    route = route_found("127.0.0.1", port, LIMIT, is_proxy=False)
    assert (route.problem, route.connected) == (Offline(ConnectionFault.REFUSED), None)


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 70 + ".invalid"])
def test_a_name_that_is_not_known_is_not_found(host: str) -> None:
    route = route_found(host, 443, LIMIT, is_proxy=False)
    assert route.problem == Offline(ConnectionFault.NAME_NOT_FOUND)


def test_a_look_up_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        release.wait(AMPLE)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    route = route_found("host.invalid", 443, SHORT, is_proxy=False)
    release.set()
    assert (route.problem, route.looked_up) == (TimedOut(), None)


def test_an_address_that_swallows_everything_leaves_time_for_the_next(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)  # noqa: FBT003 — the name of the method says it
            connection.connect_ex(address)
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        assert route_found("host.invalid", address[1], SHORT, is_proxy=False).problem == TimedOut()
        for connection in waiting:
            connection.close()
    assert port
