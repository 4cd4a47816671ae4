"""From an older version of the history's file to the newest, with a backup before each step."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from tray_app.adapters.history_schema import APPLICATION_ID
from tray_app.adapters.paths import private_opener, sync_folder
from tray_app.core.history_problem import HistoryError, HistoryTooNew

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tray_app.adapters.history_schema import Step


def upgrade(connection: sqlite3.Connection, path: Path | None, steps: Sequence[Step]) -> None:
    """Take every step that is missing, each whole or not at all.

    ``path`` is the file's, None in memory. Before each step of a file that was not empty, the
    whole is copied to ``<name>.v<version>.bak``. Raises HistoryError with
    HistoryTooNew, else what a step or the copy raises; the file then stands as it was.
    """
    is_new = _version_of(connection) == 0
    while (version := _version_of(connection)) != len(steps):
        if version > len(steps):
            raise HistoryError(HistoryTooNew(version))
        with transaction(connection):
            # Another program may have been quicker.
            if _version_of(connection) == version:
                if not is_new and path is not None:
                    back_up(path, path.with_name(f"{path.name}.v{version}.bak"))
                steps[version](connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version + 1}")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that the block writes, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Some errors have ended the transaction themselves (docs: BEGIN TRANSACTION).
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def back_up(path: Path, copy: Path) -> None:
    """Copy the whole file, private and complete, or leave an older copy as it is.

    It is read through a connection of its own: SQLite copies nothing from one that writes.
    """
    unfinished = copy.with_name(f".{copy.name}.{os.getpid()}.new")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(private_opener(str(unfinished), os.O_RDWR | os.O_CREAT | os.O_EXCL))
        with (
            contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
        unfinished.replace(copy)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(copy.parent)


def _version_of(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
