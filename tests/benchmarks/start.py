"""Time from start to the registered icon, and memory when idle, beside a bare tray script.

Run as ``python -m tests.benchmarks.start [ROUNDS]`` on Linux. The program and the bare script take
turns in one session with a real panel, so that a busy machine is busy for both: believe the
ratios, not the milliseconds. Memory is the proportional set size, some seconds after the figure.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import items, wait_for_item
from tests.desktop.waiting import wait_for
from tray_app.simulator import DEMO_KEY, Simulator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.desktop.program import Program

_ROUNDS: Final = 7
_SETTLING_SECONDS: Final = 3.0
_BARE: Final = Path(__file__).with_name("bare_script.py")


def measure(
    desktop: DesktopSession, command: Sequence[str], simulator: Simulator | None
) -> tuple[float, float]:
    """Return seconds to the registered icon and PSS in MB when idle."""
    asked_before = 0 if simulator is None else simulator.request_count
    began = time.perf_counter()
    program = desktop.start([sys.executable, *command], {"NOVITA_API_KEY": DEMO_KEY})
    wait_for(lambda: items(desktop.bus), 20, "an icon on the bus")
    seconds = time.perf_counter() - began
    wait_for_item(desktop.bus, program.pid)
    if simulator is not None:
        wait_for(lambda: simulator.request_count > asked_before, 20, "a request")
    # A measurement, not a test: memory is read when the program has come to rest.
    time.sleep(_SETTLING_SECONDS)
    memory = _pss_mb(program)
    program.end()
    wait_for(lambda: not items(desktop.bus), 10, "the icon has gone")
    return seconds, memory


def main() -> int:
    """Measure in turn and print medians with their spread."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    bare, ours = [], []
    with DesktopSession() as desktop, Simulator() as simulator:
        desktop.start_panel()
        program = ["-m", "tray_app", "--api-url", simulator.url]
        for _ in range(rounds):
            bare.append(measure(desktop, [str(_BARE)], None))
            ours.append(measure(desktop, program, simulator))
    for column, what, scale, unit in ((0, "icon registered", 1000, "ms"), (1, "PSS idle", 1, "MB")):
        base = [row[column] * scale for row in bare]
        mine = [row[column] * scale for row in ours]
        ratio = statistics.median(mine) / statistics.median(base)
        print(f"{what}: bare {_spread(base)} {unit}, program {_spread(mine)} {unit}, {ratio:.2f}×")
    return 0


def _pss_mb(program: Program) -> float:
    lines = Path(f"/proc/{program.pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


if __name__ == "__main__":
    sys.exit(main())
