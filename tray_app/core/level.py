"""How comfortable a balance is: four levels, with hysteresis on the way up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

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
    """Below ``low`` and below ``critical`` a balance has that level; both are above zero."""

    low: Usd = _DEFAULT_LOW
    critical: Usd = _DEFAULT_CRITICAL

    def __post_init__(self) -> None:
        if not ZERO < self.critical <= self.low:
            raise ValueError("thresholds: 0 < critical <= low")


def level_of(available: Usd, thresholds: Thresholds, previous: Level | None = None) -> Level:
    """Return the level of what is available, given the level that was shown before.

    Falling changes the level at once. Rising leaves LOW and CRITICAL only a tenth above their
    threshold. EMPTY is a fact, not a comfort: it holds at or below zero and nowhere else.
    """
    if available <= ZERO:
        return Level.EMPTY
    was_critical = previous in {Level.CRITICAL, Level.EMPTY}
    was_low = was_critical or previous is Level.LOW
    if available < _recovery(thresholds.critical, entered=was_critical):
        return Level.CRITICAL
    if available < _recovery(thresholds.low, entered=was_low):
        return Level.LOW
    return Level.HEALTHY


def _recovery(threshold: Usd, *, entered: bool) -> Usd:
    return threshold.scaled(_RECOVERY_TENTHS, 10) if entered else threshold
