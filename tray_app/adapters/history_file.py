"""An account's history in a SQLite file: readings, and what happened between them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.adapters import (
    history_append,
    history_chart,
    history_delete,
    history_fold,
    history_import,
    history_query,
)
from tray_app.adapters.history_damage import problem_after
from tray_app.adapters.history_opening import open_history, open_in_memory
from tray_app.adapters.history_row import BrokenHistoryError, entry_of, milliseconds_of
from tray_app.adapters.history_schema import STEPS
from tray_app.adapters.history_trouble import is_busy, problem_of
from tray_app.adapters.history_upgrade import transaction
from tray_app.core.history_problem import HistoryDamaged, HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo
    from pathlib import Path

    from tray_app.adapters.history_import import Imported
    from tray_app.adapters.history_schema import Step
    from tray_app.core.history import ChartPoint, Entry
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.reading import BalanceReading
    from tray_app.core.spend_series import SpendSeries

_PATIENCE: Final = timedelta(seconds=2)
_PAGE_OF_ROWS: Final = 1000
# No version of SQLite's: after a file was opened anew, nobody knows what is in it.
_REPLACED: Final = -1


class HistoryFile:
    """One account's part of the file, which is opened with the first call.

    All calls come from one thread. Each raises HistoryError where the file is in trouble; nothing
    is overwritten then, and the next call tries again. A broken file is kept aside under another
    name, which is told once (HistoryDamaged); the same call made again begins a new one.
    Moments are aware; what comes back is in UTC, to the millisecond.
    """

    def __init__(
        self,
        path: Path | None,
        account: str = "default",
        *,
        zone: tzinfo,
        patience: timedelta = _PATIENCE,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        """``path`` None keeps the history in memory; days are those of ``zone``.

        ``patience`` is how long another program may hold the file before a call gives up.
        """
        self._path = path
        self._name = account
        self._zone = zone
        self._patience = patience
        self._steps = steps
        self._open: sqlite3.Connection | None = None
        self._clock_doubt = history_append.ClockDoubt()
        self._identity: tuple[int, int] | None = None
        self._seen_version: int | None = None

    def append(self, reading: BalanceReading, key_mark: str | None) -> Entry:
        """Record a reading; return it with what happened since the one before.

        ``key_mark`` tells keys apart without being one; None where it is not known. With another
        mark than the last one's the history begins anew.
        """
        with self._connected() as connection, transaction(connection):
            return history_append.append(
                connection, self._name, reading, key_mark, self._clock_doubt
            )

    def last(self) -> Entry | None:
        """Return the newest entry."""
        with self._connected() as connection:
            return history_query.last_entry(connection, self._account(connection))

    def key_mark(self) -> str | None:
        """Return the mark of the key that the last reading was made with, where it is known."""
        with self._connected() as connection:
            return history_query.key_mark(connection, self._account(connection))

    def entries(self, since: datetime | None = None) -> Iterator[Entry]:
        """Yield the entries from ``since`` on, oldest first; nothing is locked in between."""
        after = history_query.BEFORE_ALL if since is None else milliseconds_of(since) - 1
        while True:
            with self._connected() as connection:
                account = self._account(connection)
                rows = history_query.rows_after(connection, account, after, _PAGE_OF_ROWS)
                page = [entry_of(row) for row in rows]
            yield from page
            if len(rows) < _PAGE_OF_ROWS:
                return
            after = rows[-1][0]

    def spends(self, since: datetime) -> SpendSeries:
        """Return what was spent in each time that ends after ``since``, oldest first."""
        with self._connected() as connection:
            return history_query.spends_since(connection, self._account(connection), since)

    def eventful(self, since: datetime) -> tuple[Entry, ...]:
        """Return the entries from ``since`` on that tell of more than spending, oldest first."""
        with self._connected() as connection:
            account = self._account(connection)
            since_ms = milliseconds_of(since)
            return tuple(history_query.eventful_entries(connection, account, since_ms))

    def chart_points(self, since: datetime, until: datetime, most: int) -> tuple[ChartPoint, ...]:
        """Return at most ``most`` points, from 12 on, that keep lows, highs and top-ups.

        The last one before ``since`` comes first, beyond those.
        """
        with self._connected() as connection:
            account = self._account(connection)
            return history_chart.chart_points(connection, account, since, until, most)

    def import_readings(self, entries: Iterable[Entry]) -> Imported:
        """Merge entries from elsewhere by their moments, all of them or none.

        Entries that are there stay. What happened before an entry is told anew where another
        one has come before it.
        """
        with self._connected() as connection, transaction(connection):
            return history_import.merge(connection, self._name, entries)

    def fold(self, now: datetime) -> None:
        """Make hours of what is older than 45 days; sums, top-ups and each day's ends stay."""
        with self._connected() as connection:
            with transaction(connection):
                account = self._account(connection)
                history_fold.fold(connection, account, now, self._zone)
            history_fold.give_back_space(connection)

    def delete(self) -> None:
        """Remove this account's history for good, with all backups and broken files."""
        try:
            self._delete()
        except HistoryError as error:
            if not isinstance(error.problem, HistoryDamaged):
                raise
            # It lies aside now, from where it goes too.
            self._delete()

    def changed_elsewhere(self) -> bool:
        """Return whether another program has written to the file since this was last asked."""
        with self._connected() as connection:
            seen, self._seen_version = self._seen_version, _version_of_content(connection)
            return seen != self._seen_version

    def close(self) -> None:
        """Let the file go; a later call opens it again, where it is not in memory."""
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()

    def _delete(self) -> None:
        with self._connected() as connection:
            history_delete.delete(connection, self._name, self._path)

    def _account(self, connection: sqlite3.Connection) -> int:
        return history_query.account_of(connection, self._name)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Lend the open connection, and turn what goes wrong into a HistoryError."""
        try:
            yield self._connection()
        except (sqlite3.Error, OSError, BrokenHistoryError) as error:
            raise HistoryError(self._problem(error)) from error

    def _connection(self) -> sqlite3.Connection:
        if self._open is not None and self._identity != self._identity_now():
            # Removed or replaced under us: what went on here would be lost.
            self.close()
        if self._open is None:
            if self._path is None:
                self._open = open_in_memory(self._steps)
            else:
                self._open = open_history(self._path, self._steps, self._patience)
            self._identity = self._identity_now()
            is_first = self._seen_version is None
            self._seen_version = _version_of_content(self._open) if is_first else _REPLACED
        return self._open

    def _identity_now(self) -> tuple[int, int] | None:
        """Return which file it is that lies at the path."""
        if self._path is None:
            return None
        with contextlib.suppress(OSError):
            status = os.stat(self._path)  # noqa: PTH116 — before each call, and twice as fast
            return status.st_dev, status.st_ino
        return None

    def _problem(self, error: Exception) -> HistoryProblem:
        """Return what an error means; the connection ends with it, unless it was only too early."""
        path = self._path
        if path is None or self._open is None or is_busy(error):
            return problem_of(error, None if path is None else path.parent)
        connection, self._open = self._open, None
        return problem_after(error, connection, path)


def _version_of_content(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)
