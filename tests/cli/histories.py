"""Histories below a test's own home, as a tray would have left them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.adapters.histories import history_in
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def just_now() -> datetime:
    """Return the time that it is, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def hourly(available: Iterable[int], until: datetime) -> list[BalanceReading]:
    """Return a reading an hour, in 1/10000 USD and all of it cash, the last one at ``until``."""
    units = [Usd.of_units(each) for each in available]
    first = until - HOUR * (len(units) - 1)
    return [BalanceReading(each, first + HOUR * n, cash=each) for n, each in enumerate(units)]


def spending(days: int, units_an_hour: int, left: int) -> list[int]:
    """Return amounts that fall evenly for so many days to what is ``left``."""
    return [left + units_an_hour * hours for hours in range(24 * days, -1, -1)]


def left_behind(
    folder: Path, readings: Iterable[BalanceReading], key_mark: str | None = None
) -> None:
    """Record the readings in the folder."""
    with closing(history_in(folder)) as history:
        for reading in readings:
            history.append(reading, key_mark)


def csv_of(readings: Iterable[BalanceReading]) -> str:
    """Return readings as the CSV of what other programs know: when, and how much."""
    lines = (
        f"{reading.taken_at.isoformat()},{reading.available.decimal_text()}" for reading in readings
    )
    return "\n".join(["taken_at,available", *lines, ""])
