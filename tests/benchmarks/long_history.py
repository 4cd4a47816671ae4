"""Years of an account that never rests, and how long what the program asks of them takes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from tray_app.adapters.history_file import HistoryFile
from tray_app.core.change import change_between
from tray_app.core.history import Change, Entry
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Clock: TypeAlias = Callable[[], float]

END: Final = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)
DAY: Final = timedelta(days=1)
YEAR: Final = timedelta(days=365.25)
INTERVAL: Final = timedelta(minutes=5)
DETAIL: Final = timedelta(days=45)
_HOUR: Final = timedelta(hours=1)
_TOP_UP: Final = 200_000
_LOW: Final = 50_000
_MOST_A_READING: Final = 300
_POINTS: Final = 600


def spending_readings(begin: datetime, end: datetime, step: timedelta) -> Iterator[BalanceReading]:
    """Yield readings of which no two that follow each other are equal, topped up when low."""
    chance = random.Random(5)  # noqa: S311 — repeatable, no secret
    units, pending = 3 * _TOP_UP, 0
    at = begin
    while at < end:
        jitter = timedelta(milliseconds=chance.randrange(30_000))
        pending = chance.randrange(_MOST_A_READING)
        units -= 1 + chance.randrange(_MOST_A_READING * (step // INTERVAL))
        if units < _LOW:
            units += _TOP_UP
        yield BalanceReading(
            Usd.of_units(units + 30_000),
            at + jitter,
            cash=Usd.of_units(units),
            credit_limit=Usd.of_units(30_000),
            pending_charges=Usd.of_units(pending),
            outstanding_invoices=Usd.of_units(0),
        )
        at += step


def entries_after(
    before: BalanceReading | None, readings: Iterable[BalanceReading]
) -> Iterator[Entry]:
    """Yield the readings with what happened since the one before."""
    for reading in readings:
        if before is None:
            yield Entry(reading)
        elif reading.available > before.available:
            yield Entry(reading, before.taken_at, change_between(before, reading))
        else:
            # Told without looking closer, for speed.
            spent = before.available - reading.available
            yield Entry(reading, before.taken_at, Change(spent=spent))
        before = reading


def live_through(path: Path, years: float, tell: Callable[[str], None]) -> None:
    """Leave what so many years at one reading every five minutes leave, folded day by day."""
    history = HistoryFile(path, zone=UTC)
    begin = END - years * YEAR
    readings = spending_readings(begin, END, INTERVAL)
    before: BalanceReading | None = None
    day, number = begin, 0
    while day < END:
        of_day = []
        day += DAY
        for reading in readings:
            of_day.append(reading)
            if reading.taken_at >= day:
                break
        history.import_readings(entries_after(before, of_day))
        before = of_day[-1]
        history.fold(before.taken_at)
        number += 1
        if number % 365 == 0:
            tell(f"{number} days, {_megabytes(path)}")
    history.close()


def fill_folded(path: Path, years: float) -> None:
    """Leave about the same in a moment: hours, and the last 45 days in detail."""
    history = HistoryFile(path, zone=UTC)
    border = END - DETAIL
    hours = list(spending_readings(END - years * YEAR, border, _HOUR))
    history.import_readings(entries_after(None, hours))
    detail = spending_readings(border, END, INTERVAL)
    history.import_readings(entries_after(hours[-1], detail))
    history.fold(END)
    history.close()


def milliseconds_of(call: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Return how long a call takes: on the wall, or by another clock of seconds."""
    began = clock()
    call()
    return (clock() - began) * 1000


def append_times(history: HistoryFile, count: int) -> list[float]:
    """Record so many readings more, each as a whole; return the milliseconds of each."""
    later = spending_readings(END + INTERVAL, END + INTERVAL * (count + 1), INTERVAL)
    return [milliseconds_of(partial(history.append, reading, "a")) for reading in later]


def ask_for_chart(history: HistoryFile, since: datetime) -> None:
    """Ask for what the chart of the time since then needs."""
    history.chart_points(since, END + DAY, _POINTS)
    history.eventful(since)


def chart_times(history: HistoryFile, span: timedelta, count: int) -> list[float]:
    """Ask so many times for what the chart of a span needs; return the milliseconds of each.

    They are the processor's, as the file is in memory by then and others only stand in the way.
    """
    ask = partial(ask_for_chart, history, END - span)
    return [milliseconds_of(ask, time.thread_time) for _ in range(count)]


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"
