"""Whether Qt's plug-ins for the network can be loaded: asked on a real bus of the test's own."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tray_app.adapters.network_service import network_service_is_quick

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None,
    reason="needs a message bus (Debian: dbus-daemon)",
)

_LIMIT: Final = timedelta(seconds=0.5)
_NAME: Final = "org.freedesktop.NetworkManager"


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus that stands for the system's."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"],
        stdout=subprocess.PIPE,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


@contextmanager
def network_manager(address: str, *, is_stopped: bool) -> Iterator[None]:
    """Let a real program go by NetworkManager's name; one that is stopped answers nothing."""
    script = (
        "import sys\n"
        "from jeepney import new_method_return\n"
        "from jeepney.bus_messages import message_bus\n"
        "from jeepney.io.blocking import open_dbus_connection\n"
        "connection = open_dbus_connection(sys.argv[1])\n"
        f"connection.send_and_get_reply(message_bus.RequestName('{_NAME}'))\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    connection.send(new_method_return(connection.receive()))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, address], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        if is_stopped:
            program.send_signal(signal.SIGSTOP)
        yield
        program.kill()


def test_without_a_system_bus_there_is_nobody_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    assert network_service_is_quick(_LIMIT)


def test_without_a_network_manager_there_is_nobody_to_wait_for(address: str) -> None:
    assert address
    assert network_service_is_quick(_LIMIT)


def test_one_that_answers_is_quick(address: str) -> None:
    with network_manager(address, is_stopped=False):
        assert network_service_is_quick(timedelta(seconds=20))


def test_one_that_hangs_is_found_out_in_time(address: str) -> None:
    with network_manager(address, is_stopped=True):
        begun = time.monotonic()
        assert not network_service_is_quick(_LIMIT)
        assert time.monotonic() - begun < 10
