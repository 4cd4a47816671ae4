"""How long the program takes to end while its server hangs."""

from __future__ import annotations

import os
import select
import signal
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chapter import Chapter, at_most, in_turn, spread
from tests.benchmarks.contestants import ours
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import KEY
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import Hang

if TYPE_CHECKING:
    from tests.benchmarks.chapter import Plan

_GOAL_MS: Final = 300.0
_WITHIN: Final = 20.0
_BY_SIGNAL: Final = "by SIGTERM"
_BY_MENU: Final = "by Quit in the menu"


def measure(plan: Plan) -> Chapter:
    """End the program in both ways in turn."""
    with DesktopSession() as desktop, Simulator({KEY: Hang()}) as simulator:
        desktop.start_panel()
        taken = in_turn(
            {
                way: partial(_milliseconds, desktop, simulator, way)
                for way in (_BY_SIGNAL, _BY_MENU)
            },
            plan.rounds,
        )
    return Chapter(
        "Quit while the server hangs",
        ("", "until the process is gone, ms"),
        tuple((way, spread(values)) for way, values in taken.items()),
        (at_most("the slowest quit", _GOAL_MS, max(map(max, taken.values())), "ms"),),
    )


def _milliseconds(desktop: DesktopSession, simulator: Simulator, way: str) -> float:
    asked = simulator.request_count
    program = ours(simulator.url).start(desktop)
    simulator.wait_for_requests(asked + 1, _WITHIN)
    item = wait_for_item(desktop.bus, program.pid)
    # The process's end wakes whoever waits for this, sooner than asking again and again could.
    ended = os.pidfd_open(program.pid)
    began = time.perf_counter()
    if way == _BY_MENU:
        item.menu.click("Quit")
    else:
        program.send_signal(signal.SIGTERM)
    assert select.select([ended], [], [], _WITHIN)[0], "it does not end"
    taken = time.perf_counter() - began
    os.close(ended)
    assert program.wait_exit(1) == 0, program.stderr
    return taken * 1000
