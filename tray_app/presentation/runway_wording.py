"""How long the balance lasts, as a person says it."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.runway import LEARNING_TIME, LONGEST, Empty, Lasting, Learning, NotSpending
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from tray_app.core.runway import Runway

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_MOST_DAYS_IN_TWO_DIGITS: Final = 99


class _Unit(Enum):
    """A unit in which people speak of a time, and below what they do."""

    MINUTE = (timedelta(minutes=1), 2 * _HOUR)
    HOUR = (_HOUR, 2 * _DAY)
    DAY = (_DAY, 4 * _WEEK)
    WEEK = (_WEEK, 12 * _WEEK)
    MONTH = (LONGEST / 12, LONGEST)

    def __init__(self, span: timedelta, spoken_below: timedelta) -> None:
        self.span = span
        self.spoken_below = spoken_below
        """Longer times are spoken of in the next unit."""


def runway_text(runway: Runway) -> str:
    """Return how long, with its range where there is one.

    ``about 9 days, 6 to 14``, ``still learning (5 h of 24 seen)``, ``not spending``, ``nothing is
    left``. All numbers of a range have the unit that fits the middle, or the next smaller one
    where its low end is less than one; each is rounded to the nearest and never to zero.
    """
    match runway:
        case Empty():
            return tr("nothing is left")
        case Learning(seen):
            return tr(
                "still learning ({seen} h of {needed} seen)",
                seen=seen // _HOUR,
                needed=LEARNING_TIME // _HOUR,
            )
        case NotSpending():
            return tr("not spending")
        case Lasting():
            return _range_text(runway)
        case _:
            assert_never(runway)


def runway_row(runway: Runway) -> str:
    """Return the same as a line of its own, empty where an empty balance says enough."""
    match runway:
        case Empty():
            return ""
        case Learning():
            return tr("How long it lasts: {runway}", runway=runway_text(runway))
        case NotSpending():
            return tr("Not spending")
        case Lasting():
            return tr("Lasts {runway}", runway=runway_text(runway))
        case _:
            assert_never(runway)


def short_runway(runway: Runway) -> str:
    """Return ``≈ 9 d`` for the middle; empty without a forecast."""
    if not isinstance(runway, Lasting):
        return ""
    if runway.middle >= LONGEST:
        return tr("> 1 y")
    unit = _unit_for(runway.middle)
    return _short(_count(runway.middle, unit), unit)


def time_left_text(left: timedelta) -> str:
    """Return ``about 2 days left``."""
    if left >= LONGEST:
        return tr("more than a year left")
    return tr("about {span} left", span=_counted(left, _unit_for(left)))


def about_text(span: timedelta) -> str:
    """Return ``about 2 days``."""
    if span >= LONGEST:
        return tr("more than a year")
    return tr("about {span}", span=_counted(span, _unit_for(span)))


def span_text(span: timedelta) -> str:
    """Return ``3 days``, ``6 hours``."""
    return _counted(span, _unit_for(span))


def runway_glyphs(left: timedelta) -> str:
    """Return the time in at most three glyphs, for the icon: ``<1h``, ``14h``, ``9d``, ``26w``.

    Rounded to the nearest, as in every other place that tells it: it is an estimate, no amount.
    """
    if left < _HOUR:
        return "<1h"
    if left < 2 * _DAY:
        return f"{round(left / _HOUR)}h"
    days = round(left / _DAY)
    return f"{days}d" if days <= _MOST_DAYS_IN_TWO_DIGITS else f"{left // _WEEK}w"


def _range_text(lasting: Lasting) -> str:
    middle, low, high = lasting.middle, lasting.low, lasting.high
    if low >= LONGEST:
        return tr("more than a year")
    if middle >= LONGEST:
        unit = _unit_for(low)
        return tr("probably more than a year, at least {span}", span=_counted(low, unit))
    unit = _unit_for(middle, low)
    about, least = _counted(middle, unit), _count(low, unit)
    if high >= LONGEST:
        return tr("about {span}, at least {least}", span=about, least=least)
    most = _count(high, unit)
    if least == most:
        return tr("about {span}", span=about)
    return tr("about {span}, {least} to {most}", span=about, least=least, most=most)


def _counted(span: timedelta, unit: _Unit) -> str:
    count = _count(span, unit)
    match unit:
        case _Unit.MINUTE:
            return tr("%n minute(s)", n=count)
        case _Unit.HOUR:
            return tr("%n hour(s)", n=count)
        case _Unit.DAY:
            return tr("%n day(s)", n=count)
        case _Unit.WEEK:
            return tr("%n week(s)", n=count)
        case _Unit.MONTH:
            return tr("%n month(s)", n=count)
        case _:
            assert_never(unit)


def _short(count: int, unit: _Unit) -> str:
    match unit:
        case _Unit.MINUTE:
            return tr("≈ %n min", n=count)
        case _Unit.HOUR:
            return tr("≈ %n h", n=count)
        case _Unit.DAY:
            return tr("≈ %n d", n=count)
        case _Unit.WEEK:
            return tr("≈ %n wk", n=count)
        case _Unit.MONTH:
            return tr("≈ %n mo", n=count)
        case _:
            assert_never(unit)


def _count(span: timedelta, unit: _Unit) -> int:
    return max(round(span / unit.span), 1)


def _unit_for(span: timedelta, least: timedelta = LONGEST) -> _Unit:
    """Return the unit in which people speak of the span, of which ``least`` holds one or more."""
    fitting = next((unit for unit in _Unit if span < unit.spoken_below), _Unit.MONTH)
    smaller = [unit for unit in _Unit if unit.span <= min(fitting.span, least)]
    return smaller[-1] if smaller else _Unit.MINUTE
