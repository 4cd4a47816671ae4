"""The link to a bus that is slow, full or none at all; tests/ui has it on a real one."""

from __future__ import annotations

import select
import socket
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("the session bus is Linux's", allow_module_level=True)

from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed

from tests.adapters.session_bus import session_bus
from tray_app.adapters.bus_link import BusLink, BusLostError, open_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def pair() -> Iterator[tuple[BusLink, socket.socket]]:
    near, far = socket.socketpair()
    link = BusLink(near)
    far.settimeout(5)
    yield link, far
    link.close()
    far.close()


def open_at(path: Path) -> BusLink:
    return open_link({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={path}"})


def test_nothing_waits_for_a_bus_that_says_nothing(pair: tuple[BusLink, socket.socket]) -> None:
    link, far = pair
    serials = [link.send(message_bus.Hello()) for _ in range(3)]
    assert link.receive() == []
    assert len(set(serials)) == 3
    assert far.recv(4096).startswith(b"\0AUTH EXTERNAL ")


@pytest.mark.parametrize(
    "answer", [b"REJECTED EXTERNAL\r\n", b"HTTP/1.1 400\r\n\r\n", b"\0" * 9000]
)
def test_a_bus_that_lets_nobody_in_is_none(
    pair: tuple[BusLink, socket.socket], answer: bytes
) -> None:
    link, far = pair
    far.sendall(answer)
    with pytest.raises(BusLostError):
        link.receive()


def test_a_bus_that_speaks_something_else_is_none(pair: tuple[BusLink, socket.socket]) -> None:
    link, far = pair
    far.sendall(b"OK 0123\r\n")
    assert link.receive() == []
    far.sendall(b"?" * 64)
    with pytest.raises(BusLostError):
        link.receive()


def test_a_bus_that_takes_no_more_is_given_up_and_never_waited_for(
    pair: tuple[BusLink, socket.socket],
) -> None:
    link, far = pair
    far.sendall(b"OK 0123\r\n")
    link.receive()
    for _ in range(3_000):
        link.send(message_bus.RequestName("x" * 200))
    assert select.select([link], [], [], 5)[0] == [link]
    with pytest.raises(BusLostError):
        link.receive()


def test_a_bus_with_too_many_at_its_door_is_none(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as other:
        listener.bind(str(path))
        listener.listen(0)
        other.connect(str(path))
        with pytest.raises(BusLostError):
            open_at(path)


def test_a_bus_that_names_itself_by_its_folder_alone_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        link = open_link({"XDG_RUNTIME_DIR": str(tmp_path)})
        link.close()


def test_a_real_bus_answers_what_was_asked_before_it_was_there() -> None:
    with session_bus() as address:
        link = open_link({"DBUS_SESSION_BUS_ADDRESS": address})
        names: list[object] = []
        while not names:
            assert select.select([link], [], [], 5)[0]
            names += [message.body[0] for message in link.receive() if message.body]
        link.close()
    assert str(names[0]).startswith(":1.")
