"""The question to the desktop's portal where there is no bus, no portal, or none that answers.

The real portal answers in tests/desktop/test_desktop_proxy.py.
"""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("the portal is Linux's", allow_module_level=True)

from tests.adapters.asking import AMPLE, SOON
from tests.desktop.environment import bus_config
from tray_app.adapters.desktop_proxy import PATIENCE, look_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

URL = "https://api.novita.ai"
PATIENCE_SECONDS = PATIENCE.total_seconds()


def asked_at(path: Path) -> list[str]:
    return look_up(URL, {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={path}"})


@pytest.mark.parametrize(
    "address",
    [
        "",
        "unix:path=/nonexistent",
        "tcp:host=127.0.0.1,port=1",
        "nonsense",
        "unix:",
        ";;",
        "unix:path",
    ],
)
def test_without_a_session_bus_there_is_no_proxy(address: str) -> None:
    assert look_up(URL, {"DBUS_SESSION_BUS_ADDRESS": address}) == []
    assert look_up(URL, {}) == []


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Path]:
    """A real session bus with nobody on it."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    config, path = tmp_path / "bus.conf", tmp_path / "bus"
    config.write_text(bus_config(path, tmp_path / "services"), encoding="utf-8")
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
    ) as daemon:
        assert daemon.stdout is not None
        assert daemon.stdout.readline()
        yield path
        daemon.kill()


def test_on_a_bus_without_a_portal_there_is_no_proxy(bus: Path) -> None:
    begin = time.monotonic()
    assert asked_at(bus) == []
    assert time.monotonic() - begin < SOON


def listening(path: Path, converse: Callable[[socket.socket], None]) -> socket.socket:
    """Return a bus of plain sockets, whose one conversation runs in a thread."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            converse(connection)

    threading.Thread(target=serve, daemon=True).start()
    return listener


def hang(connection: socket.socket) -> None:
    while connection.recv(4096):
        pass


def let_in(connection: socket.socket) -> None:
    """Hold the talk that comes before the first message."""
    heard = b""
    while b"BEGIN\r\n" not in heard:
        heard += connection.recv(4096)
        if heard.endswith(b"\r\n") and b"AUTH" in heard and b"BEGIN" not in heard:
            connection.sendall(b"OK 1234deadbeef\r\n")


def let_in_and_hang(connection: socket.socket) -> None:
    let_in(connection)
    hang(connection)


def let_in_and_drip(connection: socket.socket) -> None:
    let_in(connection)
    connection.settimeout(AMPLE)
    # A reply whose header is to be of 64 KiB.
    header = b"l\x02\x00\x01" + struct.pack("<III", 0, 1, 0xFFFF)
    try:
        connection.sendall(header)
        while True:
            connection.sendall(b"\x00")
            time.sleep(0.0005)
    except OSError:
        return


@pytest.mark.parametrize("converse", [hang, let_in_and_hang, let_in_and_drip])
def test_a_bus_that_does_not_answer_is_given_up_in_time(
    tmp_path: Path, converse: Callable[[socket.socket], None]
) -> None:
    with listening(tmp_path / "bus", converse):
        begin = time.monotonic()
        with pytest.raises(TimeoutError):
            asked_at(tmp_path / "bus")
        assert PATIENCE_SECONDS * 0.9 <= time.monotonic() - begin < 2 * PATIENCE_SECONDS + SOON


def refuse(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"REJECTED EXTERNAL\r\n")


def close(connection: socket.socket) -> None:
    connection.recv(1)


def let_in_and_send_garbage(connection: socket.socket) -> None:
    let_in(connection)
    connection.sendall(b"\xff" * 4096)


@pytest.mark.parametrize("converse", [refuse, close, let_in_and_send_garbage])
def test_a_bus_that_makes_no_sense_knows_no_proxy(
    tmp_path: Path, converse: Callable[[socket.socket], None]
) -> None:
    with listening(tmp_path / "bus", converse):
        assert asked_at(tmp_path / "bus") == []
