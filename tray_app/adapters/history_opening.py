"""Opening the history's file: whose it is, which version, and closed to others."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING, Final

from tray_app.adapters.history_damage import COMPANIONS, problem_after
from tray_app.adapters.history_row import BrokenHistoryError
from tray_app.adapters.history_schema import APPLICATION_ID
from tray_app.adapters.history_trouble import tells_of_damage
from tray_app.adapters.history_upgrade import upgrade
from tray_app.adapters.paths import make_private_folder, private_opener
from tray_app.core.history_problem import HistoryError, HistoryForeign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from pathlib import Path

    from tray_app.adapters.history_schema import Step

# docs: "Database File Format"; what is shorter is nobody's database.
_HEADER_BYTES: Final = 100
_OTHERS: Final = 0o077
_PRIVATE_FILE: Final = 0o600
# What the write-ahead log keeps of the disk after an import; SQLite would never give any back.
_CACHE_KIB: Final = 256
_LONGEST_LOG: Final = 2**20


def open_history(path: Path, steps: Sequence[Step], patience: timedelta) -> sqlite3.Connection:
    """Open the file, made where there is none, with the newest tables.

    ``patience`` is how long another program may hold it. Raises HistoryError and OSError; nothing
    is overwritten.
    """
    make_private_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        os.close(private_opener(str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL))
    if not is_ours(path):
        raise HistoryError(HistoryForeign())
    _close_to_others(path)
    connection = _connect(path, patience)
    try:
        _refuse_stump(path)
        upgrade(connection, path, steps)
        _check_tables(connection)
        _prepare(connection)
    except (sqlite3.Error, OSError, BrokenHistoryError) as error:
        raise HistoryError(problem_after(error, connection, path)) from error
    except BaseException:
        connection.close()
        raise
    return connection


def open_in_memory(steps: Sequence[Step]) -> sqlite3.Connection:
    """Open a history that ends with the connection."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    upgrade(connection, None, steps)
    return connection


def is_ours(path: Path) -> bool:
    """Return whether the file is this program's, or empty, or none of SQLite's at all.

    The last is what is left of a file after an accident. Looking changes nothing: SQLite reads
    the header alone, without locks and without its log beside it. (Reading it ourselves would
    give up the locks that this process holds on the file: docs, "How To Corrupt".)
    """
    if not path.is_file():
        return False
    if path.stat().st_size < _HEADER_BYTES:
        return True
    with contextlib.closing(
        sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    ) as connection:
        # Lets the header be read of a file that is shorter than it says.
        connection.execute("PRAGMA writable_schema = ON")
        try:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.DatabaseError as error:
            if tells_of_damage(error):
                return True
            raise
    return bool(application_id == APPLICATION_ID)


def _connect(path: Path, patience: timedelta) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=patience.total_seconds(),
        isolation_level=None,
    )


def _check_tables(connection: sqlite3.Connection) -> None:
    """Raise BrokenHistoryError where a file of ours lacks what every version has."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if not {("account",), ("entry",)} <= set(found):
        raise BrokenHistoryError("tables are missing")


def _refuse_stump(path: Path) -> None:
    """Raise BrokenHistoryError for what SQLite would take for empty and write over."""
    if 0 < path.stat().st_size < _HEADER_BYTES:
        raise BrokenHistoryError("shorter than a header")


def _close_to_others(path: Path) -> None:
    """Close a file to others that was copied or restored open to them."""
    if os.name != "posix":
        return
    for suffix in ("", *COMPANIONS):
        file = path.with_name(path.name + suffix)
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mode & _OTHERS:
                file.chmod(_PRIVATE_FILE)


def _prepare(connection: sqlite3.Connection) -> None:
    # A kill loses nothing; a power cut at worst the last readings, never the file (docs: WAL).
    # Where shared memory is missing (network file systems), SQLite stays without the log.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {_LONGEST_LOG}")
    # In KiB. The default, 2 MB, fills within weeks of readings and makes no call quicker.
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # What is sorted or vacuumed never lies in the temporary folder.
    connection.execute("PRAGMA temp_store = MEMORY")
