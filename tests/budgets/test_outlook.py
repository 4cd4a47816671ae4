"""What it takes to say what a long history tells about one more reading."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tests.budgets.work import calls_of
from tests.core.samples import NOW, reading_of, usd
from tests.core.spending_habits import HABITS, habit_units, spends_of
from tray_app.core.history import Change, Entry
from tray_app.core.remembered import Remembered
from tray_app.core.runway import Lasting
from tray_app.core.spend_series import SpendSeries

CALLS: Final = 4_000
"""Most are the forecast's arithmetic; none is made for each spend."""
_FIVE: Final = timedelta(minutes=5)


def _remembered() -> Remembered:
    """Return six weeks of five-minute readings, as the program remembers them."""
    hours = habit_units(HABITS[0], 1, 42)
    spends = spends_of([units // 12 for units in hours for _ in range(12)], step=_FIVE)
    return Remembered(reading_of("100"), SpendSeries.of(spends)).condensed()


def test_an_outlook_of_six_weeks_takes_few_calls() -> None:
    memory, zone = _remembered(), ZoneInfo("Europe/Berlin")
    assert len(memory.spends) > 1_300
    entry = Entry(reading_of("99.99", NOW + _FIVE), NOW, Change(spent=usd("0.01")))
    outlook = memory.after(entry).outlook_of(entry.reading, zone)
    assert isinstance(outlook.runway, Lasting)
    assert calls_of(lambda: memory.after(entry).outlook_of(entry.reading, zone)) <= CALLS
