"""Readings that the program makes by its own clock, and the CPU time that each takes."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.contestants import ours
from tests.benchmarks.long_history import DETAIL, INTERVAL, entries_after, spending_readings
from tests.benchmarks.process_figures import process_cpu_ms
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY
from tests.desktop.waiting import wait_for
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME, HOME_VARIABLE, SETTINGS_NAME
from tray_app.core.money import Usd
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import InTurn
from tray_app.simulator.ledger import FixedBalance

if TYPE_CHECKING:
    from tests.desktop.status_notifier import StatusNotifierItem

NEW: Final = "its first readings"
LONG: Final = "with six weeks of history"
_EVERY_MINUTE: Final = "schema = 1\nrefresh_minutes = 1\n"
_LONGEST_INTERVAL: Final = 66.0
_LATE: Final = 20.0
_QUIET_UNTIL: Final = 55.0
"""Seconds after a reading, before the next one is due and after the look at the half minute."""
_SHOWN_WITHIN: Final = 4.0
"""Seconds: it shows with its outlook by then, and the panel has asked what it wants to know."""
_POLL: Final = 0.1
_SPENT_EACH: Final = 3_700
_BEGINS_WITH: Final = 12_340_000
_CREDIT_LIMIT: Final = 30_000


class _Watched:
    """A running program, and what its readings took."""

    def __init__(self, pid: int, simulator: Simulator, item: StatusNotifierItem) -> None:
        self.pid = pid
        self.simulator = simulator
        self.item = item
        self.taken: list[float] = []
        self._asked = simulator.request_count
        self._asked_at = time.monotonic()
        self._before: float | None = None

    def look(self) -> None:
        """Read the process's clock shortly before a reading, and shortly after it."""
        now = time.monotonic()
        if self.simulator.request_count > self._asked:
            self._asked, self._asked_at = self.simulator.request_count, now
        since = now - self._asked_at
        if self._before is None and since >= _QUIET_UNTIL:
            self._before = process_cpu_ms(self.pid)
        elif self._before is not None and _SHOWN_WITHIN <= since < _QUIET_UNTIL:
            self.taken.append(process_cpu_ms(self.pid) - self._before)
            self._before = None


def cpu_of_readings(count: int) -> dict[str, list[float]]:
    """Return the CPU milliseconds of the whole process for each of so many readings in a row.

    By whether the program is new, or has a history. Both ask once a minute, side by side; each
    time the balance is another. A look at the clock may fall into a reading's seconds.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        desktop = stack.enter_context(DesktopSession())
        desktop.start_panel()
        watched = {name: _started(stack, desktop, folder / name, count) for name in (NEW, LONG)}

        def all_are_read() -> bool:
            for each in watched.values():
                each.look()
            time.sleep(_POLL)
            return all(len(each.taken) >= count for each in watched.values())

        wait_for(all_are_read, count * _LONGEST_INTERVAL + _LATE, f"{count} readings of each")
        for each in watched.values():
            shown = Usd.of_units(_units_after(each.simulator.request_count)).decimal_text(2)
            assert each.item.tooltip.title.startswith(f"${shown} "), each.item.tooltip
        return {name: each.taken[:count] for name, each in watched.items()}


def _started(stack: ExitStack, desktop: DesktopSession, home: Path, count: int) -> _Watched:
    (home / "config").mkdir(parents=True)
    (home / "config" / SETTINGS_NAME).write_text(_EVERY_MINUTE, encoding="utf-8")
    if home.name == LONG:
        (home / "data").mkdir()
        _fill(home / "data" / HISTORY_NAME)
    answers = tuple(_balance_of(_units_after(asked)) for asked in range(1, count + 3))
    simulator = stack.enter_context(Simulator({KEY: InTurn(answers)}))
    env = {**FROM_ENVIRONMENT, HOME_VARIABLE: str(home)}
    program = ours(simulator.url, env).start(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for(lambda: simulator.request_count == 1, _LATE, "the first reading")
    return _Watched(program.pid, simulator, item)


def _units_after(asked: int) -> int:
    return _BEGINS_WITH - asked * _SPENT_EACH


def _balance_of(units: int) -> FixedBalance:
    cash = units - _CREDIT_LIMIT
    return FixedBalance(units, cash, _CREDIT_LIMIT, pending=0, outstanding=0)


def _fill(path: Path) -> None:
    """Leave a history whose last reading is the one before the program's first."""
    now = datetime.now(UTC)
    readings = list(spending_readings(now - DETAIL, now - INTERVAL, INTERVAL))
    drop = readings[-1].available - Usd.of_units(_BEGINS_WITH)
    history = HistoryFile(path, zone=UTC)
    history.import_readings(
        entries_after(
            None,
            (
                replace(
                    reading,
                    available=reading.available - drop,
                    cash=None if reading.cash is None else reading.cash - drop,
                )
                for reading in readings
            ),
        )
    )
    history.close()
