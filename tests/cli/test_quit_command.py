"""``novita-tray quit`` beside a real tray."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.cli.in_process import run
from tests.cli.running_tray import ended, running_tray
from tray_app.adapters.instance_lock import InstanceLock

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket of Unix")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def tray(home: Path) -> Iterator[subprocess.Popen[str]]:
    with running_tray(home) as tray:
        yield tray


def test_the_tray_has_ended_in_order_when_the_command_returns(
    home: Path, tray: subprocess.Popen[str]
) -> None:
    shown = run("quit")
    assert (shown.code, shown.stdout, shown.stderr) == (0, "The tray has ended.\n", "")
    assert not InstanceLock(home / "data" / "tray.lock").is_held_by_another()
    assert ended(tray) == (0, "", "")
    assert (home / "logs" / "novita-tray.log").read_text(encoding="utf-8").endswith("quit\n")


def test_where_none_runs_it_says_so_and_makes_nothing(home: Path) -> None:
    shown = run("quit")
    assert (shown.code, shown.stdout, shown.stderr) == (15, "", "No tray runs.\n")
    assert not home.exists()


def test_a_tray_that_hangs_is_told_with_its_process(tray: subprocess.Popen[str]) -> None:
    tray.send_signal(signal.SIGSTOP)
    try:
        shown = run("quit")
    finally:
        with suppress(ProcessLookupError):
            tray.send_signal(signal.SIGCONT)
    assert shown.code == 11
    assert f"(process {tray.pid})" in shown.stderr


@pytest.mark.usefixtures("tray")
def test_the_demo_is_another_one() -> None:
    assert run("quit", "--demo").code == 15
    assert "no_tray" not in run("status", "--json").stdout
