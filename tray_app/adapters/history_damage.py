"""What becomes of a connection that met an error, and of a file that is broken."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tray_app.adapters.history_row import BrokenHistoryError
from tray_app.adapters.history_trouble import problem_of, tells_of_damage
from tray_app.core.history_problem import HistoryDamaged

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.core.history_problem import HistoryProblem

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a file for the ones that it keeps beside it."""
_ASIDE: Final = ".damaged-"


def problem_after(error: Exception, connection: sqlite3.Connection, path: Path) -> HistoryProblem:
    """Close a connection that met an error, and return what is wrong.

    A broken file is renamed first, as long as SQLite has it open: closing would write what is in
    the log into it. Windows renames no open file.
    """
    try:
        if _is_broken(error, connection):
            if os.name != "posix":
                connection.close()
            return HistoryDamaged(_set_aside(path))
    except OSError as refusal:
        return problem_of(refusal, path.parent)
    finally:
        with contextlib.suppress(sqlite3.Error):
            connection.close()
    return problem_of(error, path.parent)


def kept_aside(path: Path) -> list[Path]:
    """Return the backups, finished or not, and the broken files beside the history."""
    beginnings = (f"{path.name}{_ASIDE}", f".{path.name}.")
    return [
        each
        for each in path.parent.iterdir()
        if each.name.startswith(beginnings)
        or (each.name.startswith(f"{path.name}.") and each.name.endswith(".bak"))
    ]


def _is_broken(error: Exception, connection: sqlite3.Connection) -> bool:
    """Return whether SQLite finds a fault in the whole file, asked after one in a part.

    It takes a moment for each megabyte, so nobody asks before.
    """
    if isinstance(error, BrokenHistoryError):
        return True
    if not tells_of_damage(error):
        return False
    try:
        return connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]
    except sqlite3.Error as fault:
        return tells_of_damage(fault)


def _set_aside(path: Path) -> str:
    """Rename a broken file and SQLite's files beside it; return the new name."""
    stem = f"{path.name}{_ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    name, number = stem, 1
    while os.path.lexists(path.with_name(name)):
        number += 1
        name = f"{stem}-{number}"
    # The file itself goes last: a new one must find no log of the old one.
    for suffix in COMPANIONS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(path.with_name(name + suffix))
    path.rename(path.with_name(name))
    return name
