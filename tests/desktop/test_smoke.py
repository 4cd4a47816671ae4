"""The test of installed programs, on one that works and on one that does not."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession

_SCRIPT: Final = Path(__file__).parents[2] / "packaging" / "smoke_test.py"
_INSTALLED: Final = Path(sys.executable).with_name("novita-tray")
_CHECKS: Final = [
    "version",
    "doctor",
    "key and reading",
    "tray",
    "libraries",
    "icon",
    "nothing left",
]


def test_an_installed_program_passes_and_leaves_nothing_that_runs(
    bare_desktop: DesktopSession,
) -> None:
    test = bare_desktop.start([sys.executable, _SCRIPT, _INSTALLED])
    assert test.wait_exit(100) == 0, test.stdout + test.stderr
    assert [line.split(",")[0].removeprefix("ok").strip() for line in test.stdout.splitlines()] == (
        _CHECKS
    )
    wait_for(
        lambda: not any(os.fsencode(_INSTALLED) in _command(pid) for pid in bare_desktop.running()),
        10,
        "the end of all that was started",
    )


def test_a_program_that_does_nothing_fails(bare_desktop: DesktopSession) -> None:
    idle = bare_desktop.home / "idle"
    idle.write_text('#!/bin/sh\n[ "$1" = --version ] && exec ' + f"{_INSTALLED} --version\n")
    idle.chmod(0o755)
    test = bare_desktop.start([sys.executable, _SCRIPT, idle])
    assert test.wait_exit(60) == 1
    assert test.stdout.splitlines()[-1].startswith("FAILED doctor: ")


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
