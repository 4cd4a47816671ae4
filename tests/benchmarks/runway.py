"""How well the runway is forecast, measured on traces of spending.

Run as ``python -m tests.benchmarks.runway [--condensed] FOLDER [MOMENTS [SEED …]]``. FOLDER holds
CSV files with the columns ``seconds`` and ``spent`` (1/10000 USD); NOVITA_TRAY_TRACES names it
where none is given. At MOMENTS random moments of each trace, with 3 to 28 days behind and 0.3 to 12
days ahead, drawn once log-uniform and once uniform, the forecast is compared with what came. With
``--condensed`` it knows of what is older than two days only hours, as the running program does.
Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.forecast_score import score_of, trials_of
from tests.benchmarks.spend_trace import read_traces
from tray_app.core.runway import runway_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.benchmarks.forecast_score import Score, Trial
    from tests.benchmarks.spend_trace import SpendTrace

_MOMENTS: Final = 300
_SEEDS: Final = (1, 2, 3)
_COVERAGE: Final = (0.74, 0.86)
_LEAST_COVERAGE: Final = 0.65
_ERROR_TO_BETTER_RULE: Final = 0.95
_WIDTH: Final = 2.5
_TIMED: Final = 50
_CONDENSED: Final = "--condensed"


def missed_goals(overall: Score, traces: Mapping[str, Score]) -> list[str]:
    """Return a sentence on each goal that the scores miss."""
    missed = []
    lowest, highest = _COVERAGE
    if not lowest <= overall.coverage <= highest:
        missed.append(f"coverage {overall.coverage:.3f} is not within {lowest} to {highest}")
    missed += [
        f"{name}: coverage {score.coverage:.3f} is below {_LEAST_COVERAGE}"
        for name, score in traces.items()
        if score.coverage < _LEAST_COVERAGE
    ]
    if overall.error_to_better_rule > _ERROR_TO_BETTER_RULE:
        missed.append(
            f"the error is {overall.error_to_better_rule:.3f} of the better rule's, "
            f"more than {_ERROR_TO_BETTER_RULE}"
        )
    if overall.width > _WIDTH:
        missed.append(f"width {overall.width:.2f} is more than {_WIDTH}")
    return missed


def main() -> int:
    """Measure with each seed and both draws, print the tables and what was missed."""
    words = sys.argv[1:]
    is_condensed = _CONDENSED in words
    folder, moments, seeds = _arguments([word for word in words if word != _CONDENSED])
    traces = read_traces(folder)
    if not traces:
        sys.exit(f"no traces in {folder}")
    missed = []
    for uniform in (False, True):
        for seed in seeds:
            draw = "uniform" if uniform else "log-uniform"
            print(f"\nseed {seed}, {draw} time ahead, {moments} moments a trace")
            trials = {
                trace.name: trials_of(
                    # Each trace has its own moments, whichever others are in the folder.
                    trace.moments(
                        random.Random(f"{seed} {trace.name}"),  # noqa: S311 — no secret
                        moments,
                        uniform=uniform,
                    ),
                    is_condensed=is_condensed,
                )
                for trace in traces
            }
            missed += [f"seed {seed}, {draw}: {what}" for what in _report(trials)]
    _time(traces)
    print("\nall goals are met" if not missed else "\n" + "\n".join(missed))
    return 1 if missed else 0


def _arguments(words: Sequence[str]) -> tuple[Path, int, Sequence[int]]:
    folder = words[0] if words else os.environ.get("NOVITA_TRAY_TRACES")
    if folder is None:
        sys.exit("name a folder of traces, or set NOVITA_TRAY_TRACES")
    moments = int(words[1]) if len(words) > 1 else _MOMENTS
    return Path(folder), moments, [int(word) for word in words[2:]] or _SEEDS


def _report(trials: Mapping[str, Sequence[Trial]]) -> list[str]:
    scores = {name: score_of(some) for name, some in trials.items()}
    overall = score_of(list(chain.from_iterable(trials.values())))
    print(f"{'':12}  coverage  width  error  7-day mean  24 hours  to better")
    for name, score in (*scores.items(), ("all", overall)):
        print(
            f"{name:12}  {score.coverage:8.3f}  {score.width:5.2f}  {score.error:5.3f}"
            f"  {score.week_error:10.3f}  {score.day_error:8.3f}"
            f"  {score.error_to_better_rule:9.2f}"
        )
    return missed_goals(overall, scores)


def _time(traces: Sequence[SpendTrace]) -> None:
    trace = max(traces, key=lambda trace: len(trace.spends))
    moment = next(trace.moments(random.Random(1), 1, uniform=True))  # noqa: S311 — no secret
    milliseconds = []
    for _ in range(_TIMED):
        began = time.process_time()
        runway_of(trace.spends, moment.available)
        milliseconds.append((time.process_time() - began) * 1000)
    print(
        f"\n{len(trace.spends)} spends in {trace.spends[-1].ends - trace.spends[0].begins}: "
        f"a forecast takes {statistics.median(milliseconds):.1f} ms "
        f"({min(milliseconds):.1f} to {max(milliseconds):.1f})"
    )


if __name__ == "__main__":
    sys.exit(main())
