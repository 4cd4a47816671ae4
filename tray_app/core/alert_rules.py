"""What the user wants to be told of, by account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd

if TYPE_CHECKING:
    from datetime import time

MOST_AMOUNTS: Final = 8
"""Of dollar thresholds: each is a message of its own."""
_DEFAULT_BELOW: Final = (Usd.of_cents(5_00), Usd.of_cents(1_00))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A time of every day without messages, by the user's clock; it may span midnight.

    Raises ValueError where it begins and ends at once: that could mean all day or never.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("quiet hours: begin and end differ")

    def hold_at(self, local: time) -> bool:
        """Return whether they hold at a time of the user's day; the end is no longer quiet."""
        if self.begins < self.ends:
            return self.begins <= local < self.ends
        return local >= self.begins or local < self.ends


@dataclass(frozen=True, slots=True)
class AlertRules:
    """Which alerts an account has, and from where on.

    ``below`` are amounts above zero, each once. ``lasts_less`` is a time above zero, None for no
    alert. Budgets are above zero, None for none. Raises ValueError where they are not.
    """

    enabled: bool = True
    """Whether anything is said at all."""
    below: tuple[Usd, ...] = _DEFAULT_BELOW
    """Available amounts below which each alerts, the highest first."""
    lasts_less: timedelta | None = timedelta(days=3)
    """Alerts where the balance lasts less than this."""
    daily_budget: Usd | None = None
    monthly_budget: Usd | None = None
    """By the user's calendar; each alerts at 50, 80 and 100 percent."""
    spike: bool = True
    """Whether spending far above the usual alerts."""
    key_rejected: bool = True
    no_fresh_figure: bool = True
    top_up: bool = True
    quiet_hours: QuietHours | None = None

    def __post_init__(self) -> None:
        if len(self.below) > MOST_AMOUNTS or any(amount <= ZERO for amount in self.below):
            raise ValueError(f"alerts: at most {MOST_AMOUNTS} amounts, each above zero")
        if tuple(sorted(set(self.below), reverse=True)) != self.below:
            raise ValueError("alerts: amounts from the highest on, each once")
        if self.lasts_less is not None and self.lasts_less <= timedelta(0):
            raise ValueError("alerts: a time above zero")
        for budget in (self.daily_budget, self.monthly_budget):
            if budget is not None and budget <= ZERO:
                raise ValueError("alerts: budgets above zero")
