"""Whether an account spends far faster than it usually does at this hour: a runaway loop, say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.hourly_spending import hourly_spending
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd
from tray_app.core.rhythm import WEEK, rhythm_of
from tray_app.core.runway import LEARNING_TIME, LOOK_BACK

if TYPE_CHECKING:
    from tray_app.core.spend_series import SpendSeries

QUARTER: Final = timedelta(minutes=15)
"""The time that is looked at."""
LEAST_FACTOR: Final = 7.5
"""How many times the usual is a spike (tests/benchmarks/alerts.py shows what others would do)."""
LEAST_PACE: Final = Usd.of_cents(1_00)
"""An hour; what is spent more slowly is no spike, whatever is usual."""
# What runs away does so from one reading to the next; a burst is over at once. So two spans that
# follow each other must show it: of five minutes, as readings come unless the user chose
# otherwise, or of a quarter of an hour, where what is spent shows in lumps.
_READING: Final = timedelta(minutes=5)
_SPANS: Final = (_READING, QUARTER)
_EVENNESS: Final = 0.5
# The longest interval is an hour, stretched by a tenth. Behind a longer spend (the machine was
# off) nobody knows when in that time it was spent.
_LONGEST: Final = timedelta(minutes=90)
_FIRST_DAYS: Final = timedelta(days=3)
_CALM_FACTOR: Final = 2.0
_CALM_PACE: Final = LEAST_PACE.scaled(1, 2)
_HOUR: Final = timedelta(hours=1)
_MICROSECOND: Final = timedelta(microseconds=1)
# A pace is told as an amount: the float beside it is rounded to as many parts.
_PARTS: Final = 10**9


@dataclass(frozen=True, slots=True)
class Spike:
    """What the last quarter of an hour saw, beside what is usual at this hour of this weekday."""

    spent: Usd
    """In the last quarter of an hour."""
    pace: Usd
    """The same as an hour would have it."""
    usual: Usd
    """An hour; what is usual now, told without the last half hour."""
    factor: float
    """How many times the usual the pace is."""


@dataclass(frozen=True, slots=True)
class _Usual:
    """In multiples of a unit, an hour; both above zero."""

    now: float
    notable: float
    """The mean of a whole week; in the first days, which teach little, their highest hour."""


def spike_of(spends: SpendSeries, least_factor: float = LEAST_FACTOR) -> Spike | None:
    """Return the spike at the end of the last spend; None where there is none.

    ``spends`` may reach back for years; those that are days old may be condensed to hours. A spike
    is ``least_factor`` times what is usual at this hour
    of this weekday, at least LEAST_PACE, and no less than the mean of the account's week (in the
    first three days, which teach little, than any hour of them). It is so in each of the last
    two spans of five minutes, or of a quarter of an hour, a longer spend being spread evenly over
    its time. None also where less than a day of spending lies before, and behind a gap in the
    readings. Same answer for the same arguments.
    """
    if not spends:
        return None
    held = max(_held(spends, span) for span in _SPANS)
    if held < LEAST_PACE:
        return None
    usual = _usual(spends, held)
    if usual is None or max(least_factor * usual.now, usual.notable) > 1:
        return None
    at = spends.end
    spent = spends.spent(at - QUARTER, at)
    pace = _hourly(spent, QUARTER)
    return Spike(
        spent=spent,
        pace=pace,
        usual=held.scaled(round(usual.now * _PARTS), _PARTS),
        factor=pace.ratio_to(held) / usual.now,
    )


def has_calmed_down(spends: SpendSeries) -> bool:
    """Return whether a spike is over: the last quarter of an hour saw at most twice the usual.

    Where little is usual, half of LEAST_PACE is calm, too, and so is whatever is spent where
    nobody knows what is usual. Takes the same spends as :func:`spike_of`. Between the two lies
    what neither begins a spike nor ends one.
    """
    if not spends:
        return True
    at = spends.end
    pace = _hourly(spends.spent(at - QUARTER, at), QUARTER)
    if pace <= _CALM_PACE:
        return True
    usual = _usual(spends, pace)
    return usual is None or _CALM_FACTOR * usual.now >= 1


def _held(spends: SpendSeries, span: timedelta) -> Usd:
    """Return the pace an hour that each of the last two spans reached; zero if they differ."""
    at = spends.end
    lower, higher = sorted((spends.spent(at - span, at), spends.spent(at - 2 * span, at - span)))
    if lower == ZERO or lower.ratio_to(higher) < _EVENNESS or _is_behind_gap(spends, span):
        return ZERO
    return _hourly(lower, span)


def _usual(spends: SpendSeries, unit: Usd) -> _Usual | None:
    """Tell the usual pace from what was spent before all that is looked at."""
    at = spends.end
    before = spends[: spends.after(at - 2 * QUARTER)]
    if not before:
        return None
    until = before.end
    first = before.first_above_zero(before.after(until - LOOK_BACK))
    seen = timedelta(0) if first is None else min(until - before[first].begins, LOOK_BACK)
    if seen < LEARNING_TIME:
        return None
    # Whole hours only: one of which a part was seen would pass for a cheap one.
    spending = hourly_spending(before, unit, seen // _HOUR)
    rhythm = rhythm_of(spending)
    notable = rhythm.level * sum(rhythm.cycle) / WEEK
    if seen < _FIRST_DAYS:
        notable = max(notable, *spending.hours)
    # Behind a gap many hours lie between; else the middle of the last reading is in the first.
    hour = (at - _READING - until) // _HOUR
    return _Usual(now=rhythm.ahead(hour + 1)[hour], notable=notable)


def _is_behind_gap(spends: SpendSeries, span: timedelta) -> bool:
    """Return whether a spend of unusual length reaches into the last two spans."""
    return spends.longest(spends.after(spends.end - 2 * span)) > _LONGEST


def _hourly(amount: Usd, span: timedelta) -> Usd:
    return amount.scaled(_HOUR // _MICROSECOND, span // _MICROSECOND)
