"""A new reading at the end of an account's history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.adapters.history_query import (
    NO_ACCOUNT,
    account_of,
    last_entries,
    spends_since,
)
from tray_app.adapters.history_row import (
    COLUMNS,
    PLACEHOLDERS,
    milliseconds_of,
    moment_of,
    row_of,
    stored,
)
from tray_app.core.change import change_between, depends_on_usual, usual_spending
from tray_app.core.history import LONGEST_STEP, Change, Entry
from tray_app.core.history_problem import HistoryClockBehind, HistoryError
from tray_app.core.money import ZERO, Usd
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from tray_app.core.reading import BalanceReading
    from tray_app.core.spend import Spend

INSERT: Final = f"INSERT INTO entry (account, {COLUMNS}) VALUES ({PLACEHOLDERS})"  # noqa: S608 — constants
_AT_LEAST_EVERY: Final = timedelta(hours=1)
_PACE_OF: Final = timedelta(days=1)
# A clock that was wrong for longer would have been noticed.
_MOST_AHEAD: Final = timedelta(days=1)
_PROVEN_AFTER: Final = timedelta(hours=1)


@dataclass(slots=True)
class ClockDoubt:
    """Which of two clocks is right: the one of the rows that lie ahead, or that of late."""

    since: datetime | None = None
    """The first of the readings that lay behind and followed each other; None without doubt."""
    latest: datetime | None = None
    """The last of them."""

    def proven(self, at: datetime) -> bool:
        """Take in that a reading lies behind; return whether the clock has gone on for an hour.

        A leap or a sleep between two of them proves nothing: then the hour begins anew.
        """
        goes_on = self.latest is not None and timedelta(0) <= at - self.latest <= LONGEST_STEP
        if self.since is None or not goes_on:
            self.since = at
        self.latest = at
        return at - self.since >= _PROVEN_AFTER

    def end(self) -> None:
        """Take in that there is no doubt any more."""
        self.since = self.latest = None


def append(
    connection: sqlite3.Connection,
    name: str,
    reading: BalanceReading,
    key_mark: str | None,
    doubt: ClockDoubt,
) -> Entry:
    """Write the reading as the account's newest entry, within a transaction of the caller's.

    With another key than the last one's the history begins anew. Between two rows that it equals,
    and that are an hour apart at most, a row is dropped. Raises HistoryError with
    HistoryClockBehind where newer readings stand in the way; ``doubt`` is the caller's from call
    to call.
    """
    reading = stored(reading)
    account = account_made(connection, name)
    begins = _clear_the_way(connection, account, reading, doubt)
    (last_mark,) = connection.execute(
        "SELECT key_mark FROM account WHERE id = ?", (account,)
    ).fetchone()
    newest = last_entries(connection, account, 2)
    other_key = None not in (key_mark, last_mark) and key_mark != last_mark
    if newest and not (other_key or begins):
        entry = following(connection, account, newest[0], reading)
    else:
        entry = Entry(reading)
    if key_mark is not None and key_mark != last_mark:
        connection.execute("UPDATE account SET key_mark = ? WHERE id = ?", (key_mark, account))
    if _is_one_too_many(newest, entry):
        entry = replace(entry, since=newest[0].since)
        remove(connection, account, newest[0])
    connection.execute(INSERT, (account, *row_of(entry)))
    return entry


def following(
    connection: sqlite3.Connection, account: int, before: Entry, reading: BalanceReading
) -> Entry:
    """Return what a reading is after the entry that it follows in the file."""
    usual = ZERO
    if depends_on_usual(before.reading, reading):
        usual = _usual(connection, account, before, reading)
    change = change_between(before.reading, reading, usual)
    return Entry(reading, before.reading.taken_at, change)


def remove(connection: sqlite3.Connection, account: int, entry: Entry) -> None:
    """Remove an entry."""
    connection.execute(
        "DELETE FROM entry WHERE account = ? AND taken_at = ?",
        (account, milliseconds_of(entry.reading.taken_at)),
    )


def account_made(connection: sqlite3.Connection, name: str) -> int:
    """Return the account's number, a new one where it has none."""
    account = account_of(connection, name)
    if account == NO_ACCOUNT:
        connection.execute("INSERT INTO account (name) VALUES (?)", (name,))
        account = account_of(connection, name)
    return account


def _usual(
    connection: sqlite3.Connection, account: int, before: Entry, reading: BalanceReading
) -> Usd:
    """Return what is usually spent in the time between the two."""
    until = begins = before.reading.taken_at
    # What went before another key came, from another account maybe, says nothing.
    spends: list[Spend] = []
    for spend in reversed(spends_since(connection, account, until - _PACE_OF)):
        if spend.ends == begins:
            spends.append(spend)
            begins = spend.begins
    spends.reverse()
    return usual_spending(SpendSeries.of(spends), reading.taken_at - until)


def _is_one_too_many(newest: Sequence[Entry], entry: Entry) -> bool:
    """Return whether nothing is lost without the entry before: the one between two equal ones."""
    if len(newest) < 2:  # noqa: PLR2004 — the two before
        return False
    between, first = newest
    return (
        entry.since is not None
        and between.since == first.reading.taken_at
        and between.change == entry.change == Change()
        and _same_amounts(first.reading, between.reading, entry.reading)
        and entry.reading.taken_at - first.reading.taken_at <= _AT_LEAST_EVERY
    )


def _same_amounts(*readings: BalanceReading) -> bool:
    at = readings[0].taken_at
    return len({replace(reading, taken_at=at) for reading in readings}) == 1


def _clear_the_way(
    connection: sqlite3.Connection, account: int, reading: BalanceReading, doubt: ClockDoubt
) -> bool:
    """Let the reading be the newest, or say that the clock is behind.

    A clock that is wrong for a moment, as before the network tells the time, costs no row: rows
    that lie ahead go only once the clock has gone on from there for an hour of readings. Returns
    whether a beginning went with them: what lies before it is another key's.
    """
    at = milliseconds_of(reading.taken_at)
    first, last, begins = connection.execute(
        "SELECT min(taken_at), max(taken_at), count(*) > count(since) FROM entry"
        " WHERE account = ? AND taken_at >= ?",
        (account, at),
    ).fetchone()
    if first is None:
        doubt.end()
        return False
    if last > at:
        is_proven = doubt.proven(reading.taken_at)
        if not is_proven or moment_of(last) - moment_of(first) >= _MOST_AHEAD:
            raise HistoryError(HistoryClockBehind())
        # What a clock that was ahead has folded is folded; from now on the true time counts.
        connection.execute(
            "UPDATE account SET folded_until = min(folded_until, ?) WHERE id = ?", (at, account)
        )
    doubt.end()
    # What was read at the same moment is this reading, told once more.
    connection.execute("DELETE FROM entry WHERE account = ? AND taken_at >= ?", (account, at))
    return bool(begins)
