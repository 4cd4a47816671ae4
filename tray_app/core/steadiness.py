"""How far an account strays from its own rhythm."""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.rhythm import DAILY_DECAY, DAY, NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.hourly_spending import HourlySpending

# Six hours are the shortest time over which the bursts of a person even out.
_BLOCK: Final = 6
_BLOCK_DECAY: Final = DAILY_DECAY ** (_BLOCK / DAY)
_BLOCKS_A_DAY: Final = DAY // _BLOCK
# What people's accounts are like, as if it had been seen for two days and for one.
_ROUGHNESS: Final = 0.4
_ROUGHNESS_WEIGHT: Final = 8.0
_UNSTEADINESS: Final = 0.35
_UNSTEADINESS_WEIGHT: Final = 4.0
_CHANGEABILITY: Final = 0.35
_CHANGEABILITY_WEIGHT: Final = 4.0


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Deviations from the rhythm, in logarithms of what was spent to what is usual."""

    roughness: float
    """Mean deviation of six hours: pauses and bursts that even out."""
    unsteadiness: float
    """Root mean square deviation of 24 hours: good days and huge days, which do not."""
    changeability: float
    """Mean change from 24 hours to the next: a level that has moved for good is one change."""


def steadiness_of(spending: HourlySpending, usual: Sequence[float]) -> Steadiness:
    """Compare at least a day of spending, hour by hour, with the usual spending before."""
    starts = range(0, len(usual) - _BLOCK + 1, _BLOCK)
    spent = [sum(spending.hours[start : start + _BLOCK]) for start in starts]
    expected = [sum(usual[start : start + _BLOCK]) for start in starts]
    weights, weight = [], 1.0
    for start in starts:
        weights.append(weight * sum(spending.credence[start : start + _BLOCK]) / _BLOCK)
        weight *= _BLOCK_DECAY
    nothing = NOTHING * _BLOCK * sum(usual) / len(usual)

    rough, seen = _ROUGHNESS * _ROUGHNESS_WEIGHT, _ROUGHNESS_WEIGHT
    for weight, actual, norm in zip(weights, spent, expected, strict=True):
        rough += weight * abs(log((actual + nothing) / (norm + nothing)))
        seen += weight

    nothing *= _BLOCKS_A_DAY
    squares, days = _UNSTEADINESS**2 * _UNSTEADINESS_WEIGHT, _UNSTEADINESS_WEIGHT
    changes, pairs = _CHANGEABILITY * _CHANGEABILITY_WEIGHT, _CHANGEABILITY_WEIGHT
    deviations: list[float] = []
    for first in range(len(weights) - _BLOCKS_A_DAY + 1):
        day = slice(first, first + _BLOCKS_A_DAY)
        weight = sum(weights[day]) / _BLOCKS_A_DAY
        deviations.append(log((sum(spent[day]) + nothing) / (sum(expected[day]) + nothing)))
        squares += weight * deviations[-1] ** 2
        days += weight
        if first >= _BLOCKS_A_DAY:
            changes += weight * abs(deviations[-1] - deviations[first - _BLOCKS_A_DAY])
            pairs += weight
    return Steadiness(rough / seen, sqrt(squares / days), changes / pairs)
