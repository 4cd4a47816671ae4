"""What the programs do while nothing happens: CPU time, wakeups, and what is shown anew.

All rest side by side in one session for the same minutes, first with a figure in the panel and no
request due, then while the program's server is away.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chapter import Chapter, at_most, number
from tests.benchmarks.contestants import OURS, contestants
from tests.benchmarks.process_figures import activity_of
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import ITEM_INTERFACE, wait_for_item
from tests.desktop.tray_program import KEY, balance_of, wait_for_amount
from tests.desktop.waiting import wait_for
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from collections import Counter

    from tests.benchmarks.chapter import Plan

_MINUTES: Final = 2.5
"""With what comes before, less than the shortest time between two requests."""
_FEW_MINUTES: Final = 1.0
_MINUTES_AWAY: Final = 2.0
_SETTLING_SECONDS: Final = 75.0
"""Qt empties its cache of pictures by a timer of 30 seconds, and stops that when it is empty."""
_MOST_WAKEUPS: Final = 2.0
_MOST_CPU_MS: Final = 10.0
_MINUTES_AN_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Rest:
    """What one process did in a minute."""

    cpu_ms: float
    wakeups: float
    by_thread: str


def measure(plan: Plan) -> Chapter:
    """Let all rest for the same time."""
    minutes = _FEW_MINUTES if plan.is_short else _MINUTES
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        pids = {each.name: each.start(desktop).pid for each in contestants(simulator.url)}
        for pid in pids.values():
            wait_for_item(desktop.bus, pid)
        item = wait_for_item(desktop.bus, pids[OURS])
        wait_for_amount(item, "$12.34")
        asked = simulator.request_count
        with ExitStack() as stack:
            shown = {
                member: stack.enter_context(desktop.bus.listening(ITEM_INTERFACE, member))
                for member in ("NewIcon", "NewToolTip")
            }
            with_figure = _rest(pids, minutes)
            changes = {member: len(signals.bodies) for member, signals in shown.items()}
        asked = simulator.request_count - asked
        simulator.stop()
        item.menu.click("Refresh now")
        item.menu.wait_for_label(lambda label: label.startswith("Offline"), 30, "the failure")
        away = _rest({OURS: pids[OURS]}, min(minutes, _MINUTES_AWAY))
    rows = {**with_figure, f"{OURS}, server away": away[OURS]}
    ours = with_figure[OURS]
    return Chapter(
        "Idle",
        ("", "CPU, ms an hour", "wakeups an hour", "by thread, a minute"),
        tuple(
            (
                name,
                number(rest.cpu_ms * _MINUTES_AN_HOUR),
                number(rest.wakeups * _MINUTES_AN_HOUR),
                rest.by_thread,
            )
            for name, rest in rows.items()
        ),
        (
            at_most("wakeups between readings", _MOST_WAKEUPS, ours.wakeups, "a minute"),
            at_most("CPU between readings", _MOST_CPU_MS, ours.cpu_ms, "ms a minute"),
        ),
        (
            (
                f"An hour's figures are made of {minutes:g} minutes, those without the server of "
                f"{min(minutes, _MINUTES_AWAY):g}; {asked} requests "
                "fell into the first part. A wakeup is a voluntary context switch of a thread."
            ),
            (
                f"In the first part an icon was shown anew {changes['NewIcon']} times, a tooltip "
                f"{changes['NewToolTip']} times, all icons together."
            ),
        ),
    )


def _rest(pids: dict[str, int], minutes: float) -> dict[str, Rest]:
    # A measurement, not a test: it begins once all have come to rest.
    time.sleep(_SETTLING_SECONDS)
    before = {name: activity_of(pid) for name, pid in pids.items()}
    until = time.monotonic() + 60 * minutes
    wait_for(lambda: time.monotonic() > until, 60 * minutes + 60, "the end of the measurement")
    after = {name: activity_of(pid) for name, pid in pids.items()}
    return {
        name: _rest_of(
            after[name].cpu_ms - before[name].cpu_ms,
            after[name].wakeups - before[name].wakeups,
            minutes,
        )
        for name in pids
    }


def _rest_of(cpu_ms: float, woken: Counter[str], minutes: float) -> Rest:
    by_thread = ", ".join(f"{name} {count / minutes:.1f}" for name, count in woken.most_common())
    return Rest(cpu_ms / minutes, woken.total() / minutes, by_thread or "none")
