"""How long the available balance lasts at the pace of late, and how sure that is."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final, TypeAlias

from tray_app.core.hourly_spending import hourly_spending
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd
from tray_app.core.pace import Pace, pace_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.spend_series import SpendSeries

LONGEST: Final = timedelta(days=366)
"""A time of this length means "more than a year"; nothing longer is told apart."""
LEARNING_TIME: Final = timedelta(days=1)
IDLE_TIME: Final = timedelta(days=7)
"""Who spends nothing for a week, which holds every day of the week, is not spending."""
# Five times each day of the week. What lies before would count less than a fifth.
LOOK_BACK: Final = timedelta(days=35)
_HOUR: Final = timedelta(hours=1)
# Halving a year so often leaves less than a second.
_HALVINGS: Final = 26


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing is available."""


@dataclass(frozen=True, slots=True)
class Learning:
    """Less than a day has been seen since the first spending."""

    seen: timedelta


@dataclass(frozen=True, slots=True)
class NotSpending:
    """Nothing was spent for a week, or since the first reading where that is a day ago."""

    idle: timedelta
    """For how long, as far as LOOK_BACK reaches."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """The balance lasts ``middle``, and in eight cases of ten between ``low`` and ``high``.

    ``low <= middle <= high <= LONGEST``, counted from the last reading.
    """

    middle: timedelta
    low: timedelta
    high: timedelta


Runway: TypeAlias = Empty | Learning | NotSpending | Lasting


@dataclass(frozen=True, slots=True)
class FanPoint:
    """Which share of the balance is left a while ahead, from 1 to 0: for drawing.

    ``low`` has one case of ten below, ``high`` one above.
    """

    ahead: timedelta
    low: float
    middle: float
    high: float


def runway_of(spends: SpendSeries, available: Usd) -> Runway:
    """Return how long ``available`` lasts from the end of the last spend.

    ``spends`` may reach back for years. Same answer for the same arguments: nothing is drawn at
    random.
    """
    pace = _pace(spends, available)
    if not isinstance(pace, Pace):
        return pace
    return Lasting(
        middle=_time_until_empty(pace.middle),
        low=_time_until_empty(pace.most),
        high=_time_until_empty(pace.least),
    )


def fan_of(
    spends: SpendSeries, available: Usd, span: timedelta, count: int
) -> tuple[FanPoint, ...]:
    """Return ``count`` points at equal steps up to ``span`` ahead; none without a forecast.

    The point at the last reading itself, where all is left, is not among them. ``low`` reaches
    zero where the runway's ``low`` ends, and so on.
    """
    pace = _pace(spends, available)
    if not isinstance(pace, Pace):
        return ()
    points = []
    for step in range(1, count + 1):
        ahead = span * step / count
        hours = ahead / _HOUR
        points.append(
            FanPoint(
                ahead,
                low=max(1 - pace.most(hours), 0.0),
                middle=max(1 - pace.middle(hours), 0.0),
                high=max(1 - pace.least(hours), 0.0),
            )
        )
    return tuple(points)


def _pace(spends: SpendSeries, available: Usd) -> Pace | Empty | Learning | NotSpending:
    """Return the pace in multiples of ``available``, or why there is none."""
    if available <= ZERO:
        return Empty()
    if not spends:
        return Learning(timedelta(0))
    at = spends.end
    since = max(spends.begin, at - LOOK_BACK)
    start = spends.after(since)
    latest, first = spends.last_above_zero(start), spends.first_above_zero(start)
    idle = at - (since if latest is None else spends[latest].ends)
    if idle >= IDLE_TIME or (latest is None and idle >= LEARNING_TIME):
        return NotSpending(idle)
    if first is None:
        return Learning(idle)
    seen = min(at - spends[first].begins, LOOK_BACK)
    if seen < LEARNING_TIME:
        return Learning(seen)
    return pace_of(hourly_spending(spends, available, ceil(seen / _HOUR)))


def _time_until_empty(spent: Callable[[float], float]) -> timedelta:
    """Return when ``spent``, which grows with the hours, reaches the whole balance."""
    low, high = 0.0, LONGEST / _HOUR
    if spent(high) < 1:
        return LONGEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if spent(middle) < 1:
            low = middle
        else:
            high = middle
    return timedelta(hours=high)
