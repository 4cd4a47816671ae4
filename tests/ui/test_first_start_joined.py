"""The first start joined with the whole program, on a local Novita."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.samples import KEY
from tray_app.core.first_choices import FirstChoices, default_choices
from tray_app.ui.first_start import FirstStart

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.memory_key_store import MemoryKeyStore
    from tests.ui.running_program import Running


@pytest.fixture
def running(start: Callable[..., Running], store: MemoryKeyStore, qtbot: QtBot) -> Running:
    store.key = None
    running = start(store)
    # Without a key the dialog comes by itself.
    qtbot.waitUntil(lambda: running.program.shown.key_entry.dialog is not None)
    running.dialog.close()
    return running


@pytest.fixture
def window(running: Running, qtbot: QtBot) -> FirstStart:
    window = FirstStart()
    qtbot.addWidget(window)
    running.program.shown.key_entry.join(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_key_and_enter_bring_the_balance_into_the_tray(
    running: Running, window: FirstStart, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    chosen: list[FirstChoices] = []
    window.finished_with.connect(chosen.append)
    QTest.keyClicks(window._trial.field, KEY.reveal())
    QTest.keyClick(window._trial.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen == [default_choices()])
    assert store.key == KEY
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)


def test_while_it_is_open_it_stands_for_the_key_dialog(
    running: Running, window: FirstStart
) -> None:
    running.program.shown.key_entry.open()
    assert window.isVisible()
    assert not running.dialog.isVisible()
    window.close()
    running.program.shown.key_entry.open()
    assert running.dialog.isVisible()
