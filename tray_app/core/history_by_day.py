"""A history day by day, in the user's time zone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from tray_app.core.history import Change, TopUp, top_up_of
from tray_app.core.money import ZERO
from tray_app.core.spent_by_day import beginning_of, spent_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime, tzinfo

    from tray_app.core.history import Entry
    from tray_app.core.money import Usd
    from tray_app.core.spend import Spend

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOfHistory:
    """A day with a reading."""

    day: date
    change: Change
    """What was spent on the day, and what its readings showed to have come in."""
    available: Usd
    """At the day's last reading."""
    top_ups: tuple[TopUp, ...] = ()
    """Each payment of the day, oldest first; ``change`` has their sum."""


@dataclass(frozen=True, slots=True)
class UnseenDays:
    """Days without a reading, one after the other."""

    count: int
    spent: Usd
    """Their share of what was found spent afterwards."""


HistoryStretch: TypeAlias = DayOfHistory | UnseenDays


def history_by_day(
    entries: Iterable[Entry], since: datetime, zone: tzinfo
) -> tuple[HistoryStretch, ...]:
    """Return the days from ``since`` (UTC) on, oldest first.

    ``entries`` are those from ``since`` on, in order. A spend is shared out by time, exactly: the
    shares from ``since`` on add up. What came in belongs to the day of the reading that showed it.
    """
    calendar = _Calendar(zone)
    days: dict[date, _Day] = {}
    for entry in entries:
        spend = entry.spend
        if spend is not None:
            for day, share in _shares(spend, since, calendar):
                days.setdefault(day, _Day()).change += Change(spent=share)
        day, _ = calendar.day_of(entry.reading.taken_at)
        known = days.setdefault(day, _Day())
        known.available = entry.reading.available
        if entry.change.is_eventful:
            known.change += replace(entry.change, spent=ZERO)
            top_up = top_up_of(entry)
            if top_up is not None:
                known.top_ups.append(top_up)
    return tuple(_stretches(days))


@dataclass(slots=True)
class _Day:
    """What is known of a day so far."""

    change: Change = field(default_factory=Change)
    available: Usd | None = None
    top_ups: list[TopUp] = field(default_factory=list)


class _Calendar:
    """Knows the day of moments that mostly follow each other."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._known: tuple[date, datetime, datetime] | None = None

    def day_of(self, moment: datetime) -> tuple[date, datetime]:
        """Return the day of a moment, and when it ends (UTC)."""
        if self._known is None or not self._known[1] <= moment < self._known[2]:
            day = moment.astimezone(self._zone).date()
            begins, ends = (beginning_of(each, self._zone) for each in (day, day + _ONE_DAY))
            self._known = (day, begins, ends)
        return self._known[0], self._known[2]


def _shares(spend: Spend, since: datetime, calendar: _Calendar) -> Iterator[tuple[date, Usd]]:
    """Yield each day of the spend from ``since`` on, with what falls on it."""
    at = max(spend.begins, since)
    before = spent_before(spend, at)
    while at < spend.ends:
        day, end_of_day = calendar.day_of(at)
        at = min(end_of_day, spend.ends)
        until = spend.amount if at == spend.ends else spent_before(spend, at)
        yield day, until - before
        before = until


def _stretches(days: dict[date, _Day]) -> Iterator[HistoryStretch]:
    # The last day is a seen one: every spend ends with a reading.
    unseen: list[Usd] = []
    for day, known in days.items():
        if known.available is None:
            unseen.append(known.change.spent)
            continue
        if unseen:
            yield UnseenDays(len(unseen), sum(unseen, ZERO))
            unseen = []
        yield DayOfHistory(day, known.change, known.available, tuple(known.top_ups))
