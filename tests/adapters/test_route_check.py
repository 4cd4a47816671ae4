from __future__ import annotations

import socket
import sys
import threading
from contextlib import ExitStack
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


@pytest.fixture
def full() -> Iterator[tuple[str, int]]:
    """An address that takes no more connections and refuses none."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address: tuple[str, int] = listener.getsockname()
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)  # noqa: FBT003 — the method's name says what
            waiting.connect_ex(address)
        yield address


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere loopback is one address")
def test_an_address_that_swallows_everything_leaves_time_for_the_next(
    full: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    next_one = ("127.0.0.2", full[1])
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in (full, next_one)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    limit = timedelta(seconds=1)
    with socket.create_server(next_one):
        assert route_found("host.invalid", full[1], limit, is_proxy=False).problem is None
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found[:1])
    assert route_found("host.invalid", full[1], SHORT, is_proxy=False).problem == TimedOut()
