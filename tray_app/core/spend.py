"""What was spent between two readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd

if TYPE_CHECKING:
    from datetime import datetime, timedelta


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
