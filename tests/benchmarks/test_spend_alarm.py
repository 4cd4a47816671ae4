from __future__ import annotations

import random
from datetime import timedelta
from math import inf

import pytest

from tests.benchmarks.alerts import found, missed_goals
from tests.benchmarks.spend_alarm import (
    MeanRule,
    ProgramRule,
    is_natural_runaway,
    readings_until_told,
    replay,
    runaways,
    usual_as_learnt,
    usual_by_means,
)
from tests.benchmarks.spend_trace import SpendTrace
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spike import LEAST_FACTOR

_DAY = 288
_PROGRAM = ProgramRule(LEAST_FACTOR)
_MEAN = MeanRule(timedelta(days=1))


def trace_of(units: list[int]) -> SpendTrace:
    return SpendTrace.of_steps("made up", [(300 * row, spent) for row, spent in enumerate(units)])


def with_bursts(lengths: list[int]) -> SpendTrace:
    """Return six days at 60 cents an hour; from the fourth on it runs at $12 so many times."""
    units = [500] * (6 * _DAY)
    for number, length in enumerate(lengths):
        first = 3 * _DAY + 100 * number
        units[first : first + length] = [10_000] * length
    return trace_of(units)


@pytest.mark.parametrize("rule", [_PROGRAM, _MEAN], ids=["program", "mean"])
def test_each_episode_is_told_once(rule: ProgramRule | MeanRule) -> None:
    trace = with_bursts([6, 12])
    before = replay(trace, rule)
    assert len(before.alarms) == 2
    assert before.weeks == pytest.approx(5 / 7)
    assert all(alarm in before.on for alarm in before.alarms)
    assert 3 * _DAY + 50 not in before.on


def test_a_natural_runaway_is_no_false_alarm_and_a_short_burst_is() -> None:
    trace = with_bursts([6, 2])
    long, short = replay(with_bursts([6, 2]), _PROGRAM).alarms
    assert is_natural_runaway(trace, long)
    # Two readings at twenty times the usual are as much as 20 minutes at ten times.
    assert is_natural_runaway(trace, short)
    milder = trace_of([500] * 3 * _DAY + [4_500] * 2 + [500] * _DAY)
    (alarm,) = replay(milder, _PROGRAM).alarms
    assert not is_natural_runaway(milder, alarm)


def test_a_runaway_is_ten_times_the_usual_and_told_at_its_second_reading() -> None:
    trace = trace_of([500] * (6 * _DAY))
    before = replay(trace, _PROGRAM)
    some = list(runaways(trace, random.Random(1), 20))  # noqa: S311 — no secret
    assert [runaway.first for runaway in some] == sorted(runaway.first for runaway in some)
    for runaway in some:
        assert runaway.first >= 3 * _DAY
        assert runaway.pace == pytest.approx(6.0, rel=0.06)
        assert runaway.pace_by_means == pytest.approx(6.0, rel=0.02)
        assert readings_until_told(trace, runaway, runaway.pace, _PROGRAM, before) == 2
        assert readings_until_told(trace, runaway, 2.0, _PROGRAM, before) is None


def test_where_nothing_is_usual_a_runaway_is_ten_times_the_active_pace() -> None:
    """Twelve hours at $1.20 and days with nothing: in the other half of the day usual is zero."""
    trace = trace_of([1_000] * 144 + [0] * (5 * _DAY + 144))
    some = list(runaways(trace, random.Random(1), 20))  # noqa: S311 — no secret
    idle = [runaway.pace_by_means for runaway in some if 144 <= runaway.first % _DAY <= 276]
    assert idle
    assert idle == [pytest.approx(12.0, rel=0.1)] * len(idle)


def test_both_ways_tell_the_hours_of_the_day() -> None:
    day = [100] * 144 + [1_000] * 144
    spends = trace_of(day * 21).spends
    # The next hour is the first of the cheap half, or of the dear one.
    for usual in (usual_as_learnt, usual_by_means):
        assert usual(spends) < 0.6
        assert usual(spends[:-144]) > 0.7


def test_plain_means_know_the_weekdays() -> None:
    week = [1_000] * _DAY + [100] * (6 * _DAY)
    spends = trace_of(week * 4).spends
    assert usual_by_means(spends) == pytest.approx(1.2, rel=0.01)
    assert (
        usual_by_means(SpendSeries.of([*spends, *trace_of(week * 5).spends[len(spends) :][:_DAY]]))
        < 0.2
    )


def test_missed_goals_are_named() -> None:
    assert found([1, 2, 3, inf]) == 0.5
    assert missed_goals([2] * 19 + [3], {"one": 1.0}) == []
    assert missed_goals([2, 3], {"one": 1.0, "two": 1.25}) == [
        "50.0% found is below 95%",
        "two: 1.25 false alarms a week are more than 1",
    ]
