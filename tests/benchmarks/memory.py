"""What the program keeps in memory: at rest, after a day, after its windows, and over months."""

from __future__ import annotations

import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chapter import MB, Chapter, Goal, at_most, in_turn, number, ratio, spread
from tests.benchmarks.contestants import BARE, OURS, contestants, ours
from tests.benchmarks.process_figures import figures_of
from tests.benchmarks.slope import slope_of
from tests.benchmarks.soaked import DAY, soaked
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import items, wait_for_item
from tests.desktop.tray_program import KEY, balance_of, wait_for_amount
from tests.desktop.waiting import wait_for
from tests.desktop.windows import press_keys, wait_for_window, window_titles
from tray_app import PROGRAM_NAME
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from tests.benchmarks.chapter import Plan
    from tests.benchmarks.contestants import Contestant
    from tests.benchmarks.process_figures import ProcessFigures
    from tests.desktop.status_notifier import StatusNotifierItem

_GOAL: Final = 1.35
_SETTLING_SECONDS: Final = 3.0
_OPENINGS: Final = 10
_WINDOWS: Final = {"Details…": PROGRAM_NAME, "Settings…": "Settings", "API key…": "API key"}
"""The titles of the windows by the rows that open them."""
_READINGS: Final = 10_000
_FEW_READINGS: Final = 600


def measure(plan: Plan) -> Chapter:
    """Measure at rest in turn, then the windows and the readings of the program alone."""
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        those = contestants(simulator.url, plan.programs)
        at_rest = in_turn(
            {each.name: partial(_at_rest, desktop, each) for each in those}, plan.rounds
        )
        program = ours(simulator.url).start(desktop)
        item = wait_for_item(desktop.bus, program.pid)
        wait_for_amount(item, "$12.34")
        rows = [
            (f"{OURS}: {row} opened and closed ", *_window(desktop, program.pid, item, row, title))
            for row, title in _WINDOWS.items()
        ]
    pss = {name: [each.pss / MB for each in figures] for name, figures in at_rest.items()}
    own = {name: [each.anonymous / MB for each in figures] for name, figures in at_rest.items()}
    samples = soaked(_FEW_READINGS if plan.is_short else _READINGS)
    half = samples[len(samples) // 2 :]
    slope = slope_of(
        [each.finished / 1000 for each in half], [each.process.anonymous / 1024 for each in half]
    )
    # Its own alone: of what is shared its part moves with whoever else runs.
    day = samples[1].process.anonymous - samples[0].process.anonymous
    growth = f"{slope.value:+.1f} ± {slope.error:.1f} kB per 1,000 readings"
    return Chapter(
        "Memory",
        ("", "PSS, MB", "× bare", "of its own, MB"),
        (
            *(
                (
                    f"{name}: at rest" + (" after the first reading" if name == OURS else ""),
                    spread(pss[name]),
                    "1" if name == BARE else f"{ratio(pss[name], pss[BARE]):.2f}",
                    spread(own[name]),
                )
                for name in pss
            ),
            *(
                (
                    f"{OURS} under soak: after {each.finished} "
                    + ("reading" if each.finished == 1 else "readings"),
                    number(each.process.pss / MB),
                    "",
                    number(each.process.anonymous / MB),
                )
                for each in (samples[0], samples[1], samples[-1])
            ),
            *((f"{name}{times}", pss, "", own) for name, times, pss, own in _flat(rows)),
        ),
        (
            at_most("PSS at rest", _GOAL, ratio(pss[OURS], pss[BARE]), "× bare"),
            at_most(
                "PSS at rest and what a day's readings add to it under soak",
                _GOAL,
                (median(pss[OURS]) + day / MB) / median(pss[BARE]),
                "× bare",
            ),
            at_most(
                f"PSS after each window was opened {_OPENINGS} times",
                _GOAL,
                rows[-1][-1].pss / MB / median(pss[BARE]),
                "× bare",
            ),
            Goal(
                f"no growth over {samples[-1].finished:,} readings",
                "within noise (twice the standard error)",
                growth,
                slope.value <= 0 or slope.is_noise,
            ),
        ),
        (
            (
                "PSS is the process's share of all that it maps; its own is what no other process "
                "could share (anonymous memory)."
            ),
            (
                "Under soak the real program gets another balance at each request while its wall "
                f"clock leaps from look to look ({DAY} readings are a day); that harness has some "
                "modules of its own. Growth is of the anonymous memory, over the second half."
            ),
        ),
    )


def _flat(
    rows: list[tuple[str, ProcessFigures, ProcessFigures]],
) -> list[tuple[str, str, str, str]]:
    return [
        (name, times, number(each.pss / MB), number(each.anonymous / MB))
        for name, once, often in rows
        for times, each in (("once", once), (f"{_OPENINGS} times", often))
    ]


def _at_rest(desktop: DesktopSession, contestant: Contestant) -> ProcessFigures:
    program = contestant.start(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    if contestant.asks:
        wait_for_amount(item, "$12.34")
    figures = _settled(program.pid)
    program.end()
    wait_for(lambda: not items(desktop.bus), 10, "the icon has gone")
    return figures


def _settled(pid: int) -> ProcessFigures:
    # A measurement, not a test: memory is read when the program has come to rest.
    time.sleep(_SETTLING_SECONDS)
    return figures_of(pid)


def _window(
    desktop: DesktopSession, pid: int, item: StatusNotifierItem, row: str, title: str
) -> tuple[ProcessFigures, ProcessFigures]:
    """Open and close a window; return the figures after the first time and after the last."""
    once = None
    for _ in range(_OPENINGS):
        item.menu.click(row)
        press_keys(desktop, wait_for_window(desktop, title), "Escape")
        wait_for(lambda: title not in window_titles(desktop), 10, f"{title} has closed")
        once = once or _settled(pid)
    assert once is not None
    return once, _settled(pid)
