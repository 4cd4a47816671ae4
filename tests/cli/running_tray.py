"""A real tray in a process of its own, without a screen, beside which commands are run."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.cli.test_subprocess import PROJECT
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def started(home: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    """Start the program in that home."""
    return subprocess.Popen(
        [sys.executable, "-m", "tray_app", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
            "NOVITA_TRAY_HOME": str(home),
            **variables,
        },
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for its end; return exit code, standard output and error."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@contextmanager
def running_tray(home: Path, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run a tray that listens for other starts, and end it."""
    tray = started(home, *arguments, **variables)
    try:
        wait_for(lambda: any(each.is_socket() for each in home.glob("run/*")), 60, "a socket")
        yield tray
    finally:
        tray.kill()
        tray.communicate(timeout=30)
