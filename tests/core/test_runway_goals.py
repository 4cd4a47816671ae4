"""How well the forecast does on made-up accounts of five kinds: the goals of the benchmark.

It guards against spoiling the forecast. The judge is the benchmark on real traces: people change
their habits, made-up ones do not, so that here the range holds a little too often.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

import pytest

from tests.benchmarks.forecast_score import Score, Trial, score_of, trials_of
from tests.benchmarks.runway import missed_goals
from tests.benchmarks.spend_trace import SpendTrace
from tests.core.spending_habits import HABITS, HOUR, habit_units

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAYS: Final = 56
_MOMENTS: Final = 60
_HOUR_SECONDS: Final = round(HOUR.total_seconds())


def _traces(seed: int) -> Sequence[SpendTrace]:
    return [
        SpendTrace.of_steps(
            habit.name,
            (
                (hour * _HOUR_SECONDS, units)
                for hour, units in enumerate(habit_units(habit, seed, _DAYS))
            ),
        )
        for habit in HABITS
    ]


@pytest.mark.parametrize("uniform", [False, True], ids=["log-uniform", "uniform"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_forecast_meets_its_goals(seed: int, *, uniform: bool) -> None:
    everything: list[Trial] = []
    scores: dict[str, Score] = {}
    for trace in _traces(seed):
        rng = random.Random(f"{seed} {trace.name}")  # noqa: S311 — no secret
        trials = trials_of(trace.moments(rng, _MOMENTS, uniform=uniform))
        scores[trace.name] = score_of(trials)
        everything += trials
    assert missed_goals(score_of(everything), scores) == []


def test_each_missed_goal_is_named() -> None:
    poor = Score(coverage=0.6, error=0.4, width=2.6, week_error=0.41, day_error=0.5)
    assert missed_goals(poor, {"one": poor}) == [
        "coverage 0.600 is not within 0.74 to 0.86",
        "one: coverage 0.600 is below 0.65",
        "the error is 0.976 of the better rule's, more than 0.95",
        "width 2.60 is more than 2.5",
    ]


def test_ranges_that_hold_too_much_miss_the_goal() -> None:
    vague = Score(coverage=0.9, error=0.2, width=2.4, week_error=0.4, day_error=0.5)
    assert missed_goals(vague, {"one": vague}) == ["coverage 0.900 is not within 0.74 to 0.86"]
