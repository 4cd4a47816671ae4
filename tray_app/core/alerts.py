"""Which alerts are due: each once an episode, and none that only repeats what is known.

An episode begins where its condition holds and ends only where that has clearly ended. What began
in quiet hours, or while the user wanted to hear nothing, is told afterwards if it still holds. The
first reading after a start, or after other rules came into force, tells only what is critical.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.alert import (
    Alert,
    BalanceBelow,
    BalanceEmpty,
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
from tray_app.core.alert_memory import AlertMemory, SnoozeSpan, Told
from tray_app.core.outlook import time_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.outlook import Outlook
    from tray_app.core.settings import Settings

# The program looks at the clock twice a minute; what is longer was a sleep.
_LONGEST_STEP: Final = timedelta(minutes=2)


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
    top_up = _new_top_up(memory, outlook)
    if top_up is not None:
        holding[episode_of(top_up)] = top_up
    under_way = memory.under_way - ended
    began = [alert for episode, alert in holding.items() if episode not in under_way]
    is_first = outlook is not None and not memory.settled
    silent = [alert for alert in began if _goes_without_saying(alert, moment, is_first=is_first)]
    due = [alert for alert in began if alert not in silent]
    told = [alert for alert in due if not _is_held_back(alert, memory, moment)]
    memory = _having_told([*silent, *told], replace(memory, under_way=under_way))
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
    if snooze is not None and _is_over(memory, moment):
        snooze = None
    return replace(memory, without_figure=without_figure, snooze=snooze)


def _is_over(memory: AlertMemory, moment: Moment) -> bool:
    snooze = memory.snooze
    if snooze is None:
        return False
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
        conditions += money_conditions(reading.available, outlook, rules)
    conditions += service_conditions(moment.state.problem, memory.without_figure, rules)
    return conditions


def _new_top_up(memory: AlertMemory, outlook: Outlook | None) -> TopUpArrived | None:
    top_up = None if outlook is None else outlook.recent_top_up
    if top_up is None:
        return None
    is_known = memory.last_top_up_at is not None and top_up.at <= memory.last_top_up_at
    return None if is_known else TopUpArrived(top_up.amount, top_up.at)


def _goes_without_saying(alert: Alert, moment: Moment, *, is_first: bool) -> bool:
    rules = moment.settings.alerts
    if not rules.enabled or (isinstance(alert, TopUpArrived) and not rules.top_up):
        return True
    return is_first and severity_of(alert, moment.state) < Severity.CRITICAL


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
