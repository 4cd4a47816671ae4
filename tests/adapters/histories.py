"""Histories for tests: files, readings, and the invariant that holds of every history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tests.core.samples import usd
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.change import change_between
from tray_app.core.history import Entry
from tray_app.core.money import ZERO
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


START: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
FIVE_MINUTES: Final = timedelta(minutes=5)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def history_in(folder: Path, account: str = "default") -> HistoryFile:
    """Return the history in a folder; its days are those of UTC."""
    return HistoryFile(folder / HISTORY_NAME, account, zone=UTC)


def readings_of(
    dollars: Iterable[str], *, start: datetime = START, step: timedelta = FIVE_MINUTES
) -> list[BalanceReading]:
    """Return readings with cash, one a step."""
    return [
        BalanceReading(usd(amount), start + number * step, cash=usd(amount))
        for number, amount in enumerate(dollars)
    ]


def recorded(
    history: HistoryFile, readings: Iterable[BalanceReading], key_mark: str | None = "a"
) -> list[Entry]:
    """Record the readings; return what each call gave."""
    return [history.append(reading, key_mark) for reading in readings]


def entries_of(readings: Sequence[BalanceReading]) -> list[Entry]:
    """Return what the readings are after each other, where nothing is usual yet."""
    first = [Entry(reading) for reading in readings[:1]]
    return first + [
        Entry(reading, before.taken_at, change_between(before, reading))
        for before, reading in pairwise(readings)
    ]


def chains_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the entries in parts that each follow without a break."""
    chains = [[entries[0]]] if entries else []
    for before, entry in pairwise(entries):
        if entry.since == before.reading.taken_at:
            chains[-1].append(entry)
        else:
            assert entry.since is None
            chains.append([entry])
    return chains


def assert_sums_hold(entries: Sequence[Entry]) -> None:
    """Assert that times rise and that each chain adds up exactly."""
    times = [entry.reading.taken_at for entry in entries]
    assert times == sorted(set(times))
    for chain in chains_of(entries):
        net = sum((entry.change.net for entry in chain[1:]), ZERO)
        assert chain[-1].reading.available - chain[0].reading.available == net
        assert all(entry.change.spent >= ZERO for entry in chain)


def moved(reading: BalanceReading, by: timedelta) -> BalanceReading:
    """Return the same amounts at another time."""
    return replace(reading, taken_at=reading.taken_at + by)
