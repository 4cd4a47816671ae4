"""Which alerts are due: each once an episode, and none that only repeats what is known.

An episode begins where its condition holds and ends only where that has clearly ended. What began
in quiet hours, or while the user wanted to hear nothing, is told afterwards if it still holds. The
first reading after a start, or after other rules came into force, tells only what is critical; what
it kept to itself is told once it becomes so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.alert import (
    Alert,
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    Severity,
    SpendingSpike,
    TopUpArrived,
    episode_of,
    is_cured_by_top_up,
)
from tray_app.core.alert_conditions import Condition, money_conditions, service_conditions
from tray_app.core.alert_memory import AlertMemory, Snooze, SnoozeSpan, Told
from tray_app.core.light_dataclass import dataclass
from tray_app.core.outlook import time_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.outlook import Outlook
    from tray_app.core.settings import Settings

# The program looks at the clock twice a minute; what is longer was a sleep.
_LONGEST_STEP: Final = timedelta(minutes=2)
# A top-up that lies farther ahead was seen by a clock that was ahead, and says nothing of others.
_CLOCK_WAS_AHEAD: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to remember, and what to tell now."""

    memory: AlertMemory
    alerts: tuple[Alert, ...] = ()
    """The gravest first; together they are one message."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that is looked at; ``now`` is in UTC, ``zone`` the user's."""

    state: AccountState
    settings: Settings
    now: datetime
    zone: tzinfo

    @property
    def outlook(self) -> Outlook | None:
        """That of the reading itself, where it is fresh: neither says anything alone."""
        reading, outlook = self.state.reading, self.state.outlook
        if reading is None or outlook is None or outlook.as_of != reading.taken_at:
            return None
        is_fresh = self.now - reading.taken_at <= self.settings.stale_after
        return outlook if is_fresh else None


def judge(memory: AlertMemory, moment: Moment, since_last: timedelta) -> Judgement:
    """Return what to tell at a moment, and what to remember.

    ``since_last`` is how long ago this was last asked, zero for the first time in a run. The same
    state may be judged any number of times.
    """
    outlook = moment.outlook
    memory = _as_of(memory, moment, since_last)
    conditions = _conditions(memory, moment)
    ended = {episode_of(each.alert) for each in conditions if each.has_ended}
    holding = {episode_of(each.alert): each.alert for each in conditions if each.holds}
    top_up = _new_top_up(memory, moment)
    if top_up is not None:
        holding[episode_of(top_up)] = top_up
    under_way = memory.under_way - ended
    # What went without saying is told where it has become critical.
    unsaid = memory.unsaid & under_way
    began = [
        alert
        for episode, alert in holding.items()
        if episode not in under_way or (episode in unsaid and _is_critical(alert, moment))
    ]
    is_first = outlook is not None and not memory.settled
    silent = [alert for alert in began if _goes_without_saying(alert, moment, is_first=is_first)]
    due = [alert for alert in began if alert not in silent]
    told = [alert for alert in due if not _is_held_back(alert, memory, moment)]
    memory = _having_told([*silent, *told], replace(memory, under_way=under_way))
    unsaid -= {episode_of(alert) for alert in told}
    if is_first and moment.settings.alerts.enabled:
        unsaid |= {episode_of(alert) for alert in silent} & memory.under_way
    memory = replace(memory, unsaid=unsaid)
    if outlook is not None:
        memory = replace(memory, settled=True)
    alerts = _worth_saying(told, moment)
    if alerts:
        memory = replace(memory, told=Told(alerts, moment.now))
    return Judgement(memory, alerts)


def severity_of(alert: Alert, state: AccountState) -> Severity:
    """Return how much it matters; of the balance as much as its level."""
    match alert:
        case BalanceEmpty() | KeyRejected() | SpendingSpike():
            return Severity.CRITICAL
        case BalanceBelow(threshold):
            is_critical = threshold <= state.thresholds.critical
            return Severity.CRITICAL if is_critical else Severity.WARNING
        case LastsLess():
            left = time_left(state.outlook)
            is_critical = left is not None and left < state.thresholds.critical_time
            return Severity.CRITICAL if is_critical else Severity.WARNING
        case BudgetReached() | NoFreshFigure():
            return Severity.WARNING
        case TopUpArrived():
            return Severity.NEWS
        case _:
            assert_never(alert)


