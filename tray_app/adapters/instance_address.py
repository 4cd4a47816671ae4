"""Where a tray that runs is found by other starts of the program."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# Where the kernel takes a name of at most 108 bytes with its end (unix(7)), 104 on macOS.
_LONGEST_PATH: Final = 103


def address_of(folder: Path, name: str, identity: str) -> str:
    """Return where the program listens whose lock has this identity.

    ``folder`` is closed to other users. On Windows it is a pipe's name, which every user shares.
    Raises OSError where a folder with a long name is not there.
    """
    unique = f"{name}-{identity}"
    if sys.platform == "win32":
        return f"novita-tray-{unique}"
    path = os.fspath(folder / unique)
    if len(os.fsencode(path)) <= _LONGEST_PATH or sys.platform != "linux":
        return path
    return f"/proc/self/fd/{_opened(folder)}/{unique}"


@cache
def _opened(folder: Path) -> int:
    """Open a folder for as long as the process lives: proc(5) has a short name for it then."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
