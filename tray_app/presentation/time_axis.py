"""The axis of time: where each moment lies, and the local ones that are written below it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.spent_by_day import beginning_of
from tray_app.presentation.chart_geometry import Align, Label, label_at, snapped
from tray_app.presentation.day_wording import (
    clock_text,
    day_of_month_text,
    short_month,
    weekday_text,
    year_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import tzinfo

    from tray_app.presentation.chart_geometry import TextMetrics

_ONE_DAY: Final = timedelta(days=1)
_HOURS_WITHIN: Final = timedelta(days=3)
_MONTHS_IN_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Moments from ``begins`` at ``left`` to ``ends`` at ``right``, in logical pixels."""

    begins: datetime
    ends: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Return where the moment lies; one beyond the axis lies on its end."""
        share = (at - self.begins) / (self.ends - self.begins)
        return snapped(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left))

    def at(self, x: float) -> datetime:
        """Return the moment at a place of the axis."""
        share = (x - self.left) / (self.right - self.left)
        return self.begins + (self.ends - self.begins) * min(max(share, 0.0), 1.0)

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies on the axis."""
        return self.begins <= at <= self.ends


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A line at a local hour, midnight or month, and what is written below it."""

    x: float
    label: Label


def time_ticks(
    axis: TimeAxis, zone: tzinfo, baseline: float, metrics: TextMetrics
) -> tuple[TimeTick, ...]:
    """Return the closest ticks whose labels keep apart from each other, in order of time.

    They lie on local hours, midnights and months, also where clocks change. A label that would
    be cut off is left out with its tick.
    """
    for grid in _GRIDS:
        ticks = _fitting(grid(axis, zone), axis, baseline, metrics)
        if ticks:
            return ticks
    return ()


def _fitting(
    marks: Iterable[tuple[datetime, str]], axis: TimeAxis, baseline: float, metrics: TextMetrics
) -> tuple[TimeTick, ...]:
    """Return a tick for each of the moments; none where two labels come too near."""
    gap = metrics.width("0")
    ticks: list[TimeTick] = []
    for at, text in marks:
        if not axis.holds(at):
            continue
        x = axis.x(at)
        label = label_at(text, x, baseline, Align.CENTRE, metrics)
        if label.room.left < 0 or label.room.right > axis.right:
            continue
        if ticks and ticks[-1].label.room.right + gap > label.room.left:
            return ()
        ticks.append(TimeTick(x, label))
    return tuple(ticks)


def _hours(step: int) -> Callable[[TimeAxis, tzinfo], Iterator[tuple[datetime, str]]]:
    def ticks(axis: TimeAxis, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
        # In a week the days are asked for, also where a wide window had room for more.
        if axis.ends - axis.begins > _HOURS_WITHIN:
            return
        for day in _days(axis, zone):
            yield beginning_of(day, zone), day_of_month_text(day)
            for hour in range(step, 24, step):
                local = datetime.combine(day, time(hour), zone)
                at = local.astimezone(UTC)
                # An hour that summer time skips is no tick; of a double one the first is.
                if at.astimezone(zone).hour == hour:
                    yield at, clock_text(local)

    return ticks


def _weekdays(axis: TimeAxis, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
    for day in _days(axis, zone):
        yield beginning_of(day, zone), weekday_text(day)


def _every(days: int) -> Callable[[TimeAxis, tzinfo], Iterator[tuple[datetime, str]]]:
    def ticks(axis: TimeAxis, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
        for day in _days(axis, zone):
            # Counted from a Monday, so that weeks begin where people let them begin.
            if (day.toordinal() - 1) % days == 0:
                yield beginning_of(day, zone), day_of_month_text(day)

    return ticks


def _months(step: int) -> Callable[[TimeAxis, tzinfo], Iterator[tuple[datetime, str]]]:
    def ticks(axis: TimeAxis, zone: tzinfo) -> Iterator[tuple[datetime, str]]:
        first, last = axis.begins.astimezone(zone), axis.ends.astimezone(zone)
        for number in range(_month_number(first), _month_number(last) + 1):
            if number % step == 0:
                year, month = divmod(number, _MONTHS_IN_YEAR)
                text = year_text(year) if month == 0 else short_month(month + 1)
                yield beginning_of(date(year, month + 1, 1), zone), text

    return ticks


def _month_number(local: datetime) -> int:
    return local.year * _MONTHS_IN_YEAR + local.month - 1


def _days(axis: TimeAxis, zone: tzinfo) -> Iterator[date]:
    day, last = (at.astimezone(zone).date() for at in (axis.begins, axis.ends))
    while day <= last:
        yield day
        day += _ONE_DAY


_GRIDS: Final = (
    *(_hours(step) for step in (1, 2, 3, 6, 12)),
    _weekdays,
    *(_every(days) for days in (1, 2, 7, 14)),
    *(_months(step) for step in (1, 2, 3, 6, 12)),
)
