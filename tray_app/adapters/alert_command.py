"""Starts the program that the user named for alerts, once for each."""

from __future__ import annotations

import json
import logging
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.adapters.child_environment import child_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAY_TAKE_SECONDS: Final = 30.0
_MOST_WAITING: Final = 8
"""Alerts are rare: a command that gathers more than these hangs each time."""

_log = logging.getLogger(__name__)
_turn = threading.Lock()
_waiting = threading.BoundedSemaphore(_MOST_WAITING)


class UnfitAlertCommandError(Exception):
    """The file is none that is started; the message says why, and never names it."""


def run_alert_command(path: str, payload: Mapping[str, object]) -> None:
    """Start the program at ``path`` with ``payload`` as a JSON line on its standard input.

    Returns at once: one runs at a time, others wait for their turn, and each is killed after 30
    seconds with all that it started in its session. No shell is involved and no argument given;
    what it prints is discarded. It inherits no open file, and an environment without the key.
    Whatever goes wrong is logged, without path and payload.
    """
    if not _waiting.acquire(blocking=False):
        _log.warning("alert command: not started, too many wait for their turn")
        return
    # Also what must be looked at first may hang, as on a network's file system.
    threading.Thread(
        target=_run_in_turn, args=(path, dict(payload)), name="alert-command", daemon=True
    ).start()


def check_alert_command(path: str) -> None:
    """Raise UnfitAlertCommandError unless the program may be started.

    It is an absolute path to an executable file. Where files have owners (POSIX) it is the user's
    or root's, and nobody else can write to it, as they could else act in the user's name.
    """
    if not os.path.isabs(path):  # noqa: PTH117 — pathlib would take a path with NUL for one
        raise UnfitAlertCommandError("the path is not absolute")
    try:
        found = Path(path).stat()
    except (OSError, ValueError) as error:
        raise UnfitAlertCommandError(_reason(error)) from None
    if not stat.S_ISREG(found.st_mode):
        raise UnfitAlertCommandError("it is no file")
    if os.name == "posix":
        if found.st_uid not in {os.getuid(), 0}:
            raise UnfitAlertCommandError("it belongs to another user")
        if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise UnfitAlertCommandError("others can write to it")
    if not os.access(path, os.X_OK):
        raise UnfitAlertCommandError("it is not executable")


def _run_in_turn(path: str, payload: dict[str, object]) -> None:
    try:
        with _turn:
            _run(path, payload)
    except UnfitAlertCommandError as error:
        _log.warning("alert command: not started, %s", error)
    except (OSError, ValueError) as error:
        _log.warning("alert command: could not be started, %s", _reason(error))
    finally:
        _waiting.release()


def _run(path: str, payload: dict[str, object]) -> None:
    check_alert_command(path)
    # Windows has no sessions: the group keeps our Ctrl-C away from it.
    group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    flags = group | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(  # noqa: S603 — a program of the user's, looked at above, no shell
        [path],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=child_environment(os.environ),
        # Our own folder may be a stick that is to be taken away.
        cwd=Path(path).anchor,
        start_new_session=True,
        creationflags=flags,
    ) as process:
        try:
            process.communicate(json.dumps(payload).encode("ascii") + b"\n", _MAY_TAKE_SECONDS)
        except subprocess.TimeoutExpired:
            _kill(process)
            _log.warning("alert command: killed after %d s", _MAY_TAKE_SECONDS)
            return
    if process.returncode != 0:
        _log.warning("alert command: ended with %d", process.returncode)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill it and, where there are sessions, whatever it started in its own."""
    if sys.platform == "win32":
        process.kill()
    else:
        # It has not been waited for, so its number is still its own.
        os.killpg(process.pid, signal.SIGKILL)


def _reason(error: Exception) -> str:
    """Return the system's words without the path."""
    text = error.strerror if isinstance(error, OSError) else None
    return text or type(error).__name__
