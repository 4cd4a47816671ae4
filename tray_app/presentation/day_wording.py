"""Days and times as they are written for people: 24 hours, English months, no locale.

The month is always a word: 4/12 and 12/4 are read differently on both sides of an ocean, and a
locale's own way could bring an AM or a PM that a narrow chart has no room for.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from tray_app.presentation.chart_data import RunsOut

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ONE_DAY: Final = timedelta(days=1)
# Below it the hour matters, beyond it only the day.
_HOURS_MATTER: Final = timedelta(hours=36)


def short_month(month: int) -> str:
    """Return ``Dec`` for 12."""
    return MONTHS[month - 1][:3]


def day_text(day: date, today: date) -> str:
    """Return ``4 Dec``, with the year where it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {short_month(day.month)}{year}"


def clock_text(local: datetime) -> str:
    """Return ``14:05``."""
    return f"{local:%H:%M}"


def moment_text(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return ``14:05`` for today, ``yesterday 14:05``, ``24 Nov 14:05``."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    word = _near_day_text(local.date(), today)
    clock = clock_text(local)
    if word == "today":
        return clock
    return f"{word or day_text(local.date(), today)} {clock}"


def runs_out_text(runs_out: RunsOut, now: datetime, zone: tzinfo) -> str:
    """Return until when the balance lasts, with its range.

    ``until about 4 December, between 1 and 9 December``; what is near with its hour: ``until about
    18:00 today, between 16:00 and 21:00 today``. Rounded down. Of an end that is more than a year
    ahead there is no date, and nothing to say where all three are.
    """

    def end(at: datetime) -> str:
        return _end_text(at, now, zone)

    if runs_out.low is None:
        return ""
    if runs_out.middle is None:
        return f"until {end(runs_out.low)} at the earliest"
    about, least = end(runs_out.middle), end(runs_out.low)
    if runs_out.high is None:
        return f"until about {about}, {least} at the earliest"
    most = end(runs_out.high)
    if least == most:
        return f"until about {about}"
    return f"until about {about}, between {_without_common_end(least, most)} and {most}"


def _end_text(at: datetime, now: datetime, zone: tzinfo) -> str:
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    near = _near_day_text(local.date(), today)
    if at - now < _HOURS_MATTER and near:
        return f"{local:%H}:00 {near}"
    return _long_day(local.date(), today)


def _near_day_text(day: date, today: date) -> str:
    """Return the word for a day next to today, empty for any other."""
    return {-_ONE_DAY: "yesterday", timedelta(0): "today", _ONE_DAY: "tomorrow"}.get(
        day - today, ""
    )


def _long_day(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def _without_common_end(first: str, second: str) -> str:
    """Return the first of two different texts without the words that both end with."""
    words, others = first.split(), second.split()
    while words[-1] == others[-1]:
        words.pop()
        others.pop()
    return " ".join(words)
