"""The running program on the offscreen platform: real thread, real client, local Novita."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from tests.ui.memory_key_store import MemoryKeyStore
from tests.ui.samples import HANGING_KEY, KEY
from tray_app.app import TrayProgram
from tray_app.core.money import Usd
from tray_app.presentation.places import BILLING_URL
from tray_app.presentation.tray_menu import Command
from tray_app.presentation.wording import no_tray_text
from tray_app.simulator import accounts
from tray_app.simulator.ledger import FixedBalance
from tray_app.ui.key_trial import KeyTrial
from tray_app.ui.refresher import Refresher
from tray_app.ui.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from tests.ui.running_program import Running
    from tray_app.simulator import Simulator
    from tray_app.ui.details_window import DetailsWindow


def test_it_goes_from_loading_to_the_figure_to_the_end(
    start: Callable[[MemoryKeyStore], Running], store: MemoryKeyStore, qtbot: QtBot
) -> None:
    running = start(store)
    assert running.tooltip == "Loading the balance…"
    qtbot.waitUntil(lambda: running.tooltip.startswith("$100.00 available · as of "))
    assert running.first_row.startswith("$100.00 available · as of ")
    running.row("Quit").trigger()
    assert running.exits == [0]
    assert running.program._tray._icon is not None
    assert not running.program._tray._icon.isVisible()
    assert running.program.stop()
    assert running.program.shown._worker_thread.isFinished()


@pytest.mark.parametrize(
    "trouble", [accounts.Hang(), accounts.Drip(accounts.Part.BODY), accounts.EndlessBody()]
)
def test_the_stop_waits_for_no_server_in_trouble(
    start: Callable[[MemoryKeyStore], Running],
    store: MemoryKeyStore,
    simulator: Simulator,
    trouble: accounts.Behaviour,
) -> None:
    simulator.accounts[KEY.reveal()] = trouble
    running = start(store)
    simulator.wait_for_requests(1)
    begun = time.monotonic()
    assert running.program.stop()
    # A request may take 20 s; the milliseconds of an end are the benchmark's.
    assert time.monotonic() - begun < 5
    assert running.program.shown._worker_thread.isFinished()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM cannot be sent there")
def test_sigterm_asks_for_the_exit_with_code_0(loaded: Running, qtbot: QtBot) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: loaded.exits == [0])


def test_every_answer_of_the_worker_is_taken_in_the_main_thread(
    start: Callable[[MemoryKeyStore], Running],
    store: MemoryKeyStore,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Noted below the slots: a slot that a subclass overrides runs in the emitter's thread."""
    threads: dict[str, QThread] = {}

    def note(owner: type, name: str) -> None:
        original = getattr(owner, name)

        def noting(self: object, *arguments: object) -> object:
            what = type(arguments[0]).__name__ if name == "_take" else name
            threads[what] = QThread.currentThread()
            return original(self, *arguments)

        monkeypatch.setattr(owner, name, noting)

    note(Refresher, "_take")
    note(TrayProgram, "_show")
    note(KeyTrial, "_show_answer")
    note(KeyTrial, "_wait")
    store.key = None
    running = start(store)
    qtbot.waitUntil(lambda: running.program.shown.key_entry.dialog is not None)
    QTest.keyClicks(running.dialog._trial.field, KEY.reveal())
    running.dialog._trial.test.click()
    qtbot.waitUntil(lambda: "OutlookChanged" in threads)
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)
    events = {"FetchStarted", "FetchFailed", "KeyChanged", "FetchSucceeded", "OutlookChanged"}
    assert set(threads) == events | {"_show", "_show_answer", "_wait"}
    assert set(threads.values()) == {QThread.currentThread()}
    assert set(store.threads) == {running.program.shown._worker_thread}


