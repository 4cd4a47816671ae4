"""Made-up accounts whose spending is known, for tests of the forecast."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.core.samples import NOW
from tray_app.core.money import Usd
from tray_app.core.spend import Spend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


def spends_of(
    hourly_units: Sequence[int], *, until: datetime = NOW, step: timedelta = HOUR
) -> list[Spend]:
    """Return one spend for each entry, in 1/10000 USD, the last of which ends at ``until``."""
    begin = until - step * len(hourly_units)
    return [
        Spend(begin + step * index, begin + step * (index + 1), Usd.of_units(units))
        for index, units in enumerate(hourly_units)
    ]


def merged(spends: Sequence[Spend], first: int, last: int) -> list[Spend]:
    """Return the spends as they are known when no reading was taken from ``first`` to ``last``."""
    gap = spends[first : last + 1]
    total = sum((spend.amount for spend in gap), Usd.of_units(0))
    return [
        *spends[:first],
        Spend(gap[0].begins, gap[-1].ends, total),
        *spends[last + 1 :],
    ]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a made-up person spends, in logarithms round a rhythm of days and weeks."""

    name: str
    daily: float
    """Standard deviation of the level that a day's mood adds; it lasts for about a day."""
    hourly: float
    """Standard deviation from hour to hour."""
    day_swing: float
    weekend: float
    bursts_a_week: float
    burst: float
    """How many times the usual is spent at the height of a burst, which fades within a day."""


HABITS: Final = (
    Habit("steady service", 0.18, 0.3, 0.3, 0.9, 0.3, 3.0),
    Habit("office", 0.3, 0.6, 0.9, 0.3, 0.5, 4.0),
    Habit("evenings", 0.3, 0.8, 0.8, 1.4, 0.7, 4.0),
    Habit("bursty experiments", 0.4, 0.9, 0.6, 0.7, 1.5, 6.0),
    Habit("launches", 0.3, 0.5, 0.5, 0.8, 0.8, 12.0),
)


def habit_units(habit: Habit, seed: int, days: int) -> list[int]:
    """Return what the habit spends each hour, in 1/10000 USD: the same for the same seed."""
    rng = random.Random(f"{seed} {habit.name}")  # noqa: S311 — no secret
    mood = burst = 0.0
    units = []
    for hour in range(days * 24):
        mood = mood * math.exp(-1 / 24) + rng.gauss(0, habit.daily * math.sqrt(2 / 24))
        if rng.random() < habit.bursts_a_week / 168:
            burst += (habit.burst - 1) * rng.random()
        burst *= math.exp(-1 / 12)
        swing = habit.day_swing * math.cos(2 * math.pi * (hour - 16) / 24)
        weekend = math.log(habit.weekend) if hour // 24 % 7 >= 5 else 0.0
        level = math.exp(swing + weekend + mood + rng.gauss(0, habit.hourly)) * (1 + burst)
        units.append(round(2_000 * level))
    return units
