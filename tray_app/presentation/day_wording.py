"""Days and times as they are written for people: 24 hours, and the month always as a word.

4/12 and 12/4 are read differently on both sides of an ocean, and an AM or a PM would have no room
in a narrow chart. The language says how a date is put together; where that is English, the locale
says what comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.presentation.locale_format import format_in_force
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo


def short_month(month: int) -> str:
    """Return ``Dec`` for 12."""
    return (
        *(tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun")),
        *(tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec")),
    )[month - 1]


def long_month(month: int) -> str:
    """Return ``December`` for 12."""
    return (
        *(tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June")),
        *(tr("July"), tr("August"), tr("September"), tr("October")),
        *(tr("November"), tr("December")),
    )[month - 1]


def year_text(year: int) -> str:
    """Return a year that stands alone."""
    return tr("{year}", year=year)


def weekday_text(day: date) -> str:
    """Return ``Fri 4``."""
    weekday = (*(tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun")),)[
        day.weekday()
    ]
    return tr("{weekday} {day}", weekday=weekday, day=day.day)


def day_of_month_text(day: date) -> str:
    """Return ``4 Dec``."""
    return _day_and_month(day.day, short_month(day.month))


def day_text(day: date, today: date) -> str:
    """Return ``4 Dec``, with the year where it is not this one."""
    return _dated(day, short_month(day.month), today)


def clock_text(local: datetime) -> str:
    """Return ``14:05``."""
    return f"{local:%H:%M}"


def day_and_clock_text(local: datetime, today: date) -> str:
    """Return ``24 Nov 14:05``, with the year where it is not this one."""
    return tr("{day} {clock}", day=day_text(local.date(), today), clock=clock_text(local))


def moment_text(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return ``14:05`` for today, ``yesterday 14:05``, ``24 Nov 14:05``."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = clock_text(local)
    match (local.date() - today).days:
        case 0:
            return clock
        case -1:
            return tr("yesterday {clock}", clock=clock)
        case 1:
            return tr("tomorrow {clock}", clock=clock)
        case _:
            return day_and_clock_text(local, today)


def long_day_text(day: date, today: date) -> str:
    """Return ``4 December``, with the year where it is not this one."""
    return _dated(day, long_month(day.month), today)


def long_day_of_month_text(day: date) -> str:
    """Return ``4 December``."""
    return _day_and_month(day.day, long_month(day.month))


def _day_and_month(day: int, month: str) -> str:
    if format_in_force().month_first:
        return tr("{month} {day}", day=day, month=month)
    return tr("{day} {month}", day=day, month=month)


def _dated(day: date, month: str, today: date) -> str:
    if day.year == today.year:
        return _day_and_month(day.day, month)
    if format_in_force().month_first:
        return tr("{month} {day}, {year}", day=day.day, month=month, year=day.year)
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)
