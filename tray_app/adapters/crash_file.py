"""What the interpreter writes when the process dies of a fault, such as a wrong memory access."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import make_private_folder, private_opener

if TYPE_CHECKING:
    from pathlib import Path

CRASH_NAME: Final = "crash.log"
PREVIOUS_CRASH_NAME: Final = "crash-previous.log"
_LARGEST: Final = 200_000
"""Bytes kept of a crash; one of this program's few threads takes some thousand."""

_log = logging.getLogger(__name__)


class CrashFile:
    """Takes the stacks of all threads, without values; empty as long as nothing happened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    def open(self) -> bool:
        """Listen for crashes from now on; return whether the last start ended in one.

        Its stacks are kept beside until the next crash. A file that cannot be written is done
        without.
        """
        path = self._folder / CRASH_NAME
        try:
            make_private_folder(self._folder)
            crashed = path.exists() and path.stat().st_size > 0
            if crashed:
                os.truncate(path, min(path.stat().st_size, _LARGEST))
                path.replace(self._folder / PREVIOUS_CRASH_NAME)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            self._descriptor = private_opener(os.fspath(path), flags)
            faulthandler.enable(self._descriptor)
        except OSError as error:
            _log.warning("no file for crashes: errno %s", error.errno)
            return False
        return crashed

    def end_well(self) -> None:
        """Empty the file: what stands there was survived, as some faults on Windows are.

        It goes on listening, since the interpreter's own end may crash.
        """
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
