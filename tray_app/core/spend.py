"""What was spent between two readings, and the same hour by hour before the last of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DAY_HOURS: Final = 24
_HOUR_SECONDS: Final = 3600
_HOUR: Final = timedelta(hours=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Spend:
    """What was spent between two readings that follow each other; top-ups are no part of it."""

    begins: datetime
    """Aware; the moment of the reading before."""
    ends: datetime
    """Aware, later than ``begins``; the moment of the reading."""
    amount: Usd
    """Zero or more."""

    def __post_init__(self) -> None:
        if not self.begins < self.ends:
            raise ValueError("a spend must begin before it ends")
        if self.amount < ZERO:
            raise ValueError("a spend is never negative")

    @property
    def length(self) -> timedelta:
        """The time between the two readings."""
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class HourlySpending:
    """Spending in each hour before a moment, counted back from it: hour 0 is the last one.

    Floats, in multiples of some amount: made for an estimate, never to become money again.
    """

    hours: list[float]
    credence: list[float]
    """How much an hour tells of the rhythm, up to 1: less where nobody looked for days."""


def hourly_spending(spends: Sequence[Spend], unit: Usd, count: int) -> HourlySpending:
    """Return the ``count`` hours before the end of the last spend, in multiples of ``unit``.

    ``spends`` are in order, without overlap; ``unit`` is above zero. A spend is spread evenly
    over its time, so that a gap in the readings (machine off) counts as spending and not as
    idle time. Time that no spend covers is idle. The work ends where ``count`` hours do, however
    long the history is.
    """
    hours, credence = [0.0] * count, [1.0] * count
    at = begins = spends[-1].ends
    oldest = 0.0
    for spend in reversed(spends):
        # Most spends end where the one after begins; a month of them is thousands.
        newest = oldest if spend.ends == begins else _hours(at - spend.ends)
        if newest >= count:
            break
        begins = spend.begins
        oldest = _hours(at - begins)
        amount = spend.amount.ratio_to(unit)
        first, last = int(newest), int(oldest)
        if first == last:
            hours[first] += amount
        else:
            _spread(hours, amount, newest, oldest)
        if oldest - newest > _DAY_HOURS:
            stop = min(last + 1, count)
            credence[first:stop] = [_DAY_HOURS / (oldest - newest)] * (stop - first)
    return HourlySpending(hours, credence)


def condensed(spends: Iterable[Spend], before: datetime) -> list[Spend]:
    """Return the same spending with fewer spends: those that end by ``before`` hour by hour.

    ``spends`` are in order, without overlap. Those whose middle lies in the same hour become one;
    none becomes one across time that no spend covers, so idle time stays idle. What was condensed
    already may be condensed again, together with what followed it.
    """
    kept: list[Spend] = []
    for spend in spends:
        last = kept[-1] if kept else None
        if last is not None and spend.ends <= before and _continues(last, spend):
            kept[-1] = Spend(last.begins, spend.ends, last.amount + spend.amount)
        else:
            kept.append(spend)
    return kept


def latest_unbroken(spends: Sequence[Spend]) -> list[Spend]:
    """Return the last of the spends that follow each other without a break.

    Between two that do not, a history began anew: with another key, and perhaps another account.
    """
    for index in range(len(spends) - 1, 0, -1):
        if spends[index].begins != spends[index - 1].ends:
            return list(spends[index:])
    return list(spends)


def _continues(last: Spend, spend: Spend) -> bool:
    return last.ends == spend.begins and _hour_of(last) == _hour_of(spend)


def _hour_of(spend: Spend) -> int:
    return (spend.begins + spend.length / 2 - _EPOCH) // _HOUR


def _hours(age: timedelta) -> float:
    # To the second, and several times faster than a division of two timedelta.
    return age.days * _DAY_HOURS + age.seconds / _HOUR_SECONDS


def _spread(hours: list[float], amount: float, newest: float, oldest: float) -> None:
    """Add ``amount`` evenly to the hours between two ages, which lie in different ones."""
    rate = amount / (oldest - newest)
    first, last = int(newest), int(oldest)
    hours[first] += rate * (first + 1 - newest)
    for hour in range(first + 1, min(last, len(hours))):
        hours[hour] += rate
    if last < len(hours):
        hours[last] += rate * (oldest - last)
