"""Where the start's time and the memory go: steps, imports, mappings, the dearest first."""

from __future__ import annotations

import json
import statistics
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chapter import MB, Chapter, number, spread
from tests.benchmarks.contestants import BARE, OURS, ROOT, contestants, ours, python_path
from tests.benchmarks.process_figures import mappings_of
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import items, wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, balance_of, wait_for_amount
from tests.desktop.waiting import wait_for
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from tests.benchmarks.chapter import Plan
    from tests.desktop.program import Program

_MOST_ROWS: Final = 25
_IMPORT: Final = "import time:"
_US_PER_MS: Final = 1000


def measure_steps(plan: Plan) -> Chapter:
    """Take the start apart."""
    command = [sys.executable, "-m", "tests.benchmarks.start_steps", "--api-url"]
    runs = []
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        # The first start keeps bytecode for those that follow.
        contestant = ours(simulator.url)
        first = contestant.start(desktop)
        wait_for_amount(wait_for_item(desktop.bus, first.pid), "$12.34")
        first.end()
        for _ in range(plan.rounds):
            program = desktop.start(
                [*command, simulator.url], {**FROM_ENVIRONMENT, **python_path(ROOT)}
            )
            runs.append(json.loads(wait_for(partial(_told_by, program), 30, "the steps")))
            program.end()
    steps: dict[str, list[float]] = {}
    for run in runs:
        before = 0.0
        for name, at in run:
            steps.setdefault(name, []).append((at - before) * 1000)
            before = at
    totals = [run[-1][1] * 1000 for run in runs]
    return Chapter(
        "What the start is made of",
        ("step", "CPU, ms", "share"),
        (
            *(
                (name, spread(taken), _share(taken, totals))
                for name, taken in sorted(steps.items(), key=lambda one: -statistics.median(one[1]))
            ),
            ("all", spread(totals), "100 %"),
        ),
        (),
        ("CPU time of the whole process, until the icon was handed to Qt.",),
    )


def measure_imports(plan: Plan) -> Chapter:  # noqa: ARG001 — once is enough to rank them
    """Rank what is imported, before the icon and after it."""
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        script = "import tray_app.main, tray_app.arguments, tray_app.tray_process, tray_app.start"
        early_only = desktop.start(
            [sys.executable, "-X", "importtime", "-c", script], python_path(ROOT)
        )
        assert early_only.wait_exit(60) == 0, early_only.stderr
        early = _imports(early_only.stderr)
        contestant = ours(simulator.url)
        python, *arguments = contestant.command
        program = desktop.start([python, "-X", "importtime", *arguments], contestant.env)
        wait_for_amount(wait_for_item(desktop.bus, program.pid), "$12.34")
        everything = _imports(program.stderr)
        program.end()
    late = {name: cost for name, cost in everything.items() if name not in early}
    ranked = [
        (group, when, count, cost)
        for when, part in (("before the icon", early), ("after it", late))
        for group, (count, cost) in _grouped(part).items()
    ]
    ranked.sort(key=lambda row: -row[3])
    return Chapter(
        "What the imports cost",
        ("package", "imported", "modules", "ms"),
        (
            *(
                (f"all {len(part)} modules", when, str(len(part)), number(sum(part.values())))
                for when, part in (("before the icon", early), ("after it", late))
            ),
            *(
                (f"`{group}`", when, str(count), number(cost))
                for group, when, count, cost in ranked[:_MOST_ROWS]
            ),
        ),
        (),
        (
            (
                "By `-X importtime`, once, each module without those that it imports; that switch "
                "makes imports slower itself, by half for small modules."
            ),
        ),
    )


def measure_mappings(plan: Plan) -> Chapter:  # noqa: ARG001 — pages do not depend on the load
    """Rank what the program maps beyond the bare script."""
    found: dict[str, dict[str, int]] = {}
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        for each in contestants(simulator.url):
            program = each.start(desktop)
            item = wait_for_item(desktop.bus, program.pid)
            if each.asks:
                wait_for_amount(item, "$12.34")
            found[each.name] = mappings_of(program.pid)
            program.end()
            wait_for(lambda: not items(desktop.bus), 10, "the icon has gone")
    bare, mine = found[BARE], found[OURS]
    more = {name: size - bare.get(name, 0) for name, size in mine.items()}
    ranked = sorted(more, key=lambda name: -more[name])[:_MOST_ROWS]
    return Chapter(
        "What the memory is made of",
        ("mapping", "program, MB", f"{BARE}, MB", "more, MB"),
        (
            ("all", *_megabytes(sum(mine.values()), sum(bare.values()))),
            *((f"`{name}`", *_megabytes(mine[name], bare.get(name, 0))) for name in ranked),
        ),
        (),
        ("PSS by what is mapped, just after the first figure.",),
    )


def _told_by(program: Program) -> str:
    return program.stdout.strip()


def _megabytes(mine: int, bare: int) -> tuple[str, str, str]:
    return number(mine / MB), number(bare / MB), number((mine - bare) / MB)


def _share(taken: list[float], totals: list[float]) -> str:
    return f"{statistics.median(taken) / statistics.median(totals):.0%}".replace("%", " %")


def _imports(told: str) -> dict[str, float]:
    """Return the milliseconds of each module by itself, from ``-X importtime``."""
    found = {}
    for line in told.splitlines():
        cost, _, rest = line.removeprefix(_IMPORT).partition("|")
        if line.startswith(_IMPORT) and cost.strip().isdecimal():
            found[rest.partition("|")[2].strip()] = int(cost) / _US_PER_MS
    return found


def _grouped(costs: dict[str, float]) -> dict[str, tuple[int, float]]:
    """Add up by package; of the program's and of Qt's the second level counts, too."""
    groups: dict[str, tuple[int, float]] = {}
    for name, cost in costs.items():
        parts = name.split(".")
        group = ".".join(parts[:2] if parts[0] in {"tray_app", "PySide6"} else parts[:1])
        count, sum_so_far = groups.get(group, (0, 0.0))
        groups[group] = count + 1, sum_so_far + cost
    return groups
