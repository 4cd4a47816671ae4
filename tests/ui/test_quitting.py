"""Signals end the whole program at once, whatever its worker waits for."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tray_app.simulator import Simulator
from tray_app.simulator.accounts import Drip, Hang, Part

if TYPE_CHECKING:
    from tray_app.simulator.accounts import Account

ROOT = Path(__file__).parents[2]
NO_SIGTERM = pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM cannot be caught there")

RUNNING = """
import os, sys, threading
from tray_app import app, start
from tray_app.core.api_key import ApiKey
from tray_app.demo import DemoKeyStore
from tray_app.tray_process import TrayProcess
from tray_app.wiring import Connection
class LocalConnection(Connection):
    def make_key_store(self):
        if sys.argv[2] == "prompt":
            print("asking", flush=True)
            threading.Event().wait(60)
        return DemoKeyStore(key=ApiKey("sk_test"))
    def make_client(self):
        print("asking", flush=True)
        return super().make_client()
process = TrayProcess.of(os.environ, demo=False)
process.start_logging()
assert process.lock.take()
sys.exit(start.run_tray(lambda: LocalConnection(api_url=sys.argv[1]), process))
"""


def _environ() -> dict[str, str]:
    environ = {name: value for name, value in os.environ.items() if name != "NOVITA_API_KEY"}
    return {**environ, "QT_QPA_PLATFORM": "offscreen"}


def start_program(url: str, kind: str = "server", script: str = RUNNING) -> subprocess.Popen[str]:
    running = subprocess.Popen(
        [sys.executable, "-c", script, url, kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=_environ(),
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "asking\n"
    return running


def assert_ends_at_once(running: subprocess.Popen[str], number: signal.Signals) -> None:
    with running:
        begun = time.monotonic()
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
        took = time.monotonic() - begun
    assert (running.returncode, out, err) == (0, "", "")
    # A request may take 20 s, a prompt a minute; the milliseconds of an end are the benchmark's.
    assert took < 5


@NO_SIGTERM
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("trouble", [Hang(), Drip(Part.HEADERS), Drip(Part.BODY)])
def test_a_signal_ends_the_program_at_once_while_the_server_is_in_trouble(
    trouble: Account, number: signal.Signals
) -> None:
    with Simulator({"sk_test": trouble}) as simulator:
        running = start_program(simulator.url)
        simulator.wait_for_requests(1)
        assert_ends_at_once(running, number)


@NO_SIGTERM
def test_a_signal_ends_the_program_at_once_before_a_client_is_there() -> None:
    """The worker is in the middle of its imports: nothing can be aborted yet."""
    with Simulator({"sk_test": Hang()}) as simulator:
        assert_ends_at_once(start_program(simulator.url), signal.SIGTERM)


@NO_SIGTERM
def test_a_signal_ends_the_program_at_once_while_a_keyring_prompt_is_open() -> None:
    assert_ends_at_once(start_program("http://127.0.0.1:9", "prompt"), signal.SIGTERM)


@pytest.mark.skipif(sys.platform != "linux", reason="a full backlog drops connections there")
def test_a_signal_ends_the_program_at_once_while_the_server_is_unreachable() -> None:
    """A full backlog drops each further attempt, as a firewall does."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for filler in (first, second):
            filler.settimeout(0)
            filler.connect_ex(listener.getsockname())
        running = start_program(f"http://127.0.0.1:{listener.getsockname()[1]}")
        assert_ends_at_once(running, signal.SIGTERM)


@pytest.mark.skipif(sys.platform != "linux", reason="reads from /proc which signals are heeded")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("later_ms", [0, 20, 40, 80, 160, 320])
def test_a_signal_in_the_middle_of_the_start_ends_it_without_a_word(
    number: signal.Signals, later_ms: int
) -> None:
    """Qt is being imported, the application made, the icon shown: whatever comes at that time."""
    running = subprocess.Popen(
        [sys.executable, "-m", "tray_app", "--demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=_environ(),
    )
    while signal.SIGTERM not in _heeded(running.pid):
        assert running.poll() is None
    time.sleep(later_ms / 1000)
    assert_ends_at_once(running, number)


def _heeded(pid: int) -> set[int]:
    """Return the signals that a process has handlers for (proc(5), SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    mask = int(re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)[1], 16)  # type: ignore[index] # proc(5): it stands there
    return {number for number in range(1, 65) if mask >> (number - 1) & 1}


@NO_SIGTERM
def test_the_demo_ends_with_code_0_and_nothing_on_standard_error() -> None:
    script = (
        "import os, sys\n"
        "from tray_app import app, start\n"
        "from tray_app.tray_process import TrayProcess\n"
        "from tray_app.wiring import Connection\n"
        "class Noting(app.TrayProgram):\n"
        "    def _show(self):\n"
        "        super()._show()\n"
        "        if self.shown.state.reading is not None:\n"
        "            print('asking', flush=True)\n"
        "app.TrayProgram = Noting\n"
        "process = TrayProcess.of(os.environ, demo=True)\n"
        "sys.exit(start.run_tray(lambda: Connection(demo=True), process))\n"
    )
    assert_ends_at_once(start_program("", script=script), signal.SIGTERM)
