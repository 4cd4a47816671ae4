"""The pace of late and what may become of it: spending ahead with its likely range."""

from __future__ import annotations

from itertools import accumulate, repeat
from math import exp, log, sqrt, tanh
from operator import mul
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.rhythm import DAY, WEEK, rhythm_of
from tray_app.core.steadiness import steadiness_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.hourly_spending import HourlySpending
    from tray_app.core.rhythm import Rhythm

# How the last hours differ from the usual ones persists for about a day, less in accounts
# whose hours differ anyway.
_RECENT_DECAY: Final = exp(-1 / 6)  # an hour
_RECENT_SPAN: Final = 48
_RECENT_PRIOR: Final = 0.3  # as if so many usual hours had been seen besides
_RECENT_CAP: Final = 1.2  # in logarithms: one runaway hour is no new habit
_PERSISTENCE_DECAY: Final = exp(-1 / DAY)  # an hour
_PERSISTENCE_ROUGHNESS: Final = 0.9
# Beyond a fortnight nothing is left of that.
_DEVIATING_HOURS: Final = 2 * WEEK
# Whether the whole level has moved: the typical hours of the last day beside those of a
# fortnight, believed where the usual changes from day to day do not explain it.
_MOVE_DECAYS: Final = (0.5 ** (1 / DAY), 0.5 ** (1 / (14 * DAY)))  # an hour
_MOVE_NOTHING: Final = 0.1
_MOVE_DOUBT: Final = 2.5
_MOVE_CAP: Final = log(10)  # what goes beyond tenfold, the level itself must learn
# The range, in logarithms of what is spent, one case of ten beyond on each side. The shape and
# the two scales were fitted to traces, and each trace foretold from the others
# (tests/benchmarks/runway.py measures it). Squares set apart steady from bursty accounts.
_FASTER: Final = 0.25
_FASTER_AT_ONCE: Final = 0.6  # times the square of unsteadiness
_FASTER_WITH_TIME: Final = 2.0
_SLOWER: Final = 0.17
_SLOWER_WITH_TIME: Final = 1.2
_SLOWER_AT_ONCE: Final = 2.2  # times the square of roughness
_ROUGHNESS_CAP: Final = 1.0
_UNSTEADINESS_CAP: Final = 0.6
_ONE_DAY_SEEN: Final = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """What is likely to be spent from now on, in the unit of the spending it was told from."""

    deviating: list[float]
    """Middle spending by the end of each hour of the first fortnight, from 0 on."""
    usual: list[float]
    """The same in each week after it."""
    faster: float
    """In one case of ten more than exp(this) times the middle is spent in the long run ..."""
    faster_soon: float
    """... and by so much less soon: a burst is yet to come."""
    slower: float
    """In one case of ten less than exp(-this) times the middle is spent in the long run ..."""
    slower_soon: float
    """... and by so much less soon: a pause is not made up for yet."""

    def middle(self, hours: float) -> float:
        """Return the middle value of what is spent within ``hours``."""
        if hours < _DEVIATING_HOURS:
            return _between(self.deviating, hours)
        weeks, rest = divmod(hours - _DEVIATING_HOURS, WEEK)
        return self.deviating[-1] + weeks * self.usual[-1] + _between(self.usual, rest)

    def most(self, hours: float) -> float:
        """Return what is exceeded in one case of ten."""
        return self.middle(hours) * exp(self.faster - self.faster_soon * _soon(hours))

    def least(self, hours: float) -> float:
        """Return what is exceeded in nine cases of ten."""
        return self.middle(hours) * exp(-self.slower - self.slower_soon * _soon(hours))


