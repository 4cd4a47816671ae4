"""How comfortable a balance is, by amount and time left: four levels, with hysteresis upwards."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd

# A level that was entered from above is left only a tenth above its threshold, so that an
# amount that wavers around the threshold does not make the icon flicker.
_RECOVERY_TENTHS: Final = 11
_DEFAULT_LOW: Final = Usd.of_cents(5_00)
_DEFAULT_CRITICAL: Final = Usd.of_cents(1_00)


class Level(Enum):
    """From comfortable to nothing left; the values are the words of ``--json``."""

    HEALTHY = "healthy"
    LOW = "low"
    CRITICAL = "critical"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below ``low`` and below ``critical`` a balance has that level, each in two measures.

    The amounts are above zero, and so are the times that a balance lasts. Raises ValueError unless
    critical is at most low.
    """

    low: Usd = _DEFAULT_LOW
    critical: Usd = _DEFAULT_CRITICAL
    low_time: timedelta = timedelta(days=3)
    critical_time: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        if not ZERO < self.critical <= self.low:
            raise ValueError("thresholds: 0 < critical <= low")
        if not timedelta(0) < self.critical_time <= self.low_time:
            raise ValueError("thresholds: 0 < critical_time <= low_time")


def level_of(
    available: Usd,
    thresholds: Thresholds,
    previous: Level | None = None,
    lasts: timedelta | None = None,
) -> Level:
    """Return the level of what is available, given the level that was shown before.

    ``lasts`` is for how long it is likely to, None where there is no forecast: the amount alone
    decides then, and otherwise whichever of the two is worse. Falling changes the level at once.
    Rising leaves LOW and CRITICAL only a tenth above their thresholds. EMPTY is a fact, not a
    comfort: it holds at or below zero and nowhere else.
    """
    if available <= ZERO:
        return Level.EMPTY
    was_critical = previous in {Level.CRITICAL, Level.EMPTY}
    was_low = was_critical or previous is Level.LOW
    if available < _recovery(thresholds.critical, entered=was_critical) or (
        _lasts_less(lasts, thresholds.critical_time, entered=was_critical)
    ):
        return Level.CRITICAL
    if available < _recovery(thresholds.low, entered=was_low) or (
        _lasts_less(lasts, thresholds.low_time, entered=was_low)
    ):
        return Level.LOW
    return Level.HEALTHY


def is_by_time(level: Level, available: Usd, thresholds: Thresholds) -> bool:
    """Return whether the amount alone would have a better level than ``level``."""
    return level_of(available, thresholds, level) is not level


def _recovery(threshold: Usd, *, entered: bool) -> Usd:
    return threshold.scaled(_RECOVERY_TENTHS, 10) if entered else threshold


def _lasts_less(lasts: timedelta | None, threshold: timedelta, *, entered: bool) -> bool:
    if lasts is None:
        return False
    return lasts < (threshold * _RECOVERY_TENTHS / 10 if entered else threshold)
