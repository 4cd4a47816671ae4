"""Old rows become hours, without losing a cent, a top-up or a day's ends."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.history_query import BEFORE_ALL
from tray_app.adapters.history_row import amount_of, amount_value, milliseconds_of, moment_of
from tray_app.adapters.history_schema import LANDMARK
from tray_app.core.money import ZERO, Usd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, tzinfo

# Longer than a forecast looks back and than the month of the chart; a year of points is drawn in
# half the time that it takes with 90 days.
_KEPT_WHOLE: Final = timedelta(days=45)
_HOUR: Final = timedelta(hours=1) // timedelta(milliseconds=1)
_QUARTER: Final = _HOUR // 4
_PAGE_OF_ROWS: Final = 1_000
# A quarter of the file, and at least a quarter of a megabyte: less is filled again within weeks.
_WASTE: Final = 4
_LEAST_WASTE_PAGES: Final = 64
_SELECT: Final = (
    f"SELECT taken_at, since, spent, {LANDMARK} FROM entry"  # noqa: S608 — a constant
    " WHERE account = ? AND taken_at > ? AND taken_at <= ? ORDER BY taken_at LIMIT ?"
)
_REMOVE: Final = "DELETE FROM entry WHERE account = ? AND taken_at = ?"
_CARRY: Final = "UPDATE entry SET since = ?, spent = ? WHERE account = ? AND taken_at = ?"


@dataclass(slots=True)
class _Row:
    taken_at: int
    since: int | None
    spent: Any
    is_landmark: bool
    day: date

    @property
    def hour(self) -> int:
        return self.taken_at // _HOUR


@dataclass(slots=True)
class _Carried:
    """What rows that go hand on to the next one that stays."""

    since: int | None
    spent: Usd = ZERO


def fold(connection: sqlite3.Connection, account: int, now: datetime, zone: tzinfo) -> None:
    """Keep of each hour that is 45 days old the last row, within a transaction of the caller's.

    Each day of the ``zone`` keeps its first and last row too, and so do beginnings and whatever
    was more than spending, with the row before. What rows that go say was spent moves to the next.
    """
    until = milliseconds_of(now - _KEPT_WHOLE) // _HOUR * _HOUR
    (begin,) = connection.execute(
        "SELECT folded_until FROM account WHERE id = ?", (account,)
    ).fetchone() or (until,)
    if begin >= until:
        return
    carried: _Carried | None = None
    previous: _Row | None = None
    gone: list[tuple[int, int]] = []
    for row, following in pairwise(chain(_rows(connection, account, begin, until, zone), [None])):
        if row is None:
            break
        if not _stays(previous, row, following):
            carried = carried or _Carried(row.since)
            carried.spent += amount_of(row.spent)
            gone.append((account, row.taken_at))
        elif carried is not None:
            spent = amount_value(carried.spent + amount_of(row.spent))
            connection.execute(_CARRY, (carried.since, spent, account, row.taken_at))
            carried = None
        if len(gone) >= _PAGE_OF_ROWS:
            connection.executemany(_REMOVE, gone)
            gone.clear()
        previous = row
    connection.executemany(_REMOVE, gone)
    connection.execute("UPDATE account SET folded_until = ? WHERE id = ?", (until, account))


def give_back_space(connection: sqlite3.Connection) -> None:
    """Make the file smaller where much of it is empty; where that fails, the next time tells."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    if free >= _LEAST_WASTE_PAGES and free * _WASTE > pages:
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("VACUUM")


def _stays(previous: _Row | None, row: _Row, following: _Row | None) -> bool:
    return (
        previous is None
        or following is None
        or row.is_landmark
        or following.is_landmark
        or following.hour != row.hour
        or previous.day != row.day
        or following.day != row.day
    )


def _rows(
    connection: sqlite3.Connection, account: int, begin: int, until: int, zone: tzinfo
) -> Iterator[_Row]:
    """Yield the rows of a time, and the ones next to it on both sides where there are any.

    These are the last of their hours, and stay.
    """
    (after,) = connection.execute(
        "SELECT max(taken_at) FROM entry WHERE account = ? AND taken_at < ?", (account, begin)
    ).fetchone()
    after = BEFORE_ALL if after is None else after - 1
    (last,) = connection.execute(
        "SELECT min(taken_at) FROM entry WHERE account = ? AND taken_at >= ?", (account, until)
    ).fetchone()
    # Weeks of later rows are none of its business.
    last = until if last is None else last
    quarter, day = None, None
    while True:
        page = connection.execute(_SELECT, (account, after, last, _PAGE_OF_ROWS)).fetchall()
        for taken_at, since, spent, is_landmark in page:
            # Clocks differ by whole quarters of an hour, and asking the system takes a while.
            if day is None or taken_at // _QUARTER != quarter:
                quarter = taken_at // _QUARTER
                day = moment_of(taken_at).astimezone(zone).date()
            yield _Row(taken_at, since, spent, bool(is_landmark), day)
        if len(page) < _PAGE_OF_ROWS:
            return
        after = page[-1][0]
