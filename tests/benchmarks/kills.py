"""Kills the program at random moments, and looks after each at all that it wrote.

Run as ``python -m tests.benchmarks.kills [KILLS] [SEED]`` on Linux. Each round starts the tray, or
the command that stores the key, in a private home with a real panel and keyring and the simulator,
and kills it by SIGKILL somewhere between its first instruction and some time after its reading.
Then every file is whole and private, the lock is free, and the key is in the keyring; every eighth
time also the next start works and has tidied up. Rounds disturb in turn: an ordinary start, a log
about to be rotated, a home without files, a key being replaced.
"""

from __future__ import annotations

import random
import sys
import time
from typing import Final

from tests.desktop.kills import Kills
from tests.desktop.session import DesktopSession
from tests.desktop.tray_program import KEY, balance_of
from tray_app.simulator import Simulator

_KILLS: Final = 500


def main() -> int:
    """Kill and print how often in which state; an AssertionError ends it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _KILLS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1_000_000)  # noqa: S311 — a moment, no secret
    print(f"{count} kills, seed {seed}", flush=True)
    began = time.monotonic()
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        desktop.start_keyring()
        desktop.start_panel()
        kills = Kills(desktop, simulator, random.Random(seed))  # noqa: S311 — the same
        kills.run(count)
    for state, times in sorted(kills.states.items()):
        print(f"{times:5} {state}")
    print(f"survived {sum(kills.states.values())} kills in {time.monotonic() - began:.0f} s")
    print(
        f"at most {kills.most_leftovers} unfinished files at a time, all removed by the next start"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
