"""Until when the balance lasts, as a date with its range."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.day_wording import (
    clock_text,
    long_day_of_month_text,
    long_day_text,
    long_month,
)
from tray_app.presentation.locale_format import format_in_force
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from tray_app.presentation.chart_data import RunsOut

# Below it the hour matters, beyond it only the day.
_HOURS_MATTER: Final = timedelta(hours=36)


def runs_out_text(runs_out: RunsOut, now: datetime, zone: tzinfo) -> str:
    """Return until when the balance lasts, with its range.

    ``until about 4 December, between 1 and 9 December``; what is near with its hour: ``until about
    18:00 today, between 16:00 and 21:00 today``. Rounded down. Of an end that is more than a year
    ahead there is no date, and nothing to say where all three are.
    """
    if runs_out.low is None:
        return ""
    least = _End.of(runs_out.low, now, zone)
    if runs_out.middle is None:
        return tr("until {least} at the earliest", least=least.text)
    about = _End.of(runs_out.middle, now, zone).text
    if runs_out.high is None:
        return tr("until about {about}, {least} at the earliest", about=about, least=least.text)
    most = _End.of(runs_out.high, now, zone)
    if least.text == most.text:
        return tr("until about {about}", about=about)
    return tr("until about {about}, {span}", about=about, span=_span_text(least, most))


@dataclass(frozen=True, slots=True)
class _End:
    """A moment at which nothing is left, as exact as it is spoken of."""

    day: date
    today: date
    clock: str
    """The full hour of an end that is near, else empty."""

    @classmethod
    def of(cls, at: datetime, now: datetime, zone: tzinfo) -> _End:
        local, today = at.astimezone(zone), now.astimezone(zone).date()
        is_near = at - now < _HOURS_MATTER and abs((local.date() - today).days) <= 1
        return cls(local.date(), today, clock_text(local.replace(minute=0)) if is_near else "")

    @property
    def text(self) -> str:
        if not self.clock:
            return long_day_text(self.day, self.today)
        match (self.day - self.today).days:
            case -1:
                return tr("{clock} yesterday", clock=self.clock)
            case 0:
                return tr("{clock} today", clock=self.clock)
            case _:
                return tr("{clock} tomorrow", clock=self.clock)


def _span_text(first: _End, last: _End) -> str:
    """Return both ends; what they have in common is said once."""
    if first.clock and last.clock and first.day == last.day:
        return _hours_text(first, last)
    if first.clock or last.clock or first.day.year != last.day.year:
        return tr("between {first} and {last}", first=first.text, last=last.text)
    if first.day.month == last.day.month:
        return _days_text(first, last)
    one, other = long_day_of_month_text(first.day), long_day_of_month_text(last.day)
    if last.day.year == last.today.year:
        return tr("between {first} and {last}", first=one, last=other)
    if format_in_force().month_first:
        return tr("between {first} and {last}, {year}", first=one, last=other, year=last.day.year)
    return tr("between {first} and {last} {year}", first=one, last=other, year=last.day.year)


def _hours_text(first: _End, last: _End) -> str:
    match (first.day - first.today).days:
        case -1:
            return tr("between {first} and {last} yesterday", first=first.clock, last=last.clock)
        case 0:
            return tr("between {first} and {last} today", first=first.clock, last=last.clock)
        case _:
            return tr("between {first} and {last} tomorrow", first=first.clock, last=last.clock)


def _days_text(first: _End, last: _End) -> str:
    """Return two days of one month."""
    one, other, year = first.day.day, last.day.day, last.day.year
    month = long_month(last.day.month)
    is_this_year = year == last.today.year
    if format_in_force().month_first:
        if is_this_year:
            return tr("between {month} {first} and {last}", month=month, first=one, last=other)
        return tr(
            "between {month} {first} and {last}, {year}",
            month=month,
            first=one,
            last=other,
            year=year,
        )
    if is_this_year:
        return tr("between {first} and {last} {month}", first=one, last=other, month=month)
    return tr(
        "between {first} and {last} {month} {year}", first=one, last=other, month=month, year=year
    )
