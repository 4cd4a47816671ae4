"""The tray that runs, asked by the command line; no Qt, no request to Novita."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from tray_app.adapters.instance_address import address_of
from tray_app.adapters.instance_client import (
    NoAnswerError,
    NobodyListensError,
    ask_status,
    ask_to_quit,
)
from tray_app.core.instance_protocol import PATIENCE
from tray_app.presentation.status_document import UnreadableStatusError, read_status
from tray_app.tray_process import TrayProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tray_app.presentation.status_document import TrayStatus

END_PATIENCE: Final = timedelta(seconds=10)
"""A tray ends within half a second; a busy disk or computer may take more."""
_LOOK_AGAIN_SECONDS: Final = 0.05

_T = TypeVar("_T")


class NoTrayError(Exception):
    """No tray of this user runs in this data folder."""


class SilentTrayError(Exception):
    """A tray runs, and does not answer in a way that is understood; ``holder`` is its process."""

    def __init__(self, holder: int | None) -> None:
        super().__init__(holder)
        self.holder = holder


def tray_status(*, demo: bool, patience: timedelta = PATIENCE) -> TrayStatus:
    """Return what the tray knows; ``demo`` asks that of the demo, which is one of its own.

    One that has begun and does not listen yet is waited for until ``patience`` is over. Nothing is
    made or written. Raises NoTrayError and SilentTrayError.
    """
    process = TrayProcess.of(os.environ, demo=demo)
    try:
        return _told(process, patience, lambda address: read_status(ask_status(address, patience)))
    except UnreadableStatusError:
        raise SilentTrayError(process.lock.holder) from None


def quit_tray(
    *, demo: bool, patience: timedelta = PATIENCE, end_patience: timedelta = END_PATIENCE
) -> None:
    """Let the tray end as by its menu, and return once it has.

    Raises NoTrayError, and SilentTrayError where it does not answer or has not ended after
    ``end_patience``.
    """
    process = TrayProcess.of(os.environ, demo=demo)
    _told(process, patience, lambda address: ask_to_quit(address, patience))
    gives_up_at = time.monotonic() + end_patience.total_seconds()
    # The system gives the lock back with the process's end, so also its files can be replaced.
    while process.lock.is_held_by_another():
        if time.monotonic() >= gives_up_at:
            raise SilentTrayError(process.lock.holder)
        time.sleep(_LOOK_AGAIN_SECONDS)


def _told(process: TrayProcess, patience: timedelta, ask: Callable[[str], _T]) -> _T:
    """Return what ``ask`` hears at the tray's address."""
    lock = process.lock
    gives_up_at = time.monotonic() + patience.total_seconds()
    while True:
        try:
            if not _is_own(process.runtime):
                raise NoTrayError
            return ask(address_of(process.runtime, process.name, lock.identity))
        except NoAnswerError:
            raise SilentTrayError(lock.holder) from None
        except (NobodyListensError, OSError):
            # Only now: whoever looks at the lock holds it for an instant.
            if not lock.is_held_by_another():
                raise NoTrayError from None
        if time.monotonic() >= gives_up_at:
            raise SilentTrayError(lock.holder)
        time.sleep(_LOOK_AGAIN_SECONDS)


def _is_own(folder: Path) -> bool:
    """Return whether nobody else could have put a socket there; OSError where it is missing."""
    return os.name != "posix" or folder.stat().st_uid == os.getuid()
