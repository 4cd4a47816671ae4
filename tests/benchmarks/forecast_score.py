"""How good forecasts were: coverage, error and width, beside two simple rules."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.runway import Lasting, runway_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.spend_trace import Moment

_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_DETAIL: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast beside the truth; errors are |ln(forecast/truth)|."""

    covered: bool
    error: float
    width: float
    week_error: float
    day_error: float


@dataclass(frozen=True, slots=True)
class Score:
    """Coverage of the 80 % range; medians of error, width and the simple rules' errors."""

    coverage: float
    error: float
    width: float
    week_error: float
    day_error: float

    @property
    def error_to_better_rule(self) -> float:
        return self.error / min(self.week_error, self.day_error)


def trial_of(moment: Moment, *, is_condensed: bool = False) -> Trial:
    """Forecast at the moment, as the program does where what is older than two days is condensed.

    The simple rules know every spend. Raises TypeError where no forecast can be made.
    """
    spends = moment.spends
    if is_condensed:
        spends = spends.condensed(spends[-1].ends - _DETAIL)
    runway = runway_of(spends, moment.available)
    if not isinstance(runway, Lasting):
        raise TypeError(f"no forecast: {runway}")
    return Trial(
        covered=runway.low <= moment.lasted <= runway.high,
        error=_error(runway.middle, moment.lasted),
        width=runway.high / runway.low,
        week_error=_error(moment.mean_runway(_WEEK), moment.lasted),
        day_error=_error(moment.mean_runway(_DAY), moment.lasted),
    )


def trials_of(moments: Iterable[Moment], *, is_condensed: bool = False) -> list[Trial]:
    """Forecast at each moment."""
    return [trial_of(moment, is_condensed=is_condensed) for moment in moments]


def score_of(trials: Sequence[Trial]) -> Score:
    """Sum up at least one trial."""
    return Score(
        coverage=sum(trial.covered for trial in trials) / len(trials),
        error=statistics.median(trial.error for trial in trials),
        width=statistics.median(trial.width for trial in trials),
        week_error=statistics.median(trial.week_error for trial in trials),
        day_error=statistics.median(trial.day_error for trial in trials),
    )


def _error(forecast: timedelta | None, truth: timedelta) -> float:
    # A rule that has seen no spending says "for ever".
    return math.inf if forecast is None else abs(math.log(forecast / truth))
