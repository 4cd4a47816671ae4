from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.simulator.asking import get
from tray_app.simulator import DEMO_KEY
from tray_app.simulator.__main__ import main
from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = (sys.executable, "-m", "tray_app.simulator")


@pytest.fixture
def running() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        yield program
        program.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send to another program")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_it_prints_its_address_serves_and_ends_cleanly_on_a_signal(
    running: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert running.stdout is not None
    url = running.stdout.readline().strip()
    reply = get(url + BALANCE_PATH, Authorization=f"Bearer {DEMO_KEY}")
    assert reply.json()["creditLimit"] == "30000"
    first_account = running.stdout.readline()
    hanging = socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0), 5)
    with hanging:
        hanging.sendall(b"GET /half")
        began = time.monotonic()
        running.send_signal(number)
        _, errors = running.communicate(timeout=30)
        assert time.monotonic() - began < 4
    assert (running.returncode, errors) == (0, "")
    assert DEMO_KEY in first_account


def test_list_names_the_demo_keys_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[0] == DEMO_KEY
    assert len(lines) > 20


def test_a_taken_port_is_one_sentence_and_exit_code_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            (*COMMAND, "--port", port), capture_output=True, text=True, timeout=10, check=False
        )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"cannot listen on port {port}: ")


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_that_is_none_is_a_usage_error(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--port", port])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err
