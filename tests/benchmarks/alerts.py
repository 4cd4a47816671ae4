"""How well a spending spike is told, measured on traces of spending with injected runaways.

Run as ``python -m tests.benchmarks.alerts [--curve] FOLDER [RUNAWAYS [SEED …]]``. FOLDER holds CSV
files with the columns ``seconds`` and ``spent`` (1/10000 USD); NOVITA_TRAY_TRACES names it where
none is given. Every trace is replayed through the program's own rule at each of its readings,
which come every five minutes, and what is older than two days is condensed to hours, as in the
program. Then RUNAWAYS are injected with each seed, at readings drawn uniformly: for 20 minutes
spending runs at ten times what is usual at that hour of that weekday, or as it was where that is
more. ``tests.benchmarks.spend_alarm`` says what an idle account's runaway is.

"Usual" is what the account's rhythm had taught until then; nothing looks ahead. The column "means"
has what is found of runaways whose usual is told by plain means instead: they differ from the
rhythm by a third in the middle, both being estimates. A runaway below a dollar an hour is no
spike by the rule, being cheap; it is left out of "found" and "means", and counted in "of all",
where it is missed.

"alarms" are those of the untouched trace, a week. Some of them tell of what a runaway is: 20
minutes at ten times the usual. Those are no false ones, since nobody could tell them from an
injected one. "delay" is the median, in minutes. Two simple rules stand beside: five times the mean
of seven days, and of 24 hours. ``--curve`` repeats the program's figures for other factors.
Ends with 1 where a goal is missed: 95 % of all found at the second reading, one false alarm a week
on each trace.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.spend_alarm import (
    History,
    MeanRule,
    ProgramRule,
    is_natural_runaway,
    readings_until_told,
    replay,
    runaways,
)
from tests.benchmarks.spend_trace import read_traces
from tray_app.core.money import Usd
from tray_app.core.spend import Spend
from tray_app.core.spike import LEAST_FACTOR, LEAST_PACE, spike_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.benchmarks.spend_alarm import Rule, Runaway
    from tests.benchmarks.spend_trace import SpendTrace

_RUNAWAYS: Final = 100
_SEEDS: Final = (1, 2, 3)
_READINGS: Final = 2
_READING_MINUTES: Final = 5
_FOUND: Final = 0.95
_FALSE_ALARMS: Final = 1.0
_CURVE: Final = "--curve"
_FACTORS: Final = (5.0, 6.0, 7.0, 8.0, 9.0)
_LEAST: Final = LEAST_PACE.ratio_to(Usd.of_cents(1_00))
_MUCH: Final = Usd.of_cents(50_00)
_TIMED: Final = 50
_SIMPLE: Final = (MeanRule(timedelta(days=7)), MeanRule(timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Score:
    """How one rule did on one trace; ``told`` has the reading of each runaway, infinite if none."""

    alarms: float
    false_alarms: float
    told: Sequence[float]
    told_of_costly: Sequence[float]
    told_by_means: Sequence[float]


def found(told: Sequence[float]) -> float:
    """Return the share that was told of within two readings."""
    return sum(reading <= _READINGS for reading in told) / max(len(told), 1)


def missed_goals(costly: Sequence[float], false_alarms: Mapping[str, float]) -> list[str]:
    """Return a sentence on each goal that is missed."""
    missed = []
    if found(costly) < _FOUND:
        missed.append(f"{found(costly):.1%} found is below {_FOUND:.0%}")
    missed += [
        f"{name}: {count:.2f} false alarms a week are more than {_FALSE_ALARMS:.0f}"
        for name, count in false_alarms.items()
        if count > _FALSE_ALARMS
    ]
    return missed


def main() -> int:
    """Measure, print the tables and what was missed."""
    words = sys.argv[1:]
    is_curve = _CURVE in words
    folder, count, seeds = _arguments([word for word in words if word != _CURVE])
    traces = read_traces(folder)
    if not traces:
        sys.exit(f"no traces in {folder}")
    injected = {trace.name: _injected(trace, count, seeds) for trace in traces}
    print(f"{count} runaways a trace with each of the seeds {', '.join(map(str, seeds))}")
    missed = _report(traces, injected, ProgramRule(LEAST_FACTOR))
    for rule in _SIMPLE:
        print(f"\nfive times the mean of {rule.span // timedelta(hours=1)} hours")
        _report(traces, injected, rule)
    if is_curve:
        for factor in _FACTORS:
            print(f"\nthe program's rule at {factor:.1f} times the usual")
            _report(traces, injected, ProgramRule(factor))
    _time(traces)
    print("\nall goals are met" if not missed else "\n" + "\n".join(missed))
    return 1 if missed else 0


def _arguments(words: Sequence[str]) -> tuple[Path, int, Sequence[int]]:
    folder = words[0] if words else os.environ.get("NOVITA_TRAY_TRACES")
    if folder is None:
        sys.exit("name a folder of traces, or set NOVITA_TRAY_TRACES")
    count = int(words[1]) if len(words) > 1 else _RUNAWAYS
    return Path(folder), count, [int(word) for word in words[2:]] or _SEEDS


def _injected(trace: SpendTrace, count: int, seeds: Sequence[int]) -> list[Runaway]:
    injected: list[Runaway] = []
    for seed in seeds:
        # Each trace has its own moments, whichever others are in the folder.
        rng = random.Random(f"{seed} {trace.name}")  # noqa: S311 — no secret
        injected += runaways(trace, rng, count)
    return injected


def _report(
    traces: Sequence[SpendTrace], injected: Mapping[str, Sequence[Runaway]], rule: Rule
) -> list[str]:
    print(f"{'':12}  found  delay  means  of all  alarms  false")
    scores = {}
    for trace in traces:
        scores[trace.name] = _score(trace, injected[trace.name], rule)
        _print(trace.name, scores[trace.name])
    everything = Score(
        alarms=statistics.mean(score.alarms for score in scores.values()),
        false_alarms=statistics.mean(score.false_alarms for score in scores.values()),
        told=[reading for score in scores.values() for reading in score.told],
        told_of_costly=[reading for score in scores.values() for reading in score.told_of_costly],
        told_by_means=[reading for score in scores.values() for reading in score.told_by_means],
    )
    _print("all", everything)
    return missed_goals(
        everything.told_of_costly, {name: score.false_alarms for name, score in scores.items()}
    )


def _print(name: str, score: Score) -> None:
    delay = statistics.median_low(score.told_of_costly or [inf]) * _READING_MINUTES
    print(
        f"{name:12}  {found(score.told_of_costly):5.1%}  {delay:5.0f}"
        f"  {found(score.told_by_means):5.1%}  {found(score.told):6.1%}"
        f"  {score.alarms:6.2f}  {score.false_alarms:5.2f}",
        flush=True,
    )


def _score(trace: SpendTrace, injected: Sequence[Runaway], rule: Rule) -> Score:
    before = replay(trace, rule)

    def told(runaway: Runaway, pace: float) -> float:
        return readings_until_told(trace, runaway, pace, rule, before) or inf

    false = [alarm for alarm in before.alarms if not is_natural_runaway(trace, alarm)]
    all_told = [told(runaway, runaway.pace) for runaway in injected]
    return Score(
        alarms=len(before.alarms) / before.weeks,
        false_alarms=len(false) / before.weeks,
        told=all_told,
        told_of_costly=[
            reading
            for runaway, reading in zip(injected, all_told, strict=True)
            if runaway.pace >= _LEAST
        ],
        told_by_means=[
            told(runaway, runaway.pace_by_means)
            for runaway in injected
            if runaway.pace_by_means >= _LEAST
        ],
    )


def _time(traces: Sequence[SpendTrace]) -> None:
    """Print how long a reading takes that must be compared with the rhythm."""
    trace = max(traces, key=lambda trace: len(trace.spends))
    known = History(trace.spends).after(len(trace.spends))
    last = known[-1]
    for index in range(_READINGS):
        begins = last.ends + index * last.length
        known = known.followed_by(Spend(begins, begins + last.length, _MUCH))
    milliseconds = []
    for _ in range(_TIMED):
        began = time.process_time()
        spike_of(known)
        milliseconds.append((time.process_time() - began) * 1000)
    print(
        f"\n{len(known)} spends: a look takes {statistics.median(milliseconds):.1f} ms "
        f"({min(milliseconds):.1f} to {max(milliseconds):.1f})"
    )


if __name__ == "__main__":
    sys.exit(main())
