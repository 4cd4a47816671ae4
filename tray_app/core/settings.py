"""What a user may choose, with the defaults that most keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from tray_app.core.level import Thresholds

_SHORTEST_STALE_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that are in force."""

    refresh_interval: timedelta = timedelta(minutes=5)
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def stale_after(self) -> timedelta:
        """How old a reading may be before it is shown as old: three missed refreshes."""
        return max(3 * self.refresh_interval, _SHORTEST_STALE_AFTER)
