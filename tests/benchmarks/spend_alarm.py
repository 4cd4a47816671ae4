"""Rules that watch spending as the tray does, replayed on traces, with and without a runaway."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final, Protocol

from tray_app.core.hourly_spending import hourly_spending
from tray_app.core.money import Usd
from tray_app.core.rhythm import rhythm_of
from tray_app.core.runway import LEARNING_TIME, LOOK_BACK
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spike import LEAST_PACE, QUARTER, has_calmed_down, spike_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.spend_trace import SpendTrace

RUNAWAY: Final = timedelta(minutes=20)
TIMES_USUAL: Final = 10
_DOLLAR: Final = Usd.of_cents(1_00)
_HOUR: Final = timedelta(hours=1)
_DETAIL: Final = timedelta(days=2)
_CONDENSED_EVERY: Final = 144
_BEHIND: Final = timedelta(days=3)
_IDLE: Final = 0.1
_SIMPLE_FACTOR: Final = 5.0
_SIMPLE_CALM: Final = 2.0


class Rule(Protocol):
    """Says at each reading, ``spends`` ending there, whether there is an alarm, and its end."""

    def alarms(self, spends: SpendSeries) -> bool: ...

    def is_over(self, spends: SpendSeries) -> bool: ...


@dataclass(frozen=True, slots=True)
class ProgramRule:
    """What the program does."""

    least_factor: float

    def alarms(self, spends: SpendSeries) -> bool:
        return spike_of(spends, self.least_factor) is not None

    def is_over(self, spends: SpendSeries) -> bool:
        return has_calmed_down(spends)


@dataclass(frozen=True, slots=True)
class MeanRule:
    """The last quarter of an hour beside the mean of some time: five times it, at least a dollar.

    An hour, that is, as in the program. Over below twice the mean.
    """

    span: timedelta

    def alarms(self, spends: SpendSeries) -> bool:
        pace = _dollars_an_hour(spends, QUARTER)
        least = LEAST_PACE.ratio_to(_DOLLAR)
        return pace >= max(least, _SIMPLE_FACTOR * _dollars_an_hour(spends, self.span))

    def is_over(self, spends: SpendSeries) -> bool:
        mean = _dollars_an_hour(spends, self.span)
        return _dollars_an_hour(spends, QUARTER) < _SIMPLE_CALM * mean


@dataclass(slots=True)
class Watch:
    """Whether an episode is on: it is told of once, when it begins."""

    rule: Rule
    is_on: bool = False

    def tells_at(self, spends: SpendSeries) -> bool:
        """Take the next reading."""
        if self.is_on:
            self.is_on = not self.rule.is_over(spends)
            return False
        self.is_on = self.rule.alarms(spends)
        return self.is_on


@dataclass(frozen=True, slots=True)
class Replay:
    """A trace as it was: after how many spends there was an alarm, and when an episode was on."""

    alarms: Sequence[int]
    on: frozenset[int]
    weeks: float


@dataclass(frozen=True, slots=True)
class Runaway:
    """Spending runs at least at a pace for RUNAWAY, from a reading on: the spend ``first``."""

    first: int
    known: SpendSeries
    """What the tray knows when it begins."""
    pace: float
    """Dollars an hour; ten times the usual as the account's rhythm had taught it until then."""
    pace_by_means: float
    """The same where plain means say what is usual."""


@dataclass(slots=True)
class History:
    """What the tray knows of a trace after so many spends, older than two days by hours."""

    spends: SpendSeries
    _known: SpendSeries = field(default_factory=SpendSeries.empty)
    _count: int = 0
    _condensed_at: int = 0

    def after(self, count: int) -> SpendSeries:
        """Return it; quick where the counts grow."""
        if count < self._count or count - self._condensed_at > _CONDENSED_EVERY:
            end = self.spends[count - 1].ends
            first = bisect_left(
                self.spends, end - LOOK_BACK, key=lambda spend: spend.begins, hi=count
            )
            self._known = self.spends[first:count].condensed(end - _DETAIL)
            self._count = self._condensed_at = count
        for spend in self.spends[self._count : count]:
            self._known = self._known.followed_by(spend)
        self._count = count
        return self._known


def replay(trace: SpendTrace, rule: Rule) -> Replay:
    """Take every reading of the trace."""
    watch, history = Watch(rule), History(trace.spends)
    alarms: list[int] = []
    on: set[int] = set()
    for count in range(1, len(trace.spends) + 1):
        if watch.tells_at(history.after(count)):
            alarms.append(count)
        if watch.is_on:
            on.add(count)
    span = trace.spends[-1].ends - trace.spends[0].begins - LEARNING_TIME
    return Replay(alarms, frozenset(on), span / timedelta(weeks=1))


