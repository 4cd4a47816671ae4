"""What a user may choose, with the defaults that most keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from tray_app.core.level import Thresholds

SHORTEST_INTERVAL: Final = timedelta(minutes=1)
LONGEST_INTERVAL: Final = timedelta(minutes=60)
_SHORTEST_STALE_AFTER: Final = timedelta(minutes=15)


class IntervalOutOfRangeError(ValueError):
    """A refresh interval that is impolite, or so long that the figure would always be old."""

    def __init__(self, interval: timedelta) -> None:
        super().__init__(f"refresh interval: 1 to 60 minutes, not {interval}")


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that are in force.

    Raises IntervalOutOfRangeError unless the interval lies between 1 and 60 minutes. The limits
    protect the vendor's server, so they do not hold for the ``simulated`` account, whose server
    belongs to this program.
    """

    refresh_interval: timedelta = timedelta(minutes=5)
    thresholds: Thresholds = field(default_factory=Thresholds)
    simulated: bool = False

    def __post_init__(self) -> None:
        allowed = SHORTEST_INTERVAL <= self.refresh_interval <= LONGEST_INTERVAL
        if not allowed and not self.simulated:
            raise IntervalOutOfRangeError(self.refresh_interval)

    @property
    def stale_after(self) -> timedelta:
        """How old a reading may be before it is shown as old: three missed refreshes."""
        return max(3 * self.refresh_interval, _SHORTEST_STALE_AFTER)
