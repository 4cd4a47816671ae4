"""How far an account strays from its own rhythm."""

from __future__ import annotations

from itertools import accumulate, cycle, repeat
from math import log, sqrt
from operator import add, mul, sub
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.rhythm import DAILY_DECAY, DAY, NOTHING, WEEK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.hourly_spending import HourlySpending

# Six hours are the shortest time over which the bursts of a person even out.
_BLOCK: Final = 6
_BLOCK_DECAY: Final = DAILY_DECAY ** (_BLOCK / DAY)
_BLOCKS_A_DAY: Final = DAY // _BLOCK
_BLOCKS_A_WEEK: Final = WEEK // _BLOCK
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
    spent = _blocks(spending.hours)
    # What is usual repeats after a week.
    week = _blocks(usual[:WEEK])
    decays = accumulate(repeat(_BLOCK_DECAY, len(spent) - 1), mul, initial=1 / _BLOCK)
    credence = repeat(_BLOCK) if spending.is_certain else _blocks(spending.credence)
    weights = list(map(mul, decays, credence))
    nothing = NOTHING * _BLOCK * sum(usual) / len(usual)
    roughness = sum(map(mul, weights, map(abs, _deviations(spent, week, nothing))))

    day_weights = [weight / _BLOCKS_A_DAY for weight in _days(weights)]
    nothing *= _BLOCKS_A_DAY
    days_of_week = _days((week * 2)[: min(len(spent), _BLOCKS_A_WEEK + _BLOCKS_A_DAY - 1)])
    deviations = _deviations(_days(spent), days_of_week, nothing)
    squares = sum(map(mul, day_weights, map(mul, deviations, deviations)))
    changes = map(abs, map(sub, deviations[_BLOCKS_A_DAY:], deviations))
    change_weights = day_weights[_BLOCKS_A_DAY:]
    change = sum(map(mul, change_weights, changes))
    return Steadiness(
        roughness=_mean(roughness, sum(weights), _ROUGHNESS, _ROUGHNESS_WEIGHT),
        unsteadiness=sqrt(_mean(squares, sum(day_weights), _UNSTEADINESS**2, _UNSTEADINESS_WEIGHT)),
        changeability=_mean(change, sum(change_weights), _CHANGEABILITY, _CHANGEABILITY_WEIGHT),
    )


def _blocks(hours: Sequence[float]) -> list[float]:
    """Return the sums of six hours each; a rest of fewer is left out."""
    return list(map(sum, zip(*[iter(hours)] * _BLOCK, strict=False)))


def _days(blocks: Sequence[float]) -> list[float]:
    """Return the sums of the 24 hours that begin with each block, as far as there are so many."""
    halves = list(map(add, blocks, blocks[1:]))
    return list(map(add, halves, halves[2:]))


def _deviations(spent: Sequence[float], week: Sequence[float], nothing: float) -> list[float]:
    """Return the logarithms of what was spent to what is expected, which repeats."""
    norms = cycle([norm + nothing for norm in week])
    return [log((actual + nothing) / norm) for actual, norm in zip(spent, norms, strict=False)]


def _mean(total: float, weight: float, prior: float, prior_weight: float) -> float:
    return (total + prior * prior_weight) / (weight + prior_weight)