def usual_as_learnt(spends: SpendSeries) -> float:
    """Return the usual dollars in the next hour by the rhythm of at least a day of spending."""
    return rhythm_of(hourly_spending(spends, _DOLLAR, _hours(spends))).ahead(1)[0]


def usual_by_means(spends: SpendSeries) -> float:
    """Return the same by plain means: of that hour of the day, times that day of the week.

    That is what somebody would say who does not know the program's rhythm. The day of the week
    counts after a fortnight.
    """
    hours = hourly_spending(spends, _DOLLAR, _hours(spends)).hours
    mean = sum(hours) / len(hours)
    same_hour = hours[23::24]
    usual = sum(same_hour) / len(same_hour)
    if len(hours) < 14 * 24 or mean == 0:
        return usual
    days = [sum(hours[first : first + 24]) / 24 for first in range(0, len(hours) - 23, 24)]
    # The hours to come belong to the day that was a week before the last of these seven.
    same_day = days[6::7]
    return usual * sum(same_day) / len(same_day) / mean


def runaways(trace: SpendTrace, rng: random.Random, count: int) -> Iterator[Runaway]:
    """Draw readings, uniformly, from which on spending runs at ten times what is usual then.

    At least three days lie before. An account that is idle at that hour (a tenth of its mean
    pace is usual, or less) runs at ten times its mean while it was active, told by the hours in
    which anything was spent.
    """
    begin = trace.spends[0].begins + _BEHIND
    first = bisect_left(trace.spends, begin, key=lambda spend: spend.begins)
    last = len(trace.spends) - _readings(RUNAWAY)
    history = History(trace.spends)
    for index in sorted(rng.randrange(first, last) for _ in range(count)):
        known = history.after(index)
        yield Runaway(
            index,
            known,
            pace=TIMES_USUAL * _unless_idle(usual_as_learnt(known), known),
            pace_by_means=TIMES_USUAL * _unless_idle(usual_by_means(known), known),
        )


def readings_until_told(
    trace: SpendTrace, runaway: Runaway, pace: float, rule: Rule, before: Replay
) -> int | None:
    """Return at which reading of the runaway, which has that pace, it is told of, from 1 on.

    None where it is not told of. An episode that is on when it begins must end first, as in the
    program.
    """
    first = runaway.first
    known = list(runaway.known)
    watch = Watch(rule, is_on=first in before.on)
    for number, spend in enumerate(trace.spends[first : first + _readings(RUNAWAY)], start=1):
        units = ceil(pace * (spend.length / _HOUR) * 10_000)
        known.append(replace(spend, amount=max(spend.amount, Usd.of_units(units))))
        if watch.tells_at(SpendSeries.of(known)):
            return number
    return None


def is_natural_runaway(trace: SpendTrace, alarm: int) -> bool:
    """Return whether an alarm of the trace as it was told of what a runaway is.

    It is one where RUNAWAY round the alarm saw ten times what was usual: neither the program nor
    its user can tell it from one that was injected.
    """
    count = _readings(RUNAWAY)
    usual = usual_as_learnt(History(trace.spends).after(alarm - count))
    least = TIMES_USUAL * usual * (RUNAWAY / _HOUR) * 10_000
    total = trace.total_before
    return any(
        total[first + count] - total[first] >= least
        for first in range(alarm - count, min(alarm, len(trace.spends) - count) + 1)
    )


def _unless_idle(usual: float, spends: SpendSeries) -> float:
    hours = hourly_spending(spends, _DOLLAR, _hours(spends)).hours
    if usual > _IDLE * sum(hours) / len(hours):
        return usual
    active = [spent for spent in hours if spent > 0]
    return sum(active) / len(active)


def _readings(span: timedelta) -> int:
    return span // timedelta(minutes=5)


def _hours(spends: SpendSeries) -> int:
    return min(spends[-1].ends - spends[0].begins, LOOK_BACK) // _HOUR


def _dollars_an_hour(spends: SpendSeries, span: timedelta) -> float:
    begin = max(spends[-1].ends - span, spends[0].begins)
    first = bisect_left(spends, begin, key=lambda spend: spend.begins)
    spent = sum((spend.amount for spend in spends[first:]), Usd.of_units(0))
    return spent.ratio_to(_DOLLAR) / max((spends[-1].ends - begin) / _HOUR, 1e-9)
