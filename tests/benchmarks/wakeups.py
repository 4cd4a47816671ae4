"""How often the idle program wakes, with a figure in the panel and without the network.

Run as ``python -m tests.benchmarks.wakeups [MINUTES]`` on Linux. A wakeup is a voluntary context
switch of one of the program's threads (``/proc/PID/task/*/status``). The requests that fall into
the time are named: what they cost comes on top of the looks at the clock.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, balance_of, start_tray
from tests.desktop.waiting import wait_for
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from tests.desktop.program import Program

_MINUTES: Final = 4.0
_SETTLING_SECONDS: Final = 10.0


def main() -> int:
    """Measure both and print wakeups a minute by thread."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else _MINUTES
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_panel()
        program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
        menu = wait_for_item(desktop.bus, program.pid).menu
        menu.wait_for_label(lambda label: label.startswith("$12.34"), 30, "the figure")
        _report("with a figure", program, simulator, minutes)
        simulator.stop()
        menu.click("Refresh now")
        menu.wait_for_label(lambda label: label.startswith("Offline"), 30, "the failure")
        _report("while the server is away", program, simulator, minutes)
    return 0


def _report(what: str, program: Program, simulator: Simulator, minutes: float) -> None:
    # A measurement, not a test: it counts once the program has come to rest.
    time.sleep(_SETTLING_SECONDS)
    before, asked = _switches(program), simulator.request_count
    until = time.monotonic() + 60 * minutes
    wait_for(lambda: time.monotonic() > until, 60 * minutes + 60, "the end of the measurement")
    woken = _switches(program) - before
    by_thread = ", ".join(f"{name} {count / minutes:.1f}" for name, count in woken.most_common())
    print(
        f"{what}: {woken.total() / minutes:.1f} wakeups a minute ({by_thread}), "
        f"{simulator.request_count - asked} requests answered in {minutes:g} min",
        flush=True,
    )


def _switches(program: Program) -> Counter[str]:
    switches: Counter[str] = Counter()
    for task in Path(f"/proc/{program.pid}/task").iterdir():
        lines = (task / "status").read_text(encoding="utf-8").splitlines()
        fields = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        switches[fields["Name"]] += int(fields["voluntary_ctxt_switches"])
    return switches


if __name__ == "__main__":
    sys.exit(main())
