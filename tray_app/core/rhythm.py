"""The usual spending of an account: a level, the hours of the day, the days of the week.

Everything is counted back from the last reading, in days of 24 hours and weeks of seven of them,
so that no time zone is needed; a clock that was put forward or back blurs the rhythm by an hour
for some days. Figures are floats, for they are estimates.
"""

from __future__ import annotations

from itertools import accumulate, repeat
from math import exp, log
from operator import mul
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.hourly_spending import HourlySpending

DAY: Final = 24
WEEK: Final = 168
# A fortnight ago counts half: long enough for two weekends, short enough to follow a person.
DAILY_DECAY: Final = 0.5 ** (1 / 14)
# A day is compared with its level as if a twentieth more had been spent on both sides: a day
# or a night with nothing spent then lies three logarithms below, not infinitely many.
NOTHING: Final = 0.05
# As if each hour of the day had been seen half a time more, at the average.
_HOUR_PRIOR: Final = 0.5
# As if each day of the week had been seen twice more, at the average; less where the weeks
# resemble each other, so that an account that rests at weekends is known to after a fortnight.
_WEEKDAY_PRIOR: Final = 2.0
_WEEKDAY_VARIANCE: Final = 0.1
_DAILY_VARIANCE: Final = 0.2
_DAILY_VARIANCE_WEIGHT: Final = 3.0
# The level is a power mean, so that one huge day does not stand for all others. Where many days
# have nothing at all, it turns into the plain mean: rare spending is then the usual one.
_POWER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The usual spending in an hour: ``level`` times the entry of the cycle for that hour."""

    level: float
    """Above zero; an hour's average on a day of the week whose factor is 1."""
    cycle: list[float]
    """The 168 hours of a week before the last reading, the latest first."""

    def before(self, count: int) -> list[float]:
        """Return the usual spending in the ``count`` hours before, the latest first."""
        week = [self.level * share for share in self.cycle]
        return (week * (count // WEEK + 1))[:count]

    def ahead(self, count: int) -> list[float]:
        """Return the usual spending in the ``count`` hours to come, the next first."""
        week = [self.level * share for share in reversed(self.cycle)]
        return (week * (count // WEEK + 1))[:count]


@dataclass(frozen=True, slots=True)
class _Days:
    spent: list[float]
    """A whole day's spending, extrapolated in the oldest day, which may be incomplete."""
    weights: list[float]
    credence: list[float]
    mean: float


def rhythm_of(spending: HourlySpending) -> Rhythm:
    """Fit the rhythm to at least a day of spending, of which not all hours are zero."""
    hours_of_day = _hours_of_day(spending)
    days = _days(spending.hours, spending.credence, hours_of_day)
    days_of_week = _days_of_week(days, len(spending.hours) / DAY)
    level = _level(days, days_of_week) / DAY
    return Rhythm(level, [hour * day for day in days_of_week for hour in hours_of_day])


def _hours_of_day(spending: HourlySpending) -> list[float]:
    decays = list(accumulate(repeat(DAILY_DECAY, len(spending.hours) // DAY), mul, initial=1.0))
    sums, counts = [], []
    is_certain = spending.is_certain
    for phase in range(DAY):
        credence = spending.credence[phase::DAY]
        weights = decays[: len(credence)] if is_certain else list(map(mul, decays, credence))
        sums.append(sum(map(mul, weights, spending.hours[phase::DAY])))
        counts.append(sum(weights))
    mean = sum(sums) / sum(counts)
    raw = [
        (total + _HOUR_PRIOR * mean) / (count + _HOUR_PRIOR)
        for total, count in zip(sums, counts, strict=True)
    ]
    smooth = [
        (raw[phase - 1] + 2 * raw[phase] + raw[(phase + 1) % DAY]) / 4 for phase in range(DAY)
    ]
    return _with_mean_one(smooth)


def _with_mean_one(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value / mean for value in values]


def _days(hours: list[float], credence: list[float], hours_of_day: list[float]) -> _Days:
    spent, weights, trust = [], [], []
    weight = 1.0
    for first in range(0, len(hours), DAY):
        day = hours[first : first + DAY]
        share = 1.0 if len(day) == DAY else sum(hours_of_day[: len(day)]) / DAY
        spent.append(sum(day) / share)
        weights.append(weight * len(day) / DAY)
        trust.append(weights[-1] * sum(credence[first : first + DAY]) / len(day))
        weight *= DAILY_DECAY
    mean = sum(w * day for w, day in zip(weights, spent, strict=True)) / sum(weights)
    return _Days(spent, weights, trust, mean)


def _level(days: _Days, days_of_week: list[float]) -> float:
    """Return the usual spending a day, on a day of the week whose factor is 1.

    Each day counts by what is usually spent on it, so that a little on a Sunday that mostly has
    nothing does not raise the level.
    """
    nothing = (NOTHING * days.mean) ** 2
    weights, levels = [], []
    for index, (weight, spent) in enumerate(zip(days.weights, days.spent, strict=True)):
        factor = days_of_week[index % 7]
        weights.append(weight * factor)
        levels.append(spent / factor)
    total = sum(weights)
    idle = sum(
        weight * nothing / (nothing + level**2)
        for weight, level in zip(weights, levels, strict=True)
    )
    power = _POWER + (1 - _POWER) * idle / total
    powers = sum(
        weight * (level / days.mean) ** power for weight, level in zip(weights, levels, strict=True)
    )
    return days.mean * float((powers / total) ** (1 / power))


def _days_of_week(days: _Days, seen: float) -> list[float]:
    """Return a factor for each of the seven days, the last 24 hours first.

    They come in gradually between the sixth and the seventh day: before, there is no week.
    """
    factors = [1.0] * 7
    trust = min(max(seen - 6, 0.0), 1.0)
    if trust == 0:
        return factors
    nothing = NOTHING * days.mean
    # The level depends on the factors and they on it; the second round changes little.
    for _ in range(2):
        level = _level(days, factors)
        logs = [log((spent + nothing) / (level + nothing)) for spent in days.spent]
        sums, counts = [0.0] * 7, [0.0] * 7
        for index, (weight, value) in enumerate(zip(days.credence, logs, strict=True)):
            sums[index % 7] += weight * value
            counts[index % 7] += weight
        prior = _weekday_prior(days, logs, sums, counts)
        effects = [total / (count + prior) for total, count in zip(sums, counts, strict=True)]
        middle = sum(effects) / 7
        factors = [exp(trust * (effect - middle)) for effect in effects]
    return factors


def _weekday_prior(days: _Days, logs: list[float], sums: list[float], counts: list[float]) -> float:
    """Return as how many more days of the average each day of the week is to be taken."""
    means = [total / count for total, count in zip(sums, counts, strict=True)]
    residues = sum(
        weight * (value - means[index % 7]) ** 2
        for index, (weight, value) in enumerate(zip(days.credence, logs, strict=True))
    )
    known = sum(counts) * max(len(logs) - 7, 0) / len(logs)
    variance = (residues + _DAILY_VARIANCE_WEIGHT * _DAILY_VARIANCE) / (
        known + _DAILY_VARIANCE_WEIGHT
    )
    return min(_WEEKDAY_PRIOR, variance / _WEEKDAY_VARIANCE)