def test_refresh_now_asks_again(
    loaded: Running, simulator: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray_app.ui.refresher.manual_refresh_due", lambda _state, now: now)
    loaded.row("Refresh now").trigger()
    qtbot.waitUntil(lambda: simulator.request_count == 2 and not loaded.state.in_flight)
    assert loaded.store.reads == 2


def test_the_billing_page_is_opened_in_the_browser(
    loaded: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(note))
    loaded.row("Open billing page").trigger()
    assert opened == [BILLING_URL]


def test_about_opens_a_box_that_stays_and_names_the_server(
    loaded: Running, simulator: Simulator, qtbot: QtBot
) -> None:
    loaded.row("About").trigger()
    qtbot.wait(0)
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert [box.isVisible() for box in boxes] == [True]
    (box,) = boxes
    assert simulator.url.removeprefix("http://") in box.informativeText()
    box.close()


def test_the_first_row_opens_the_window_with_the_figure(loaded: Running) -> None:
    loaded.row(loaded.first_row).trigger()
    window = loaded.program.shown.details.window
    assert window is not None
    assert window.isVisible()
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert loaded.first_row in texts
    assert no_tray_text() not in texts
    window.close()
    assert loaded.exits == []


def test_the_windows_buttons_do_what_the_menu_does(loaded: Running) -> None:
    loaded.program.on_command(Command.OPEN_WINDOW)
    window = loaded.program.shown.details.window
    assert window is not None
    button = next(b for b in window.findChildren(QPushButton) if b.text() == "API key…")
    button.click()
    assert loaded.dialog.isVisible()


def test_without_a_panel_a_window_stands_in_until_one_comes(
    start: Callable[[MemoryKeyStore], Running],
    store: MemoryKeyStore,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tray_app.ui.tray.panel_is_there", lambda: False)
    monkeypatch.setattr("tray_app.ui.tray._EAGER_LOOK_MS", 5)
    monkeypatch.setattr("tray_app.ui.tray._PATIENT_LOOK_MS", 5)
    impatient = partial(Tray, patience_ms=10)
    monkeypatch.setattr("tray_app.app.Tray", impatient)
    running = start(store)
    qtbot.waitUntil(lambda: running.program.shown.details.window is not None)
    window = running.program.shown.details.window
    assert window is not None

    def texts() -> list[str]:
        return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: running.first_row in texts() and "$100.00" in running.first_row)
    assert no_tray_text() in texts()
    monkeypatch.setattr("tray_app.ui.tray.panel_is_there", lambda: True)
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)
    assert no_tray_text() not in texts()
    assert window.isVisible()
    window.close()
    assert running.exits == []


def test_closing_the_window_that_stands_for_the_tray_ends_the_program(
    loaded: Running,
) -> None:
    loaded.program._tray.panel_missing.emit()
    window = loaded.program.shown.details.window
    assert window is not None
    assert window.isVisible()
    window.close()
    assert loaded.exits == [0]


def test_a_hanging_first_request_shows_loading_and_the_menu_works(
    start: Callable[[MemoryKeyStore], Running], simulator: Simulator
) -> None:
    running = start(MemoryKeyStore(key=HANGING_KEY))
    simulator.wait_for_requests(1)
    assert running.tooltip == "Loading the balance…"
    running.row("API key…").trigger()
    assert running.dialog.isVisible()


def last_of(window: DetailsWindow) -> Usd | None:
    chart = window._chart._data
    return chart.points[-1].available if chart is not None and chart.points else None


def test_an_open_window_draws_each_reading_and_tells_what_became_of_export_and_deletion(
    loaded: Running, simulator: Simulator, qtbot: QtBot, tmp_path: Path
) -> None:
    loaded.program.on_command(Command.OPEN_WINDOW)
    window = loaded.program.shown.details.window
    assert window is not None
    qtbot.waitUntil(lambda: window._chart._data is not None)
    simulator.accounts[KEY.reveal()] = FixedBalance(available=990_000, cash=990_000)
    loaded.program.shown.refresher.on_key_changed()
    qtbot.waitUntil(lambda: last_of(window) == Usd.of_cents(99_00))
    path = tmp_path / "out.csv"
    window.export_chosen.emit(str(path))
    qtbot.waitUntil(lambda: window._news.text() == f"The history was exported to {path}.")
    assert len(path.read_text("utf-8").splitlines()) == 3
    window.delete_confirmed.emit()
    qtbot.waitUntil(lambda: "The history is deleted." in window._news.text())
    qtbot.waitUntil(lambda: window._chart._data is None or len(window._chart._data.points) == 1)
