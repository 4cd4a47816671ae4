"""Measures how light the program is, beside a bare script and a tray in C++.

Run as ``python3 dev.py bench [--short] [--rounds N] [--program PATH] [NAME…]`` on Linux. All
benchmarks together write ``docs/performance.md``, which says where it was shortened; some of them
print their tables alone. It ends with 0 whether goals are reached or not: the page says so, and
what does not depend on the machine is held by the tests (``tests/budgets``).
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import (
    command_line,
    costs,
    details_window,
    idle,
    memory,
    one_reading,
    quitting,
    sizes,
    start,
)
from tests.benchmarks.chapter import Plan
from tests.benchmarks.contestants import ROOT
from tests.benchmarks.page import facts, page, text_of
from tests.desktop.requirements import missing_requirements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.benchmarks.chapter import Chapter

BENCHMARKS: Final[Mapping[str, Callable[[Plan], Chapter]]] = {
    "start": start.measure,
    "memory": memory.measure,
    "idle": idle.measure,
    "reading": one_reading.measure,
    "quit": quitting.measure,
    "command-line": command_line.measure,
    "details": details_window.measure,
    "size": sizes.measure,
    "start-steps": costs.measure_steps,
    "imports": costs.measure_imports,
    "mappings": costs.measure_mappings,
}
_ROUNDS: Final = 9
_FEW_ROUNDS: Final = 3
_PAGE: Final = ROOT / "docs/performance.md"
_REMARKS: Final = ROOT / "tests/benchmarks/remarks.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was named, or all."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--short", action="store_true", help="less of everything: minutes, rounds, readings"
    )
    parser.add_argument("--rounds", type=int, help=f"{_ROUNDS} unless told, short {_FEW_ROUNDS}")
    parser.add_argument(
        "--program",
        action="append",
        default=[],
        type=Path,
        help="a built program whose start and memory are measured, too; may be given again",
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    missing = missing_requirements()
    if missing:
        print("The benchmarks need", ", ".join(missing), file=sys.stderr)
        return 1
    plan = Plan(
        options.rounds or (_FEW_ROUNDS if options.short else _ROUNDS),
        options.short,
        tuple(options.program),
    )
    known = facts(plan, datetime.now(UTC))
    chapters = [_measured(name, plan) for name in options.names or BENCHMARKS]
    if not options.names:
        _PAGE.write_text(page(chapters, known, _REMARKS.read_text(encoding="utf-8")), "utf-8")
        print(f"written: {_PAGE.relative_to(ROOT)}")
    return 0


def _measured(name: str, plan: Plan) -> Chapter:
    print(f"{name} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    chapter = BENCHMARKS[name](plan)
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(text_of(chapter), flush=True)
    for goal in chapter.goals:
        outcome = "reached" if goal.is_reached else "NOT REACHED"
        print(f"goal {goal.what} {goal.limit}: {goal.figure}, {outcome}", flush=True)
    return chapter


if __name__ == "__main__":
    sys.exit(main())
