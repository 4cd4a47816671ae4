"""The program as a user starts it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tray_app

if TYPE_CHECKING:
    from tray_app.simulator import Simulator

PROJECT = Path(tray_app.__file__).parent.parent
LOADED = (
    "import sys\n"
    "from tray_app.main import main\n"
    "code = main(sys.argv[1:])\n"
    "print(code, sorted(m for m in sys.modules if m.split('.')[0] in {'PySide6', 'shiboken6'}))\n"
)


def start(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return run_python("-m", "tray_app", *arguments, **variables)


def run_python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    kept = ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={
            **environ,
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            # No history of this computer's user is looked at.
            "NOVITA_TRAY_HOME": "/nonexistent",
            **variables,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
        check=False,
    )


def test_a_demo_reading_as_json() -> None:
    ended = start("balance", "--demo", "--json")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["currency"] == "USD"


@pytest.mark.parametrize(
    ("key", "code"),
    [("sk_demo_steady", 0), ("sk_demo_wrong_key", 4), ("sk_demo_rate_limited", 6)],
)
def test_the_exit_code_reaches_the_shell(simulator: Simulator, key: str, code: int) -> None:
    ended = start("balance", "--api-url", simulator.url, NOVITA_API_KEY=key)
    assert ended.returncode == code
    assert bool(ended.stdout) == (code == 0)
    assert bool(ended.stderr) == (code != 0)
    assert key.encode() not in ended.stdout + ended.stderr


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="has always a keyring")
def test_without_a_keyring_service_it_is_10() -> None:
    ended = start("balance", "--json")
    assert (ended.returncode, ended.stderr) == (10, b"")
    assert json.loads(ended.stdout)["problem"] == "keyring_missing"


def test_a_verbose_run_logs_to_standard_error_and_never_the_key(simulator: Simulator) -> None:
    ended = start(
        "balance", "-v", "--json", "--api-url", simulator.url, NOVITA_API_KEY="sk_demo_wrong_key"
    )
    assert json.loads(ended.stdout)["problem"] == "wrong_key"
    assert re.search(
        rb"(?m)^\d{4}-\S+Z INFO tray_app\.adapters\.novita_client: .*HTTP 401", ended.stderr
    )
    assert b"sk_demo_wrong_key" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("balance", "--demo"),
        ("key", "status"),
        ("--demo",),
        ("history", "--demo"),
        ("runway", "--demo"),
        ("autostart", "off"),
    ],
    ids=" ".join,
)
@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="has always a display")
def test_the_command_line_leaves_qt_out(arguments: tuple[str, ...]) -> None:
    """Without a display ``--demo`` answers as the command line, too."""
    ended = run_python("-c", LOADED, *arguments)
    code, modules = ended.stdout.decode().splitlines()[-1].split(" ", 1)
    assert code == ("10" if arguments[0] == "key" else "0")
    assert modules == "[]"


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="has always a display")
@pytest.mark.parametrize("variables", [{}, {"DISPLAY": ":65432"}], ids=["none", "dead"])
def test_without_a_display_the_tray_says_so_and_prints_its_view(
    variables: dict[str, str],
) -> None:
    ended = start("--demo", **variables)
    assert ended.returncode == 0
    assert ended.stdout.decode().startswith("Demo: $")
    assert b"display" in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "arguments", [("balance", "--demo"), ("--help",), ("balance", "--help")], ids=" ".join
)
def test_an_output_that_can_only_show_ascii_does_not_crash(arguments: tuple[str, ...]) -> None:
    ended = start(*arguments, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.isascii()


def test_a_reader_that_stops_reading_causes_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tray_app", "balance", "--demo"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert b"Traceback" not in program.stderr.read()
        program.wait(30)


def test_the_end_of_an_answer_is_not_spent_on_looking_for_cycles() -> None:
    ended = run_python(
        "-c",
        "import gc, sys\n"
        "from tray_app.main import program\n"
        "sys.argv = ['novita-tray', 'balance', '--demo', '--json']\n"
        "code = program()\n"
        "print(code, gc.get_freeze_count() > 10_000, gc.isenabled(), file=sys.stderr)\n",
    )
    assert ended.stderr.split() == [b"0", b"True", b"True"]


def test_what_goes_on_is_collected() -> None:
    ended = run_python(
        "-c",
        "import gc, sys, tray_app.watching\n"
        "from tray_app.main import main\n"
        "told = lambda *_: print(gc.isenabled(), file=sys.stderr) or 0\n"
        "tray_app.watching.watch_balance = told\n"
        "main(['balance', '--demo', '--watch'])\n",
    )
    assert ended.stderr.split() == [b"True"]
