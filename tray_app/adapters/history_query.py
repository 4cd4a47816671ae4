"""What is asked of the history: rows by account and time, oldest first."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.history_row import (
    COLUMNS,
    BrokenHistoryError,
    amount_of,
    entry_of,
    milliseconds_of,
    moment_of,
)
from tray_app.adapters.history_schema import LANDMARK, LANDMARKS
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from tray_app.core.history import Entry

_MICROSECONDS: Final = 1_000
"""To a millisecond, in which the file counts."""
NO_ACCOUNT: Final = -1
"""Matches no row: the account has no history yet."""
BEFORE_ALL: Final = -(2**63)
LATER_THAN_ALL: Final = 2**63 - 1


def account_of(connection: sqlite3.Connection, name: str) -> int:
    """Return the account's number."""
    row = connection.execute("SELECT id FROM account WHERE name = ?", (name,)).fetchone()
    return NO_ACCOUNT if row is None else int(row[0])


def key_mark(connection: sqlite3.Connection, account: int) -> str | None:
    """Return the mark of the key in use, where it is known."""
    row = connection.execute("SELECT key_mark FROM account WHERE id = ?", (account,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def last_entry(connection: sqlite3.Connection, account: int) -> Entry | None:
    """Return the newest entry."""
    newest = last_entries(connection, account, 1)
    return newest[0] if newest else None


def last_entries(connection: sqlite3.Connection, account: int, count: int) -> list[Entry]:
    """Return the newest entries, the newest first."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM entry WHERE account = ? ORDER BY taken_at DESC LIMIT ?",  # noqa: S608 — constants
        (account, count),
    )
    return [entry_of(row) for row in rows]


def rows_after(
    connection: sqlite3.Connection, account: int, after: int, count: int
) -> list[tuple[Any, ...]]:
    """Return the first rows later than a time in milliseconds."""
    return connection.execute(
        f"SELECT {COLUMNS} FROM entry WHERE account = ? AND taken_at > ?"  # noqa: S608 — constants
        " ORDER BY taken_at LIMIT ?",
        (account, after, count),
    ).fetchall()


def eventful_entries(connection: sqlite3.Connection, account: int, since: int) -> list[Entry]:
    """Return what is more than spending, from a time in milliseconds on."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM {LANDMARKS}"  # noqa: S608 — constants
        f" WHERE account = ? AND taken_at >= ? AND {LANDMARK} ORDER BY taken_at",
        (account, since),
    )
    return [entry for entry in map(entry_of, rows) if entry.change.is_eventful]


def spends_since(connection: sqlite3.Connection, account: int, since: datetime) -> SpendSeries:
    """Return what was spent in each time that ends later than ``since``."""
    rows = connection.execute(
        "SELECT since, taken_at, spent FROM entry"
        " WHERE account = ? AND taken_at > ? AND since IS NOT NULL ORDER BY taken_at",
        (account, milliseconds_of(since)),
    )
    return _spends_of(rows.fetchall())


def _spends_of(rows: Sequence[tuple[Any, Any, Any]]) -> SpendSeries:
    if not rows:
        return SpendSeries.empty()
    since, taken_at, spent = zip(*rows, strict=True)
    try:
        # A month of them is thousands: whether they are moments is asked of the outermost alone.
        for outermost in (min(since), max(taken_at)):
            moment_of(outermost)
        begins = array("q", (milliseconds * _MICROSECONDS for milliseconds in since))
        ends = array("q", (milliseconds * _MICROSECONDS for milliseconds in taken_at))
        if set(map(type, spent)) == {int}:
            return SpendSeries.of_steps(begins, ends, spent)
        return SpendSeries.of_amounts(begins, ends, [amount_of(amount) for amount in spent])
    except (TypeError, ValueError, OverflowError) as error:
        raise BrokenHistoryError("not a spend") from error
