"""The history's file with five years behind it: its size, and how long each call takes.

Run as ``python -m tests.benchmarks.history [YEARS]``. A reading every five minutes, none equal to
the one before, is what the program keeps most of. What is only read is timed by the processor's
clock, what is written by the one on the wall. Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.long_history import (
    DAY,
    END,
    YEAR,
    append_times,
    chart_times,
    live_through,
    milliseconds_of,
)
from tray_app.adapters.history_csv import write_csv
from tray_app.adapters.history_csv_reader import read_csv
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

YEARS: Final = 5.0
MOST_BYTES: Final = 40_000_000
MOST_APPEND: Final = 5.0
"""Milliseconds, as are the others."""
MOST_CHART: Final = 50.0
_APPENDS: Final = 3000
_ASKED: Final = 30
_LOOK_BACK: Final = timedelta(days=35)


def main() -> int:
    """Build, measure and print; exit code 1 where a goal is missed."""
    years = float(sys.argv[1]) if len(sys.argv) > 1 else YEARS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / HISTORY_NAME
        began = time.monotonic()
        print(f"{years:g} years at one reading every five minutes")
        live_through(path, years, lambda words: print(f"  {words}", flush=True))
        print(f"  lived through in {time.monotonic() - began:.0f} s")
        missed = _measure(path)
    print("all goals are met" if not missed else "\n".join(missed))
    return 1 if missed else 0


def _measure(path: Path) -> list[str]:
    """Print every figure; return a sentence on each goal that is missed."""
    size = path.stat().st_size
    print(f"size: {size / 1e6:.1f} MB (goal: below {MOST_BYTES / 1e6:.0f})")
    with closing(HistoryFile(path, zone=UTC)) as history:
        print(f"open, and the last entry: {milliseconds_of(history.last):.1f} ms")
        appends = append_times(history, _APPENDS)
        print(f"append: {_words(appends)} (goal: {MOST_APPEND:g})")
        year = chart_times(history, YEAR, _ASKED)
        print(f"chart of a year: {_words(year)} (goal: {MOST_CHART:g})")
        for name, span in (("a day", DAY), ("7 days", 7 * DAY), ("30 days", 30 * DAY)):
            print(f"chart of {name}: {_words(chart_times(history, span, _ASKED))}")
        spends = [
            milliseconds_of(lambda: history.spends(END - _LOOK_BACK), time.thread_time)
            for _ in range(_ASKED)
        ]
        print(f"spends of 35 days: {_words(spends)}")
        now = END + _APPENDS * timedelta(minutes=5)
        print(
            f"fold of {(now - END).days} days: {milliseconds_of(lambda: history.fold(now)):.0f} ms"
        )
        _measure_csv(history)
        print(f"delete: {milliseconds_of(history.delete):.0f} ms")
    return [
        f"missed: {what}"
        for what, is_missed in (
            ("size", size >= MOST_BYTES),
            ("append", statistics.median(appends) > MOST_APPEND),
            ("chart of a year", statistics.median(year) > MOST_CHART),
        )
        if is_missed
    ]


def _measure_csv(history: HistoryFile) -> None:
    text = io.StringIO()
    taken = milliseconds_of(lambda: write_csv(text, history.entries()))
    lines = text.getvalue().count("\n") - 1
    print(f"export: {lines} lines, {len(text.getvalue()) / 1e6:.1f} MB, {taken / 1000:.1f} s")
    text.seek(0)
    with closing(HistoryFile(None, zone=UTC)) as copy:
        taken = milliseconds_of(lambda: copy.import_readings(read_csv(text)))
    print(f"import: {taken / 1000:.1f} s")


def _words(milliseconds: Sequence[float]) -> str:
    p99 = statistics.quantiles(milliseconds, n=100)[98]
    middle = statistics.median(milliseconds)
    return f"median {middle:.2f} ms, p99 {p99:.2f}, worst {max(milliseconds):.2f}"


if __name__ == "__main__":
    sys.exit(main())
