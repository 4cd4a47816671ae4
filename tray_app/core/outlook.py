"""What the history says about now: how long the balance lasts, and what was spent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.history_problem import HistoryClockBehind
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO
from tray_app.core.runway import LONGEST, Empty, Lasting, runway_of
from tray_app.core.spent_by_day import spent_by_day
from tray_app.core.spike import has_calmed_down, spike_of

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.history import TopUp
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.reading import BalanceReading
    from tray_app.core.runway import Runway
    from tray_app.core.spend_series import SpendSeries
    from tray_app.core.spent_by_day import SpentByDay
    from tray_app.core.spike import Spike

_RECENT: Final = timedelta(days=1)
_STILL_TRUE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known beyond the last reading."""

    as_of: datetime
    """Aware, UTC: when the reading was taken that it belongs to."""
    runway: Runway
    spent: SpentByDay
    recent_top_up: TopUp | None = None
    """The last one, where it is less than a day ago."""
    problem: HistoryProblem | None = None
    """What is wrong with the history's file; what stands beside it may be incomplete then."""
    known_since: datetime | None = None
    """Aware, UTC: nothing that was spent before is known, as far as sums of a month look back."""
    spike: Spike | None = None
    """Where far more was spent of late than is usual at this hour of this weekday."""
    has_calmed_down: bool = True
    """Whether spending is clearly below what would be a spike."""


def outlook_of(
    reading: BalanceReading,
    spends: SpendSeries,
    last_top_up: TopUp | None,
    zone: tzinfo,
    problem: HistoryProblem | None = None,
) -> Outlook:
    """Return what is known beyond ``reading``.

    ``spends`` end with the reading; 35 days of them tell all that is used. ``zone`` says where days
    begin.
    """
    age = None if last_top_up is None else reading.taken_at - last_top_up.at
    # One that a clock which was ahead has seen lies in the future.
    is_recent = age is not None and timedelta(0) <= age < _RECENT
    return Outlook(
        as_of=reading.taken_at,
        runway=runway_of(spends, reading.available),
        spent=spent_by_day(spends, reading.taken_at, zone),
        recent_top_up=last_top_up if is_recent else None,
        problem=problem,
        known_since=spends.begin if spends else reading.taken_at,
        # A clock that was set back presses what was spent by the one before into minutes.
        spike=None if isinstance(problem, HistoryClockBehind) else spike_of(spends),
        has_calmed_down=has_calmed_down(spends),
    )


def carried_over(outlook: Outlook, before: BalanceReading, after: BalanceReading) -> Outlook | None:
    """Return what holds for the reading ``after`` until its own outlook is known.

    The pace is the old one, so the time left changes as the available amount does: spending and a
    top-up both show at once. None where there was no pace to keep, and where the history has not
    answered for a day of readings.
    """
    is_own = outlook.as_of == before.taken_at
    if not is_own and after.taken_at - outlook.as_of >= _STILL_TRUE:
        return None
    if after.available <= ZERO:
        return replace(outlook, runway=Empty())
    match outlook.runway:
        case Empty():
            return None
        case Lasting(middle, low, high):
            factor = after.available.ratio_to(before.available)
            runway = Lasting(
                middle=_stretched(middle, factor),
                low=_stretched(low, factor),
                high=_stretched(high, factor),
            )
            return replace(outlook, runway=runway)
        case _:
            return outlook


def time_left(outlook: Outlook | None) -> timedelta | None:
    """Return the middle of the runway; None where there is no forecast."""
    if outlook is None or not isinstance(outlook.runway, Lasting):
        return None
    return outlook.runway.middle


def _stretched(span: timedelta, factor: float) -> timedelta:
    # Nobody knows how much more than a year it was.
    if span >= LONGEST or factor >= LONGEST / span:
        return LONGEST
    return span * factor
