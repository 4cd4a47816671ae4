"""An account's history removed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.adapters.history_damage import kept_aside
from tray_app.adapters.history_upgrade import transaction
from tray_app.core.history_problem import HistoryBusy, HistoryError

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def delete(connection: sqlite3.Connection, name: str, path: Path | None) -> None:
    """Remove the account's rows, every byte of them, and the backups and broken files.

    What SQLite removes it only forgets, and its log has copies; so the rows are overwritten, the
    file is written anew without gaps, and the log is emptied. Raises HistoryError with HistoryBusy
    where another program still reads the log, else what SQLite and the system raise: made again,
    the call goes on where it ended.
    """
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        connection.execute(
            "DELETE FROM entry WHERE account = (SELECT id FROM account WHERE name = ?)", (name,)
        )
        connection.execute("DELETE FROM account WHERE name = ?", (name,))
    connection.execute("VACUUM")
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise HistoryError(HistoryBusy())
    if path is not None:
        for each in kept_aside(path):
            each.unlink(missing_ok=True)
