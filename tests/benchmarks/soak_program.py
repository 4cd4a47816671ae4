"""The program in a soak: the real one, whose wall clock leaps from look to look at each answer.

Run by :mod:`tests.benchmarks.soak` as ``python -m tests.benchmarks.soak_program DESCRIPTOR``. Over
that socket it gets its orders, a line of JSON each, and tells what it has shown so far.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

import tray_app.app
import tray_app.ui.account_session
from tests.benchmarks.soak_connection import SoakConnection
from tests.benchmarks.soak_weather import Cycle, Route, Weather, cycle
from tray_app.app import TrayProgram
from tray_app.core.configuration import Account, Configuration
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings
from tray_app.start import run_tray
from tray_app.tray_process import TrayProcess
from tray_app.wiring import take_environment_key

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.ui.tray import Tray

_MOST_LOOKS: Final = 70
"""A look each half minute: beyond every back-off, only the user can ask."""
_MOST_COMPLAINTS: Final = 20
_TOLD: Final = ("shown", "icons", "tooltips", "first_rows")


class Channel:
    """The socket to the command that runs the soak: a line of JSON at a time."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._lines = self._socket.makefile("r", encoding="utf-8")
        self.descriptor = descriptor

    def next_order(self) -> dict[str, Any]:
        """Return the next order, once it is there."""
        order: dict[str, Any] = json.loads(self._lines.readline())
        return order

    def tell(self, report: dict[str, object]) -> None:
        """Send what was shown so far."""
        self._socket.sendall(json.dumps(report).encode() + b"\n")


class Pacer(QObject):
    """Compares what shows after each answer with what must, and asks again at once."""

    def __init__(
        self, program: TrayProgram, connection: SoakConnection, channel: Channel, until: int
    ) -> None:
        super().__init__(program)
        self._program = program
        self._connection = connection
        self._channel = channel
        self._orders = QSocketNotifier(channel.descriptor, QSocketNotifier.Type.Read, self)
        self._orders.activated.connect(self.on_order)
        self._finished = 0
        self._answered = 0
        self._until = until
        self._problem: str | None = None
        self._counts = dict.fromkeys(_TOLD, 0)
        self._complaints: list[str] = []
        self._amount = ""
        self._seen: tuple[object, ...] = (None, None, None)
        self._spec: IconSpec | None = None
        self._generation = 0
        # Behind the program's own slot, which has shown the new state by then.
        program.shown.state_changed.connect(self.on_state_changed)

    @property
    def _state(self) -> AccountState:
        return self._program.shown.refresher.state

    @Slot()
    def on_order(self) -> None:
        """Go on until so many cycles are done; with a problem, let each end in it."""
        order = self._channel.next_order()
        self._until, self._problem = order["until"], order["problem"]
        self._ask_again()

    @Slot()
    def on_state_changed(self) -> None:
        """Look at what an answer has changed on the screen."""
        state = self._state
        if state.in_flight or state.generation == self._generation:
            return
        self._generation = state.generation
        self._look()
        self._finished += 1
        QTimer.singleShot(0, self.on_seen)

    @Slot()
    def on_seen(self) -> None:
        """Ask again, or tell what was seen."""
        if self._finished < self._until:
            self._ask_again()
        else:
            self._report()

    def _look(self) -> None:
        if self._problem is None:
            expected = cycle(self._connection.weather, self._answered)
            self._answered += 1
        else:
            # Nothing was asked that could have been answered.
            expected = Cycle(problem=self._problem)
        self._amount = expected.amount or self._amount
        problem = type(self._state.problem).__name__ if self._state.problem else None
        tray = self._program._tray
        icon = tray._icon
        if icon is None:
            return
        first_row = next((row.text() for row in tray._menu.actions() if "$" in row.text()), "")
        seen = (icon.icon().cacheKey(), icon.toolTip(), first_row)
        for name, one, other in zip(_TOLD[2:], seen[1:], self._seen[1:], strict=True):
            self._counts[name] += one != other
        # Where little time is left the icon shows that, and for long the same.
        spec = None if tray._view is None else tray._view.icon
        self._counts["icons"] += (seen[0] != self._seen[0]) == (spec != self._spec)
        self._seen, self._spec = seen, spec
        begins = f"{self._amount} "
        shows = icon.toolTip().startswith(begins) and first_row.startswith(begins)
        if shows and problem == expected.problem:
            self._counts["shown"] += 1
        elif len(self._complaints) < _MOST_COMPLAINTS:
            self._complaints.append(
                f"cycle {self._finished}: {expected}, but {problem}: {seen[1:]}"
            )

    def _ask_again(self) -> None:
        refresher = self._program.shown.refresher
        for _ in range(_MOST_LOOKS):
            planned = refresher._planned_look
            if planned is None:
                break
            self._connection.clock.leap_to(planned)
            refresher.on_look()
            if self._state.in_flight:
                return
        refresher.on_refresh_asked()

    def _report(self) -> None:
        # What only waits for the collector is not held: without this the counts would swing.
        gc.collect()
        self._channel.tell(
            {
                "finished": self._finished,
                **self._counts,
                "amount": self._amount,
                "complaints": self._complaints,
                "qt_objects": _count_qt_objects(),
                "python_objects": len(gc.get_objects()),
                "python_blocks": sys.getallocatedblocks(),
            }
        )


def _count_qt_objects() -> int:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    roots: list[QObject] = [application, *application.topLevelWidgets()]
    return sum(1 + len(root.findChildren(QObject)) for root in roots)


def _configuration() -> Configuration:
    """Let the icon show amounts, which are counted: a soak's time flies, and none is left."""
    moment = timedelta(microseconds=1)
    thresholds = Thresholds(low_time=moment, critical_time=moment)
    return Configuration((Account(settings=Settings(thresholds=thresholds)),))


def main() -> int:
    """Run the program until it is told to end."""
    channel = Channel(int(sys.argv[1]))
    order = channel.next_order()
    connection = SoakConnection(
        api_url=order["urls"][Route.SIMULATOR],
        environment_key=take_environment_key(),
        configuration=_configuration(),
        weather=Weather(order["weather"]),
        urls={Route(route): url for route, url in order["urls"].items()},
    )

    class SoakedProgram(TrayProgram):
        """The program with a pacer, and with the clock that leaps."""

        def __init__(
            self, connection: SoakConnection, process: TrayProcess, tray: Tray | None = None
        ) -> None:
            super().__init__(connection, process, tray)
            self.shown.refresher._clock = connection.clock
            # Its time flies: what comes of an answer is shown as soon as it is all there.
            self.shown._together.setInterval(2)
            self._pacer = Pacer(self, connection, channel, order["until"])
            # It is loaded when a request lasts, which would look like growth.
            self._hints.on_needed_for_long()

    with (
        patch.object(tray_app.app, "TrayProgram", SoakedProgram),
        patch.object(tray_app.ui.account_session, "now_utc", connection.clock),
    ):
        return run_tray(lambda: connection, TrayProcess.of(os.environ, demo=False))


if __name__ == "__main__":
    sys.exit(main())
