"""Standard streams that are closed, full, or not read to the end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.raw_server import RawServer, read_request
from tests.cli.test_subprocess import PROJECT

if TYPE_CHECKING:
    import socket

FULL: Final = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="needs a shell and /dev/full")


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash with the program as ``$tray``."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=PROJECT,
        env={
            "PATH": os.environ["PATH"],
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            "NOVITA_TRAY_HOME": "/nonexistent",
            "tray": f"{sys.executable} -m tray_app",
            **variables,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        *("balance --demo", "balance --demo --json", "key status"),
        *("history --demo", "history --demo --csv", "history --demo --json", "runway --demo"),
    ],
)
def test_an_answer_that_cannot_be_written_is_said_and_is_no_success(arguments: str) -> None:
    ended = shell(f"$tray {arguments} >/dev/full", NOVITA_API_KEY="sk_x")
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("could not be written: No space left on device.")


@pytest.mark.parametrize("arguments", ["--help", "--version"])
def test_a_help_that_cannot_be_written_causes_no_traceback(arguments: str) -> None:
    ended = shell(f"$tray {arguments} >/dev/full")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_complaint_that_cannot_be_written_leaves_the_exit_code() -> None:
    assert shell("$tray balance 2>/dev/full").returncode == 10


def test_a_failure_stays_one_when_the_reader_went_away() -> None:
    # The reader is gone before the first byte comes.
    assert shell("(sleep 0.2; $tray balance --json) | true").returncode == 10
    assert shell("(sleep 0.2; $tray balance --demo) | true").returncode == 0


def test_a_long_answer_may_be_cut_short_and_says_nothing_of_it() -> None:
    for form in ("--csv", "--json"):
        ended = shell(f"$tray history --demo {form} | head -n 2")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert len(ended.stdout.splitlines()) == 2


def test_with_standard_error_closed_nothing_is_put_on_standard_output() -> None:
    ended = shell("$tray balance 2>&-")
    assert (ended.returncode, ended.stdout) == (10, "")
    ended = shell("$tray --demo 2>&-")
    assert ended.returncode == 0
    assert ended.stdout.startswith("Demo: $")


def test_with_standard_output_closed_the_exit_code_still_tells() -> None:
    assert shell("$tray balance --demo >&-").returncode == 0
    assert shell("$tray balance --json >&-").returncode == 10
    assert shell("$tray history --demo --csv >&-").returncode == 0


def test_a_closed_standard_input_is_no_history() -> None:
    ended = shell("$tray history --import - <&-")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "Nothing was imported: line 1: taken_at is missing.\n"


def test_a_key_cannot_be_read_from_a_closed_standard_input() -> None:
    ended = shell("$tray key set <&-")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "The key is empty.\n"


def test_the_simulators_list_of_keys_may_be_cut_short() -> None:
    simulator = f"{sys.executable} -m tray_app.simulator --list"
    assert shell(f"(sleep 0.2; {simulator}) | true").stderr == ""
    assert shell(f"{simulator} >/dev/full").stderr == ""


def test_the_servers_words_beside_the_status_are_not_logged() -> None:
    secret = "sk_echoed-9"

    def echo(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(f"HTTP/1.1 401 {secret}\r\nContent-Length: 2\r\n\r\n{{}}".encode())

    with RawServer(echo) as server:
        ended = shell(f"$tray balance -v --api-url {server.url}", NOVITA_API_KEY=secret)
    assert ended.returncode == 4
    assert "HTTP 401" in ended.stderr
    assert secret not in ended.stderr + ended.stdout
