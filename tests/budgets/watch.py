"""Notes what each reading takes, and what runs after it."""

from __future__ import annotations

import gc
import json
import linecache
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6 import QtCore
from PySide6.QtCore import QObject, QThread, QTimer, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from tray_app.app import TrayProgram

_WARM: Final = 5
"""Readings after which everything that is made late has been made."""


def _libraries() -> list[str]:
    """Return the shared libraries that are mapped, where the system tells."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return []
    lines = maps.read_text(encoding="utf-8").splitlines()
    return sorted({line.split()[-1] for line in lines if ".so" in line})


class Watch(QObject):
    """Lets one reading follow the other at once; prints what it saw, and ends the program.

    ``start`` is what was seen so far, ``events`` what goes on being noted.
    """

    def __init__(
        self,
        program: TrayProgram,
        start: dict[str, object],
        events: list[tuple[str, str]],
        readings: int,
    ) -> None:
        super().__init__(program)
        self._program = program
        self._events = events
        self._wanted = readings
        self._done = 0
        self._generation = 0
        self._is_settled = False
        self._report = start
        self._held = 0
        self._blocks: list[int] = []
        self._peaks: list[int] = []
        self._readings: list[list[tuple[str, str]]] = []
        # Behind the program's own slot, which has shown it by then.
        program.shown.state_changed.connect(self.on_state_changed)

    @Slot()
    def on_state_changed(self) -> None:
        """Count what a reading took, once it shows with its outlook; go on with the next."""
        state = self._program.shown.state
        reading, outlook = state.reading, state.outlook
        if state.in_flight or reading is None or outlook is None:
            return
        if outlook.as_of != reading.taken_at or state.generation == self._generation:
            return
        self._generation = state.generation
        self._done += 1
        if self._done > _WARM:
            self._readings.append(list(self._events))
            self._peaks.append(tracemalloc.get_traced_memory()[1] - self._held)
            gc.collect()
            self._blocks.append(sys.getallocatedblocks())
        if self._done == self._wanted:
            self._tell()
            return
        if self._done != _WARM or self._is_settled:
            self._go_on()

    def tell_settled(self) -> None:
        """Let the readings be counted that begin from now on: the start is over."""
        self._is_settled = True
        if self._done == _WARM:
            self._go_on()

    def _go_on(self) -> None:
        if self._done == _WARM:
            tracemalloc.start()
        gc.collect()
        self._events.clear()
        tracemalloc.reset_peak()
        self._held = tracemalloc.get_traced_memory()[0]
        self._program.shown.refresher._start_fetch(asked_by_user=False)

    def _tell(self) -> None:
        timers = [timer for timer in self._program.findChildren(QTimer) if timer.isActive()]
        threads = [thread for thread in self._program.findChildren(QThread) if thread.isRunning()]
        self._report |= {
            "readings": self._readings,
            "peaks": self._peaks,
            "blocks": self._blocks,
            "timers": [timer.interval() for timer in timers],
            "qt_threads": sorted(thread.objectName() for thread in threads),
            "collects_at_last": gc.isenabled(),
            "modules_at_last": sorted(sys.modules),
            "libraries_at_last": _libraries(),
            "namespace_qt_at_last": "Qt" in vars(QtCore),
            "sources_at_last": sorted(linecache.cache),
        }
        print(json.dumps(self._report), flush=True)  # noqa: T201 — it is asked for it
        QApplication.exit(0)
