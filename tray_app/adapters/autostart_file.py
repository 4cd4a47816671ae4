"""An entry that is a file of the user's: read, written whole, removed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import write_whole
from tray_app.core.autostart import (
    AutostartDiskFull,
    AutostartError,
    AutostartFailed,
    AutostartReadOnly,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tray_app.core.autostart import AutostartProblem

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NOT_THERE: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
_MOST_BYTES: Final = 64 * 1024
_NEW_FOLDER: Final = 0o700


def home_of(environ: Mapping[str, str]) -> Path:
    """Return the user's home folder."""
    home = Path(environ.get("HOME", ""))
    return home if home.is_absolute() else Path.home()


def read_entry(path: Path) -> bytes | None:
    """Return the file's content, None where there is none; raises AutostartError.

    Nothing but a regular file is read: what hides an entry may be a link to /dev/null.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        with path.open("rb") as stream:
            return stream.read(_MOST_BYTES)
    except OSError as error:
        if error.errno in _NOT_THERE:
            return None
        raise AutostartError(entry_trouble(error, path)) from None


def write_entry(path: Path, content: bytes) -> None:
    """Write the file, and its folder where that is missing; raises AutostartError."""
    try:
        # The folder is shared with other programs: one that is there keeps its permissions.
        path.parent.mkdir(mode=_NEW_FOLDER, parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise AutostartError(entry_trouble(error, path)) from None


def remove_entry(path: Path) -> None:
    """Remove the file if it is there; raises AutostartError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        if error.errno not in _NOT_THERE:
            raise AutostartError(entry_trouble(error, path)) from None


def found_entry(path: Path) -> str | None:
    """Return the path as text where something is there, whatever it is."""
    return str(path) if os.path.lexists(path) else None


def remove_entry_whole(path: Path) -> None:
    """Remove the file, and what a killed program left of one; raises AutostartError."""
    remove_entry(path)
    for unfinished in path.parent.glob(f".{path.name}.*.new"):
        remove_entry(unfinished)


def entry_trouble(error: OSError, place: Path | str) -> AutostartProblem:
    """Return what an error of the system means for the entry at ``place``."""
    if error.errno in _NO_ROOM:
        return AutostartDiskFull()
    if error.errno in _REFUSED:
        return AutostartReadOnly(str(place))
    return AutostartFailed(errno.errorcode.get(error.errno or 0, type(error).__name__))
