"""The details window while it is open: its chart moves with readings and with time."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal

from tests.ui.history_home import FileHome
from tests.ui.samples import reading_of
from tray_app.core.settings import Settings
from tray_app.ui.details_opener import DetailsOpener
from tray_app.ui.history_keeper import HistoryKeeper
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tray_app.presentation.chart_data import ChartRange


class Readings(QObject):
    """Tells the history's thread of readings."""

    taken = Signal(object, str)


@pytest.fixture
def keeper(qtbot: QtBot, tmp_path: Path) -> Iterator[HistoryKeeper]:
    assert qtbot is not None
    keeper = HistoryKeeper(FileHome(tmp_path / "history.db"), UTC, Settings())
    keeper.start()
    yield keeper
    assert keeper.stop()


@pytest.fixture
def opener(keeper: HistoryKeeper) -> DetailsOpener:
    return DetailsOpener(keeper, UTC)


@pytest.fixture
def wanted(keeper: HistoryKeeper) -> list[ChartRange]:
    """Every range that a chart was wanted of."""
    ranges: list[ChartRange] = []
    keeper.chart_wanted.connect(ranges.append)
    return ranges


def test_a_chart_that_is_looked_at_moves_with_time(
    opener: DetailsOpener, wanted: list[ChartRange], qtbot: QtBot
) -> None:
    window = opener.opened()
    qtbot.addWidget(window)
    window.show()
    before = len(wanted)
    opener.on_chart_outdated()
    assert wanted[before:] == [window.chart_range]


def test_nothing_is_drawn_where_nobody_looks(
    opener: DetailsOpener, wanted: list[ChartRange], qtbot: QtBot
) -> None:
    opener.on_chart_outdated()
    window = opener.opened()
    qtbot.addWidget(window)
    opener.on_chart_outdated()
    window.show()
    window.hide()
    before = len(wanted)
    opener.on_chart_outdated()
    assert wanted[before:] == []


def test_each_reading_moves_the_chart_that_is_looked_at(
    opener: DetailsOpener, keeper: HistoryKeeper, qtbot: QtBot
) -> None:
    window = opener.opened()
    qtbot.addWidget(window)
    window.show()
    lengths: list[int] = []
    keeper.worker.chart_ready.connect(lambda data: lengths.append(len(data.points)))
    readings = Readings()
    readings.taken.connect(keeper.worker.on_reading_taken)
    readings.taken.emit(reading_of(1_234, now_utc()), "mark")
    qtbot.waitUntil(lambda: 1 in lengths)
