"""What a user may choose for an account, with the defaults that most keep."""

from __future__ import annotations

from dataclasses import field
from datetime import timedelta
from enum import Enum
from typing import Final

from tray_app.core.alert_rules import AlertRules
from tray_app.core.level import Thresholds
from tray_app.core.light_dataclass import dataclass

SHORTEST_INTERVAL: Final = timedelta(minutes=1)
LONGEST_INTERVAL: Final = timedelta(minutes=60)
LONGEST_LASTING: Final = timedelta(days=3650)
"""The most that may be chosen for how long a balance is to last; by then nothing is foreseen."""
_SHORTEST_STALE_AFTER: Final = timedelta(minutes=15)


class IntervalOutOfRangeError(ValueError):
    """A refresh interval that is impolite, or so long that the figure would always be old."""

    def __init__(self, interval: timedelta) -> None:
        super().__init__(f"refresh interval: 1 to 60 minutes, not {interval}")


class IconStyle(Enum):
    """What the icon writes; its colour is the level in each. The values are the file's words."""

    DOLLARS = "dollars"
    DAYS = "days"
    """For how long the balance lasts; dollars where nobody knows."""
    LEVEL = "level"
    """Nothing but the colour."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that are in force for one account.

    Raises IntervalOutOfRangeError unless the interval lies between 1 and 60 minutes. The limits
    protect the vendor's server, so they do not hold for the ``simulated`` account, whose server
    belongs to this program.
    """

    refresh_interval: timedelta = timedelta(minutes=5)
    thresholds: Thresholds = field(default_factory=Thresholds)
    simulated: bool = False
    alerts: AlertRules = field(default_factory=AlertRules)
    icon_style: IconStyle = IconStyle.DOLLARS
    hides_amounts: bool = False
    """Whether no amount is shown anywhere, as while sharing the screen."""

    def __post_init__(self) -> None:
        allowed = SHORTEST_INTERVAL <= self.refresh_interval <= LONGEST_INTERVAL
        if not allowed and not self.simulated:
            raise IntervalOutOfRangeError(self.refresh_interval)

    @property
    def stale_after(self) -> timedelta:
        """How old a reading may be before it is shown as old: three missed refreshes."""
        return max(3 * self.refresh_interval, _SHORTEST_STALE_AFTER)
