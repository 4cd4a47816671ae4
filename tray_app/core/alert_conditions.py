"""Where each alert's condition holds, and where it has clearly ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.alert import (
    BUDGET_STEPS,
    Alert,
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    SpendingSpike,
)
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd
from tray_app.core.problem import NoKey, WrongKey
from tray_app.core.runway import Lasting, NotSpending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.core.alert_rules import AlertRules
    from tray_app.core.outlook import Outlook
    from tray_app.core.problem import Problem

LONGEST_WITHOUT_FIGURE: Final = timedelta(hours=6)
# An amount that wavers around its threshold must not begin a new episode each time.
_AMOUNT_RECOVERS_TENTHS: Final = 11
_EMPTY_RECOVERS: Final = Usd.of_cents(25)
# A forecast wavers more than an amount does.
_TIME_RECOVERS_QUARTERS: Final = 5


@dataclass(frozen=True, slots=True)
class Condition:
    """A possible alert at a moment; where neither is true its episode stays as it is."""

    alert: Alert
    holds: bool
    has_ended: bool


def service_conditions(
    problem: Problem | None, without_figure: timedelta, rules: AlertRules
) -> Iterator[Condition]:
    """Yield what there is to say about whether the balance is watched at all."""
    is_rejected = isinstance(problem, WrongKey)
    if rules.key_rejected:
        has_ended = problem is None or isinstance(problem, NoKey)
        yield Condition(KeyRejected(), is_rejected, has_ended)
    if rules.no_fresh_figure:
        # Without a key there is nothing to watch, and a rejected one was told.
        is_long = without_figure >= LONGEST_WITHOUT_FIGURE
        holds = is_long and not is_rejected and not isinstance(problem, NoKey)
        yield Condition(NoFreshFigure(), holds, has_ended=not is_long)


def money_conditions(available: Usd, outlook: Outlook, rules: AlertRules) -> Iterator[Condition]:
    """Yield what there is to say about a reading with its own outlook."""
    yield Condition(BalanceEmpty(), available <= ZERO, has_ended=available >= _EMPTY_RECOVERS)
    for threshold in rules.below:
        recovers = threshold.scaled(_AMOUNT_RECOVERS_TENTHS, 10)
        yield Condition(BalanceBelow(threshold), available < threshold, available >= recovers)
    if rules.lasts_less is not None:
        yield _about_runway(outlook, rules.lasts_less)
    if rules.spike:
        yield _about_pace(outlook)
    yield from _about_budget(BudgetPeriod.DAY, outlook.spent.today, rules.daily_budget)
    yield from _about_budget(BudgetPeriod.MONTH, outlook.spent.this_month, rules.monthly_budget)


def _about_runway(outlook: Outlook, limit: timedelta) -> Condition:
    alert = LastsLess(limit)
    match outlook.runway:
        case Lasting(middle, _, _):
            has_ended = middle >= limit * _TIME_RECOVERS_QUARTERS / 4
            return Condition(alert, middle < limit, has_ended)
        case NotSpending():
            return Condition(alert, holds=False, has_ended=True)
        case _:
            return Condition(alert, holds=False, has_ended=False)


def _about_budget(period: BudgetPeriod, spent: Usd, budget: Usd | None) -> Iterator[Condition]:
    if budget is None:
        return
    for percent in BUDGET_STEPS:
        # Within a day or a month spending never falls; the next one begins at nothing.
        is_reached = spent.scaled(100, 1) >= budget.scaled(percent, 1)
        yield Condition(BudgetReached(period, percent, budget), is_reached, not is_reached)


def _about_pace(outlook: Outlook) -> Condition:
    spike = outlook.spike
    if spike is None:
        return Condition(_NO_SPIKE, holds=False, has_ended=outlook.has_calmed_down)
    alert = SpendingSpike(spike.pace, spike.usual)
    return Condition(alert, holds=True, has_ended=False)


_NO_SPIKE: Final = SpendingSpike(ZERO, ZERO)
