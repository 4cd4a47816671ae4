"""How long the details window takes from being opened to being painted, with years behind it."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from tests.benchmarks.chapter import Chapter, in_turn, spread
from tests.benchmarks.contestants import ROOT, python_path
from tests.benchmarks.long_history import fill_folded
from tests.desktop.session import DesktopSession
from tray_app.adapters.paths import HISTORY_NAME

if TYPE_CHECKING:
    from tests.benchmarks.chapter import Plan

_YEARS: Final = (1, 5)


class Opened(TypedDict):
    """Milliseconds, as the program that is measured tells them."""

    first: float
    again: list[float]
    year: list[float]


def measure(plan: Plan) -> Chapter:
    """Open the window in processes that take turns: one with a year, one with five."""
    with DesktopSession() as desktop, tempfile.TemporaryDirectory() as folder:
        paths = {years: Path(folder) / f"{years}-{HISTORY_NAME}" for years in _YEARS}
        for years, path in paths.items():
            fill_folded(path, years)
        runs = in_turn(
            {str(years): partial(_run, desktop, path) for years, path in paths.items()},
            plan.rounds,
        )
    return Chapter(
        "Details window",
        ("years of history", "first opened, ms", "opened again, ms", "chart of a year shown, ms"),
        tuple(
            (
                years,
                spread([run["first"] for run in each]),
                spread([statistics.median(run["again"]) for run in each]),
                spread([statistics.median(run["year"]) for run in each]),
            )
            for years, each in runs.items()
        ),
        (),
        (
            (
                "From the click to the painted chart on a real X server, the history's thread and "
                "the loading of the window's modules included."
            ),
        ),
    )


def _run(desktop: DesktopSession, path: Path) -> Opened:
    command = [sys.executable, "-m", "tests.benchmarks.details_program", str(path)]
    program = desktop.start(command, python_path(ROOT))
    assert program.wait_exit(60) == 0, program.stderr
    figures: Opened = json.loads(program.stdout)
    return figures
