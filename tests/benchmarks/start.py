"""From the start of the process to the icon on the bus, and to the first figure in it.

Warm, and with the files of the start put out of the system's memory. The icon is there when the
panel's watcher says so; the figure, when the icon's tooltip begins with it.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chapter import Chapter, at_most, in_turn, ratio, spread
from tests.benchmarks.contestants import BARE, CPP, OURS, contestants, cpp_tray
from tests.benchmarks.page_cache import evict, files_of_start, major_faults
from tests.benchmarks.process_figures import activity_of
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import ITEM_INTERFACE, WATCHER, items, wait_for_item
from tests.desktop.tray_program import KEY, balance_of
from tests.desktop.waiting import wait_for
from tray_app.adapters.binding_code import FILE_NAME as CODE_NAME
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.chapter import Plan
    from tests.benchmarks.contestants import Contestant

_GOAL: Final = 1.10
_WITHIN: Final = 30.0
_FIGURE: Final = "$12.34"
_COLUMNS: Final = ("", "warm, ms", "× bare", "CPU, ms", "× bare", "cold, ms", "× bare")


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds since the process was started; ``figure`` is zero where none is shown."""

    icon: float
    figure: float
    cpu: float
    """Of the processor, until the icon."""
    faults: int


def started(desktop: DesktopSession, contestant: Contestant, cold: Sequence[Path] = ()) -> Start:
    """Start it, see its icon and, where it shows one, its figure; end it."""
    evict(cold)
    bus = desktop.bus
    with (
        bus.listening(WATCHER, "StatusNotifierItemRegistered") as registered,
        bus.listening(ITEM_INTERFACE, "NewToolTip") as told,
    ):
        began = time.perf_counter()
        program = contestant.start(desktop)
        registered.next(_WITHIN)
        icon = time.perf_counter() - began
        cpu = activity_of(program.pid).cpu_ms
        item = wait_for_item(bus, program.pid)
        figure = 0.0
        if contestant.asks:
            while not item.tooltip.title.startswith(_FIGURE):
                told.next(_WITHIN)
            figure = time.perf_counter() - began
    faults = major_faults(program.pid)
    program.end()
    wait_for(lambda: not items(bus), 10, "the icon has gone")
    return Start(icon * 1000, figure * 1000, cpu, faults)


def measure(plan: Plan) -> Chapter:
    """Measure all in turn, warm and cold."""
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        all_of_them = contestants(simulator.url, plan.programs)
        files = _files(desktop, all_of_them)
        warm = in_turn(_measured(desktop, all_of_them, ()), plan.rounds)
        cold = in_turn(_measured(desktop, all_of_them, files), plan.rounds)
    icons_warm = {name: [start.icon for start in starts] for name, starts in warm.items()}
    icons_cold = {name: [start.icon for start in starts] for name, starts in cold.items()}
    cpu = {name: [start.cpu for start in starts] for name, starts in warm.items()}
    rows = [
        (
            f"{name}: icon",
            *(spread(icons_warm[name]), _times(icons_warm, name)),
            *(spread(cpu[name]), _times(cpu, name)),
            *(spread(icons_cold[name]), _times(icons_cold, name)),
        )
        for name in warm
    ]
    for name in (each.name for each in all_of_them if each.asks):
        figures = [[start.figure for start in starts[name]] for starts in (warm, cold)]
        rows.append(
            (
                f"{name}: first figure",
                *(spread(figures[0]), f"{ratio(figures[0], icons_warm[BARE]):.2f}"),
                *("", ""),
                *(spread(figures[1]), f"{ratio(figures[1], icons_cold[BARE]):.2f}"),
            )
        )
    return Chapter(
        "Start",
        _COLUMNS,
        tuple(rows),
        (
            at_most("icon, warm", _GOAL, ratio(icons_warm[OURS], icons_warm[BARE]), "× bare"),
            at_most("icon, cold", _GOAL, ratio(icons_cold[OURS], icons_cold[BARE]), "× bare"),
        ),
        tuple(_notes(cold)),
    )


def _notes(cold: dict[str, list[Start]]) -> list[str]:
    faults = ", ".join(
        f"{name} {statistics.median(start.faults for start in starts):.0f}"
        for name, starts in cold.items()
    )
    notes = [
        (
            "Any start but the first, which compiles what the binding brings as source, as the "
            "bare script does at each; from the second on the program has it in a file."
        ),
        (
            "Cold: Python, its packages and libraries are put out of the page cache before each "
            "start (`posix_fadvise`); what running programs map, such as the C library, stays. "
            f"Waits for the disk (major page faults): {faults}."
        ),
        "First figure: from a server on loopback, without TLS, key from the environment.",
    ]
    tray = cpp_tray()
    if tray.path is None:
        notes.append(f"{CPP}: not measured; {tray.why_not}.")
    return notes


def _measured(
    desktop: DesktopSession, those: Sequence[Contestant], cold: Sequence[Path]
) -> dict[str, partial[Start]]:
    return {each.name: partial(started, desktop, each, cold) for each in those}


def _files(desktop: DesktopSession, those: Sequence[Contestant]) -> list[Path]:
    """Return what a start reads.

    Each is started before, which warms what is measured warm and lets it keep what later starts
    use.
    """
    files: set[Path] = set()
    for each in those:
        started(desktop, each)
        program = each.start(desktop)
        wait_for_item(desktop.bus, program.pid)
        files |= set(files_of_start([program.pid]))
        program.end()
        wait_for(lambda: not items(desktop.bus), 10, "the icon has gone")
    # Whatever else a program keeps of its own is another file at each start.
    kept = desktop.home.rglob(CODE_NAME)
    return sorted({path for path in files if desktop.root not in path.parents} | set(kept))


def _times(figures: dict[str, list[float]], name: str) -> str:
    return "1" if name == BARE else f"{ratio(figures[name], figures[BARE]):.2f}"
