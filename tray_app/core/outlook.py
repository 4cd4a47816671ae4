"""What the history says about now: how long the balance lasts, and what was spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.money import Usd
    from tray_app.core.runway import Runway


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


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money that was paid in."""

    amount: Usd
    at: datetime
    """Aware, UTC: the first reading that showed it."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known beyond the last reading."""

    as_of: datetime
    """Aware, UTC: when the reading was taken that it belongs to."""
    runway: Runway
    spent: SpentByDay
    recent_top_up: TopUp | None = None
    """The last one, where it is less than a day ago."""
    problem: HistoryProblem | None = None
    """What is wrong with the history's file; what stands beside it may be incomplete then."""
