"""Entries from elsewhere, merged into an account's history."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.history_append import account_made, following
from tray_app.adapters.history_query import BEFORE_ALL, LATER_THAN_ALL, rows_after
from tray_app.adapters.history_row import (
    COLUMNS,
    PLACEHOLDERS,
    amount_of,
    entry_of,
    milliseconds_of,
    row_of,
)
from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from tray_app.core.history import Entry

_BATCH: Final = 1000
_MERGE: Final = (
    f"INSERT INTO entry (account, {COLUMNS}) VALUES ({PLACEHOLDERS})"  # noqa: S608 — constants
    " ON CONFLICT (account, taken_at) DO NOTHING"
)
_RELATE: Final = (
    "UPDATE entry SET since = ?, spent = ?, topped_up = ?, refunded = ?,"
    " credit_limit_change = ?, invoices_settled = ? WHERE account = ? AND taken_at = ?"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the entries."""

    added: int
    known: int
    """There was an entry of the same millisecond already, which stays."""


def merge(connection: sqlite3.Connection, name: str, entries: Iterable[Entry]) -> Imported:
    """Add the entries whose moment has none yet, within a transaction of the caller's.

    What happened before a row is told anew where another row has come before it. A history's
    first entry begins only for want of one before; any other beginning is another key, and stays.
    """
    account = account_made(connection, name)
    loose = {_first_time(connection, account)}
    added = total = 0
    first, last = LATER_THAN_ALL, BEFORE_ALL
    remaining = iter(entries)
    while batch := list(islice(remaining, _BATCH)):
        total += len(batch)
        rows = [(account, *row_of(entry)) for entry in batch]
        added += connection.executemany(_MERGE, rows).rowcount
        times = [milliseconds_of(entry.reading.taken_at) for entry in batch]
        first, last = min(first, *times), max(last, *times)
    if added:
        _relate(connection, account, first, last, loose | {first})
        connection.execute(
            "UPDATE account SET folded_until = min(folded_until, ?) WHERE id = ?", (first, account)
        )
    return Imported(added, total - added)


def _first_time(connection: sqlite3.Connection, account: int) -> int | None:
    first: int | None
    (first,) = connection.execute(
        "SELECT min(taken_at) FROM entry WHERE account = ?", (account,)
    ).fetchone()
    return first


def _relate(
    connection: sqlite3.Connection, account: int, first: int, last: int, loose: set[int | None]
) -> None:
    """Tell anew what happened before each row from ``first`` to the one after ``last``.

    Rows whose telling is true of the row that is before them now stay as they are.
    """
    before = _row_before(connection, account, first)
    at = first - 1
    while rows := rows_after(connection, account, at, _BATCH):
        for row in rows:
            at = row[0]
            if before is not None and not _follows(before, row, loose):
                entry = following(connection, account, entry_of(before), entry_of(row).reading)
                _, since, *_, spent, paid, back, raised, settled = row_of(entry)
                told = (since, spent, paid, back, raised, settled)
                connection.execute(_RELATE, (*told, account, at))
            before = row
            if at > last:
                return


def _row_before(connection: sqlite3.Connection, account: int, at: int) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT {COLUMNS} FROM entry WHERE account = ? AND taken_at < ?"  # noqa: S608 — constants
        " ORDER BY taken_at DESC LIMIT 1",
        (account, at),
    ).fetchone()
    return row


def _follows(before: Sequence[Any], row: Sequence[Any], loose: set[int | None]) -> bool:
    """Return whether what the row tells is true of the row before it."""
    taken_at, since, available, *_ = row
    if since is None:
        return taken_at not in loose
    if since != before[0]:
        return False
    entry = entry_of(row)
    return amount_of(available) - amount_of(before[2]) == entry.change.net
