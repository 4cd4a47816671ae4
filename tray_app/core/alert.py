"""What the user can be told of without having asked: a closed union."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from tray_app.core.money import Usd

BUDGET_STEPS: Final = (50, 80, 100)
"""Percent of a budget, each of which is told."""


class Severity(IntEnum):
    """How much it matters to be told now."""

    NEWS = 0
    """Good to know."""
    WARNING = 1
    """Something is to be done some time soon."""
    CRITICAL = 2
    """Money runs out or away now, or nobody watches it any more."""


class BudgetPeriod(Enum):
    """By the user's calendar; the values name the episode."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class BalanceEmpty:
    """Nothing is available."""


@dataclass(frozen=True, slots=True)
class BalanceBelow:
    """Less is available than a threshold."""

    threshold: Usd


@dataclass(frozen=True, slots=True)
class LastsLess:
    """The balance lasts less than a time."""

    limit: timedelta


@dataclass(frozen=True, slots=True)
class SpendingSpike:
    """Far more is spent than is usual at this hour of this weekday."""

    per_hour: Usd
    """The pace of the last quarter of an hour."""
    usual_per_hour: Usd


@dataclass(frozen=True, slots=True)
class BudgetReached:
    """A share of a budget is spent."""

    period: BudgetPeriod
    percent: int
    """One of BUDGET_STEPS."""
    budget: Usd


@dataclass(frozen=True, slots=True)
class KeyRejected:
    """Novita takes the key no longer: nobody watches the balance."""


@dataclass(frozen=True, slots=True)
class NoFreshFigure:
    """No reading has succeeded for long, though the program ran."""


@dataclass(frozen=True, slots=True)
class TopUpArrived:
    """A payment shows in the balance."""

    amount: Usd
    at: datetime
    """Aware, UTC: the first reading that showed it."""


Alert: TypeAlias = (
    BalanceEmpty
    | BalanceBelow
    | LastsLess
    | SpendingSpike
    | BudgetReached
    | KeyRejected
    | NoFreshFigure
    | TopUpArrived
)


def episode_of(alert: Alert) -> str:
    """Return the name of the episode that an alert belongs to: told once while it lasts.

    The name is kept in a file, so it stays the same from version to version.
    """
    match alert:
        case BalanceEmpty():
            return "empty"
        case BalanceBelow(threshold):
            return f"below {threshold.decimal_text()}"
        case LastsLess():
            return "lasts-less"
        case SpendingSpike():
            return "spike"
        case BudgetReached(period, percent, _):
            return f"budget {period.value} {percent}"
        case KeyRejected():
            return "key-rejected"
        case NoFreshFigure():
            return "no-fresh-figure"
        case TopUpArrived():
            return "top-up"
        case _:
            assert_never(alert)


def alert_word(alert: Alert) -> str:
    """Return the word by which the user's own programs know the alert; it stays."""
    match alert:
        case BalanceBelow():
            return "below"
        case BudgetReached():
            return "budget"
        case _:
            return episode_of(alert)


def is_cured_by_top_up(alert: Alert) -> bool:
    """Return whether a payment would end it, so that nobody need hear of it again before."""
    return isinstance(alert, BalanceEmpty | BalanceBelow | LastsLess)