def pace_of(spending: HourlySpending) -> Pace:
    """Tell the pace from at least a day of spending, of which not all hours are zero."""
    rhythm = rhythm_of(spending)
    usual = rhythm.before(len(spending.hours))
    steadiness = steadiness_of(spending, usual)
    move = _move(spending.hours, usual)
    belief = move**2 / (move**2 + (_MOVE_DOUBT * steadiness.changeability) ** 2)
    shift = move * belief
    deviation = _deviation(spending.hours, usual, shift)
    deviation /= 1 + (steadiness.roughness / _PERSISTENCE_ROUGHNESS) ** 2
    rough = min(steadiness.roughness, _ROUGHNESS_CAP) ** 2
    unsteady = min(steadiness.unsteadiness, _UNSTEADINESS_CAP) ** 2
    # Both ways stay possible: back to the old level, and wholly on to the new one.
    back, onward = abs(shift), abs(shift) * (1 - belief)
    few_days = _ONE_DAY_SEEN * DAY / len(spending.hours)
    return Pace(
        deviating=_cumulated(rhythm, shift, deviation, _DEVIATING_HOURS),
        usual=_cumulated(rhythm, shift, 0.0, WEEK),
        faster=_FASTER
        + (_FASTER_AT_ONCE + _FASTER_WITH_TIME) * unsteady
        + few_days
        + (onward if shift > 0 else back),
        faster_soon=_FASTER_WITH_TIME * unsteady,
        slower=_SLOWER + _SLOWER_WITH_TIME * unsteady + few_days + (back if shift > 0 else onward),
        # Never below zero: what is spent at least must grow with time.
        slower_soon=max(_SLOWER_AT_ONCE * rough - _SLOWER_WITH_TIME * unsteady, 0.0),
    )


def _soon(hours: float) -> float:
    """Return 1 for now, falling to 0 as independent days add up."""
    return 1 / sqrt(1 + hours / DAY)


def _move(hours: Sequence[float], usual: Sequence[float]) -> float:
    """Return by how much the typical hour of late differs from that of the weeks, as logarithm."""
    # Of one huge hour the root hardly moves the mean.
    roots = list(map(sqrt, map(mul, hours, usual)))
    late, long = (
        _decayed_sum(roots, decay) / _decayed_weeks(usual, decay) for decay in _MOVE_DECAYS
    )
    move = 2 * log((late + _MOVE_NOTHING) / (long + _MOVE_NOTHING))
    return min(max(move, -_MOVE_CAP), _MOVE_CAP)


def _decayed_sum(values: Sequence[float], decay: float) -> float:
    """Return the sum in which each of the values counts ``decay`` times the one before."""
    total = 0.0
    for value in reversed(values):
        total = total * decay + value
    return total


def _decayed_weeks(usual: Sequence[float], decay: float) -> float:
    """Return the same of values that repeat after a week."""
    weeks, rest = divmod(len(usual), WEEK)
    week, passed = decay**WEEK, decay ** (WEEK * weeks)
    whole = _decayed_sum(usual[:WEEK], decay) * (1 - passed) / (1 - week) if weeks else 0.0
    return whole + passed * _decayed_sum(usual[:rest], decay)


def _deviation(hours: Sequence[float], usual: Sequence[float], shift: float) -> float:
    """Return by how much the last hours differ from what is now usual, as a logarithm."""
    prior = _RECENT_PRIOR * sum(usual) / len(usual)
    actual = prior + _decayed_sum(hours[:_RECENT_SPAN], _RECENT_DECAY)
    expected = prior + _decayed_sum(usual[:_RECENT_SPAN], _RECENT_DECAY) * exp(shift)
    return _RECENT_CAP * tanh(log(actual / expected) / _RECENT_CAP)


def _cumulated(rhythm: Rhythm, shift: float, deviation: float, count: int) -> list[float]:
    """Return what is spent by the end of each hour to come, while the deviation fades."""
    deviations = accumulate(repeat(_PERSISTENCE_DECAY, count - 1), mul, initial=deviation)
    moved = exp(shift)
    factors = repeat(moved) if deviation == 0 else map(mul, repeat(moved), map(exp, deviations))
    return list(accumulate(map(mul, rhythm.ahead(count), factors), initial=0.0))


def _between(cumulated: Sequence[float], hours: float) -> float:
    hour = int(hours)
    before = cumulated[hour]
    return before + (hours - hour) * (cumulated[hour + 1] - before)
