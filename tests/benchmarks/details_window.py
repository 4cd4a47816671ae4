"""How long the details window takes, from being opened to being painted, with a year behind it.

Run as ``python -m tests.benchmarks.details_window``. Five years of hourly and five-minute readings
are in a file; for each range the worker's data and the window's picture are timed in turn, by the
processor's time. Ends with 1 where the data of a year take more than 50 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.benchmarks.long_history import END, fill_folded
from tests.ui.history_home import FileHome
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.settings import Settings
from tray_app.presentation.chart_data import ChartRange
from tray_app.ui.details_window import DetailsWindow
from tray_app.ui.history_worker import HistoryWorker

if TYPE_CHECKING:
    from tray_app.presentation.chart_data import ChartData

_ROUNDS: Final = 15
_GOAL_MS: Final = 50.0


def main() -> int:
    """Print a table; return 1 where the goal is missed."""
    application = QApplication([])
    charts: list[ChartData] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / HISTORY_NAME
        fill_folded(path, 5)
        worker = HistoryWorker(FileHome(path), UTC, Settings(), clock=lambda: END)
        worker.chart_ready.connect(charts.append)
        worker.on_chart_wanted(ChartRange.DAY)
        data: dict[ChartRange, list[float]] = {each: [] for each in ChartRange}
        painting: dict[ChartRange, list[float]] = {each: [] for each in ChartRange}
        for _ in range(_ROUNDS):
            for each in ChartRange:
                data[each].append(_milliseconds_of(lambda each=each: worker.on_chart_wanted(each)))
                painting[each].append(_painted(each, charts[-1]))
        worker.on_thread_finished()
    print(f"{'':6}  points  data, ms          window made and painted, ms")
    for each in ChartRange:
        points = next(len(chart.points) for chart in reversed(charts) if chart.range is each)
        print(f"{each.label:6}  {points:6}  {_spread(data[each])}  {_spread(painting[each])}")
    application.shutdown()
    year = statistics.median(data[ChartRange.YEAR])
    if year > _GOAL_MS:
        print(f"\nthe data of a year take {year:.1f} ms, more than {_GOAL_MS:.0f}")
        return 1
    return 0


def _painted(chart_range: ChartRange, chart: ChartData) -> float:
    def paint() -> None:
        window = DetailsWindow(UTC)
        window._ranges._buttons.buttons()[list(ChartRange).index(chart_range)].click()
        window.show_chart(chart)
        window.resize(window.sizeHint())
        image = QImage(window.size(), QImage.Format.Format_RGB32)
        window.render(image)
        window.deleteLater()

    return _milliseconds_of(paint)


def _milliseconds_of(work: object) -> float:
    assert callable(work)
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _spread(milliseconds: list[float]) -> str:
    median = statistics.median(milliseconds)
    return f"{median:5.1f} ({min(milliseconds):4.1f} to {max(milliseconds):5.1f})"


if __name__ == "__main__":
    sys.exit(main())
