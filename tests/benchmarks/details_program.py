"""The details window in a process of its own, timed from inside.

Run by :mod:`tests.benchmarks.details_window` as ``… details_program HISTORY``; prints JSON. The
window is opened by what opens it in the program, with the history's thread. It is painted when the
event loop has come round after the paint that shows the chart.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.long_history import END
from tests.ui.history_home import FileHome
from tray_app.core.settings import Settings
from tray_app.presentation.chart_data import ChartRange
from tray_app.ui.details_opener import DetailsOpener
from tray_app.ui.history_keeper import HistoryKeeper

if TYPE_CHECKING:
    from collections.abc import Callable

_AGAIN: Final = 5


class PaintWatch(QObject):
    """Waits until the chart is painted with data that came after ``begin``."""

    def __init__(self, opener: DetailsOpener, keeper: HistoryKeeper) -> None:
        super().__init__()
        self._opener = opener
        self._loop = QEventLoop()
        self._has_data = False
        self._watched: QObject | None = None
        keeper.worker.chart_ready.connect(self.on_chart_ready)

    def milliseconds_of(self, work: Callable[[], object]) -> float:
        """Return how long it takes from before ``work`` to the painted chart."""
        self._has_data = False
        began = time.perf_counter()
        work()
        self._loop.exec()
        return (time.perf_counter() - began) * 1000

    def on_chart_ready(self) -> None:
        """Look for the next paint."""
        window = self._opener.window
        assert window is not None
        if self._watched is not window._chart:
            self._watched = window._chart
            self._watched.installEventFilter(self)
        self._has_data = True
        window._chart.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """End the wait after the chart's paint."""
        if self._has_data and event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._loop.quit)
        return super().eventFilter(watched, event)


def main() -> int:
    """Open, close, open again, and show a year."""
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    keeper = HistoryKeeper(FileHome(Path(sys.argv[1])), UTC, Settings())
    keeper.worker._clock = lambda: END
    opener = DetailsOpener(keeper, UTC)
    watch = PaintWatch(opener, keeper)
    keeper.start()
    first = watch.milliseconds_of(lambda: opener.opened().bring_forward())
    window = opener.window
    assert window is not None
    buttons = window._ranges._buttons.buttons()
    week, year = (
        buttons[list(ChartRange).index(each)] for each in (ChartRange.WEEK, ChartRange.YEAR)
    )
    of_year = []
    for _ in range(_AGAIN):
        of_year.append(watch.milliseconds_of(year.click))
        watch.milliseconds_of(week.click)
    again = []
    for _ in range(_AGAIN):
        window.close()
        again.append(watch.milliseconds_of(window.bring_forward))
    print(json.dumps({"first": first, "again": again, "year": of_year}))
    keeper.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
