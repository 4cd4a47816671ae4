"""What SQLite and the system say about the history's file -> a problem."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from typing import TYPE_CHECKING, Final

from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryDiskFull,
    HistoryFailed,
    HistoryProblem,
    HistoryReadOnly,
)

if TYPE_CHECKING:
    from pathlib import Path

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# More than SQLite's shared memory takes at once.
_TRIAL: Final = bytes(2**16)
# docs: SQLite result codes; the primary one is the low byte of the extended one.
_PRIMARY: Final = 0xFF
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_FOLDER_KNOWS: Final = frozenset(
    {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)
_READ_ONLY: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def tells_of_damage(error: Exception) -> bool:
    """Return whether SQLite says that the file is not, or no longer, one of its own."""
    return _primary_code(error) in _DAMAGED


def is_busy(error: Exception) -> bool:
    """Return whether another program was in the way, so that a later try may succeed."""
    return _primary_code(error) in _BUSY


def problem_of(error: Exception, folder: Path | None) -> HistoryProblem:
    """Return what an error means.

    SQLite's code may be the same for a full disk, a read-only one and a broken one; then a trial
    file in the ``folder`` tells.
    """
    if isinstance(error, OSError):
        return _problem_of_system(error)
    code = _primary_code(error)
    if code in _BUSY:
        return HistoryBusy()
    if code == sqlite3.SQLITE_FULL:
        return HistoryDiskFull()
    if code in _FOLDER_KNOWS:
        tried = None if folder is None else _trial(folder)
        if tried is not None and not isinstance(tried, HistoryFailed):
            return tried
        if code in _READ_ONLY:
            return HistoryReadOnly()
    return HistoryFailed(getattr(error, "sqlite_errorname", type(error).__name__))


def _primary_code(error: Exception) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & _PRIMARY if isinstance(code, int) else None


def _problem_of_system(error: OSError) -> HistoryProblem:
    if error.errno in _NO_ROOM:
        return HistoryDiskFull()
    if error.errno in _REFUSED:
        return HistoryReadOnly()
    return HistoryFailed(errno.errorcode.get(error.errno or 0, type(error).__name__))


def _trial(folder: Path) -> HistoryProblem | None:
    """Return what stands in the way of a small file, which leaves no trace."""
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(_TRIAL)
    except OSError as error:
        return _problem_of_system(error)
    return None
