"""How long the balance lasts, as a person says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from tray_app.core.runway import LEARNING_TIME, LONGEST, Empty, Lasting, Learning, NotSpending

if TYPE_CHECKING:
    from tray_app.core.runway import Runway

_MORE_THAN_A_YEAR: Final = "more than a year"
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(weeks=1)
_MOST_DAYS_IN_TWO_DIGITS: Final = 99


class _Unit(NamedTuple):
    span: timedelta
    word: str
    short: str
    spoken_below: timedelta
    """Longer times are spoken of in the next unit."""


_UNITS: Final = (
    _Unit(timedelta(minutes=1), "minute", "min", 2 * _HOUR),
    _Unit(_HOUR, "hour", "h", 2 * _DAY),
    _Unit(_DAY, "day", "d", 4 * _WEEK),
    _Unit(_WEEK, "week", "wk", 12 * _WEEK),
    _Unit(LONGEST / 12, "month", "mo", LONGEST),
)


def runway_text(runway: Runway) -> str:
    """Return how long, with its range where there is one.

    ``about 9 days, 6 to 14``, ``still learning (5 h of 24 seen)``, ``not spending``, ``nothing is
    left``. All numbers of a range have the unit that fits the middle, or the next smaller one
    where its low end is less than one; each is rounded to the nearest and never to zero.
    """
    match runway:
        case Empty():
            return "nothing is left"
        case Learning(seen):
            return f"still learning ({seen // _HOUR} h of {LEARNING_TIME // _HOUR} seen)"
        case NotSpending():
            return "not spending"
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
            return f"How long it lasts: {runway_text(runway)}"
        case NotSpending():
            return "Not spending"
        case Lasting():
            return f"Lasts {runway_text(runway)}"
        case _:
            assert_never(runway)


def short_runway(runway: Runway) -> str:
    """Return ``≈ 9 d`` for the middle; empty without a forecast."""
    if not isinstance(runway, Lasting):
        return ""
    if runway.middle >= LONGEST:
        return "> 1 y"
    unit = _unit_for(runway.middle)
    return f"≈ {_count(runway.middle, unit)} {unit.short}"


def time_left_text(left: timedelta) -> str:
    """Return ``about 2 days left``."""
    if left >= LONGEST:
        return f"{_MORE_THAN_A_YEAR} left"
    return f"{_about(left, _unit_for(left))} left"


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
        return _MORE_THAN_A_YEAR
    if middle >= LONGEST:
        unit = _unit_for(low)
        return f"probably {_MORE_THAN_A_YEAR}, at least {_counted(low, unit)}"
    unit = _unit_for(middle, low)
    about, least = _about(middle, unit), _count(low, unit)
    if high >= LONGEST:
        return f"{about}, at least {least}"
    most = _count(high, unit)
    return about if least == most else f"{about}, {least} to {most}"


def _about(span: timedelta, unit: _Unit) -> str:
    return f"about {_counted(span, unit)}"


def _counted(span: timedelta, unit: _Unit) -> str:
    count = _count(span, unit)
    return f"{count} {unit.word}{'' if count == 1 else 's'}"


def _count(span: timedelta, unit: _Unit) -> int:
    return max(round(span / unit.span), 1)


def _unit_for(span: timedelta, least: timedelta = LONGEST) -> _Unit:
    """Return the unit in which people speak of the span, of which ``least`` holds one or more."""
    fitting = next((unit for unit in _UNITS if span < unit.spoken_below), _UNITS[-1])
    smaller = [unit for unit in _UNITS if unit.span <= min(fitting.span, least)]
    return smaller[-1] if smaller else _UNITS[0]