def _as_of(memory: AlertMemory, moment: Moment, since_last: timedelta) -> AlertMemory:
    """Return the memory with what the time itself has changed."""
    passed = min(max(since_last, timedelta(0)), _LONGEST_STEP)
    without_figure = memory.without_figure + passed
    reading, snooze = moment.state.reading, memory.snooze
    if reading is not None:
        without_figure = min(without_figure, max(moment.now - reading.taken_at, timedelta(0)))
    if snooze is not None and _is_over(snooze, moment):
        snooze = None
    last_top_up_at = memory.last_top_up_at
    if last_top_up_at is not None and last_top_up_at - moment.now > _CLOCK_WAS_AHEAD:
        last_top_up_at = moment.now
    return replace(
        memory, without_figure=without_figure, snooze=snooze, last_top_up_at=last_top_up_at
    )


def _is_over(snooze: Snooze, moment: Moment) -> bool:
    if snooze.until is not None:
        # Also where the clock was set back to before it began: nobody waits for years.
        return not snooze.since <= moment.now < snooze.until
    top_up = None if moment.outlook is None else moment.outlook.recent_top_up
    return top_up is not None and top_up.at > snooze.since


def _conditions(memory: AlertMemory, moment: Moment) -> list[Condition]:
    rules = moment.settings.alerts
    conditions: list[Condition] = []
    outlook, reading = moment.outlook, moment.state.reading
    if outlook is not None and reading is not None:
        conditions += [
            condition
            for condition in money_conditions(reading.available, outlook, rules)
            if _is_of_this_period(condition.alert, reading.taken_at, moment)
        ]
    conditions += service_conditions(moment.state.problem, memory.without_figure, rules)
    return conditions


def _is_of_this_period(alert: Alert, taken_at: datetime, moment: Moment) -> bool:
    """Return False for a budget of yesterday, or of last month, whose last reading is young yet."""
    if not isinstance(alert, BudgetReached):
        return True
    day, today = (at.astimezone(moment.zone).date() for at in (taken_at, moment.now))
    if alert.period is BudgetPeriod.DAY:
        return day == today
    return (day.year, day.month) == (today.year, today.month)


def _new_top_up(memory: AlertMemory, moment: Moment) -> TopUpArrived | None:
    top_up = None if moment.outlook is None else moment.outlook.recent_top_up
    if top_up is None or top_up.at > moment.now:
        # The clock was set back meanwhile: told already, or told soon.
        return None
    is_known = memory.last_top_up_at is not None and top_up.at <= memory.last_top_up_at
    return None if is_known else TopUpArrived(top_up.amount, top_up.at)


def _goes_without_saying(alert: Alert, moment: Moment, *, is_first: bool) -> bool:
    rules = moment.settings.alerts
    if not rules.enabled or (isinstance(alert, TopUpArrived) and not rules.top_up):
        return True
    return is_first and not _is_critical(alert, moment)


def _is_critical(alert: Alert, moment: Moment) -> bool:
    return severity_of(alert, moment.state) is Severity.CRITICAL


def _is_held_back(alert: Alert, memory: AlertMemory, moment: Moment) -> bool:
    quiet = moment.settings.alerts.quiet_hours
    if quiet is not None and quiet.hold_at(moment.now.astimezone(moment.zone).time()):
        return True
    if memory.snooze is None:
        return False
    return memory.snooze.span is not SnoozeSpan.TOP_UP or is_cured_by_top_up(alert)


def _having_told(alerts: Iterable[Alert], memory: AlertMemory) -> AlertMemory:
    """Return the memory to which the alerts are known."""
    episodes = set(memory.under_way)
    last_top_up_at = memory.last_top_up_at
    for alert in alerts:
        if isinstance(alert, TopUpArrived):
            # Each payment is an episode of its own.
            last_top_up_at = alert.at
        else:
            episodes.add(episode_of(alert))
    return replace(memory, under_way=frozenset(episodes), last_top_up_at=last_top_up_at)


def _worth_saying(alerts: Sequence[Alert], moment: Moment) -> tuple[Alert, ...]:
    """Return the alerts without those that another one implies, the gravest first."""
    kept = [alert for alert in alerts if not any(_is_implied(alert, other) for other in alerts)]
    return tuple(sorted(kept, key=lambda alert: severity_of(alert, moment.state), reverse=True))


def _is_implied(alert: Alert, other: Alert) -> bool:
    match alert, other:
        case ((BalanceBelow() | LastsLess()), BalanceEmpty()):
            return True
        case BalanceBelow(threshold), BalanceBelow(lower):
            return lower < threshold
        case BudgetReached(period, percent, _), BudgetReached(other_period, higher, _):
            return period is other_period and percent < higher
        case _:
            return False
