from __future__ import annotations

import time
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from tests.ui.history_home import FileHome
from tests.ui.samples import NOON, reading_of
from tray_app.adapters.history_file import HistoryFile
from tray_app.core.settings import Settings
from tray_app.ui.history_keeper import HistoryKeeper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tray_app.adapters.history_export import Readable

SLOW = 1.5


class SlowHome(FileHome):
    """Takes longer to export than an end usually waits."""

    def export_history(self, history: Readable, path: str) -> None:
        time.sleep(SLOW)
        super().export_history(history, path)


@pytest.fixture
def keeper(qtbot: QtBot, tmp_path: Path) -> Iterator[HistoryKeeper]:
    assert qtbot is not None
    keeper = HistoryKeeper(SlowHome(tmp_path / "history.db"), UTC, Settings())
    keeper.start()
    yield keeper
    # A thread that still runs would end the tests behind this one with it.
    keeper.stop()


def test_an_end_without_a_wish_is_quick(keeper: HistoryKeeper) -> None:
    began = time.monotonic()
    assert keeper.stop()
    assert time.monotonic() - began < SLOW


def test_an_end_waits_for_what_the_user_asked_for(keeper: HistoryKeeper, tmp_path: Path) -> None:
    # With more patience than the home has: its thread may be looking into the file just now.
    history = HistoryFile(tmp_path / "history.db", zone=UTC)
    history.append(reading_of(1_234, NOON), "mark")
    history.close()
    path = tmp_path / "out.csv"
    keeper.export_wanted.emit(str(path))
    assert keeper.stop()
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_after_the_answer_an_end_is_quick_again(keeper: HistoryKeeper, qtbot: QtBot) -> None:
    keeper.delete_wanted.emit()
    qtbot.waitUntil(lambda: keeper._under_way == 0)
    began = time.monotonic()
    assert keeper.stop()
    assert time.monotonic() - began < SLOW
