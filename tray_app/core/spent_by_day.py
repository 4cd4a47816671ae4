"""What was spent in days of the user's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from tray_app.core.money import Usd
    from tray_app.core.spend import Spend
    from tray_app.core.spend_series import SpendSeries

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SpentByDay:
    """Spending in days of the user's time zone, up to the last reading."""

    today: Usd
    yesterday: Usd
    last_7_days: Usd
    """Today and the six days before."""
    last_30_days: Usd
    """Today and the 29 days before."""
    this_month: Usd


def spent_by_day(spends: SpendSeries, now: datetime, zone: tzinfo) -> SpentByDay:
    """Return what was spent in the days up to ``now`` (aware).

    What lies more than a month back is not looked at. A spend across midnights is shared out by
    time, in whole 1/10000 USD, and the parts add up.
    """
    today = now.astimezone(zone).date()
    days = (today, today - _DAY, today - 6 * _DAY, today - 29 * _DAY, today.replace(day=1))
    since_today, since_yesterday, week, days_30, month = _spent_since(
        spends, [beginning_of(day, zone) for day in days]
    )
    return SpentByDay(
        today=since_today,
        yesterday=since_yesterday - since_today,
        last_7_days=week,
        last_30_days=days_30,
        this_month=month,
    )


def beginning_of(day: date, zone: tzinfo) -> datetime:
    """Return when the day begins (UTC).

    Where the clock is put forward at midnight, the day begins then; where it is put back to
    midnight, at the first of the two.
    """
    # Of a wall time that does not exist, fold 0 is the one by the offset before (PEP 495).
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _spent_since(spends: SpendSeries, moments: Sequence[datetime]) -> list[Usd]:
    """Return what was spent after each of the moments."""
    since = []
    for moment in moments:
        index = spends.after(moment)
        spent = spends.total(index)
        if index < len(spends):
            spent -= spends.part_before(index, moment).in_whole_units()
        since.append(spent)
    return since


def spent_before(spend: Spend, moment: datetime) -> Usd:
    """Return how much of the spend, evenly over its time, lies before a moment within it.

    Rounded down to whole 1/10000 USD.
    """
    passed = moment - spend.begins
    share = spend.amount.scaled(passed // _MICROSECOND, spend.length // _MICROSECOND)
    # More decimals than the vendor's would claim to know what nobody does.
    return share.in_whole_units()
