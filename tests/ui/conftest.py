"""What the tests of the user interface share: no screen, a local Novita, a key store in memory."""

from __future__ import annotations

import os

# Before Qt is loaded: none of these tests may need, or open a window on, a screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import gc
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QThread, Signal, Slot
from PySide6.QtWidgets import QApplication

from tray_app.adapters.novita_client import NovitaClient
from tray_app.app import TrayProgram
from tray_app.core.api_key import ApiKey
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading
from tray_app.demo import DemoKeyStore
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import SAMPLE_BALANCE, Hang
from tray_app.ui.balance_worker import BalanceWorker
from tray_app.wiring import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from tray_app.core.account_state import AccountState
    from tray_app.simulator.accounts import Account
    from tray_app.ui.key_dialog import KeyDialog
    from tray_app.ui.ports import BalanceSource, KeyStore

KEY = ApiKey("sk_test_first")
OTHER_KEY = ApiKey("sk_test_other")
HANGING_KEY = ApiKey("sk_test_hanging")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
_FOLDER = Path(__file__).parent
# The offscreen platform has neither a window manager to tell of things nor a tray to follow.
_WARNINGS_OF_OFFSCREEN = (
    r"^This plugin does not support (propagateSizeHints|raise)\(\)$",
    r"^QObject::connect: No such signal QPlatformNativeInterface::systemTrayWindowChanged",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _FOLDER in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*_WARNINGS_OF_OFFSCREEN))


def reading_of(cents: int, at: datetime = NOON) -> BalanceReading:
    """A reply with everything but pending charges."""
    return BalanceReading(
        available=Usd.of_cents(cents),
        taken_at=at,
        cash=Usd.of_cents(cents),
        credit_limit=Usd.of_cents(0),
        outstanding_invoices=Usd.of_cents(0),
    )


@dataclass(slots=True)
class MemoryKeyStore(DemoKeyStore):
    """Counts how often it is asked and raises what it is told to."""

    key: ApiKey | None = KEY
    reads: int = 0
    trouble: Exception | None = None
    threads: list[QThread] = field(default_factory=list)

    def read(self) -> ApiKey:
        self.reads += 1
        self._answer()
        return DemoKeyStore.read(self)

    def save(self, key: ApiKey) -> None:
        self._answer()
        DemoKeyStore.save(self, key)

    def delete(self) -> bool:
        self._answer()
        return DemoKeyStore.delete(self)

    def _answer(self) -> None:
        self.threads.append(QThread.currentThread())
        if self.trouble is not None:
            raise self.trouble


class NotingClient(NovitaClient):
    """The real client, which also notes the threads that ask and close it."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "novita-tray-tests")
        self.threads = [QThread.currentThread()]
        self.closed_in: list[QThread] = []

    def fetch_balance(self, key: ApiKey) -> BalanceReading:
        self.threads.append(QThread.currentThread())
        return super().fetch_balance(key)

    def close(self) -> None:
        self.closed_in.append(QThread.currentThread())
        super().close()


class WorkerRig(QObject):
    """A worker in its thread, asked by signals as the program does; notes every answer."""

    fetch_requested = Signal(int, bool)
    test_requested = Signal(int, object)
    save_requested = Signal(object)
    delete_requested = Signal()

    def __init__(
        self, make_store: Callable[[], KeyStore], make_source: Callable[[], BalanceSource]
    ) -> None:
        super().__init__()
        self.fetched: list[tuple[int, object]] = []
        self.tested: list[tuple[int, object]] = []
        self.stored: list[object] = []
        self.replaced = 0
        self.thread_of_worker = QThread()
        self.worker = BalanceWorker(make_store, make_source)
        self.worker.moveToThread(self.thread_of_worker)
        self.fetch_requested.connect(self.worker.on_fetch_requested)
        self.test_requested.connect(self.worker.on_key_test_requested)
        self.save_requested.connect(self.worker.on_key_save_requested)
        self.delete_requested.connect(self.worker.on_key_delete_requested)
        self.thread_of_worker.finished.connect(self.worker.on_thread_finished)
        self.worker.fetch_finished.connect(self.on_fetch_finished)
        self.worker.key_tested.connect(self.on_key_tested)
        self.worker.key_saved.connect(self.on_stored)
        self.worker.key_deleted.connect(self.on_stored)
        self.worker.key_replaced.connect(self.on_key_replaced)
        self.thread_of_worker.start()

    def ask(self, generation: int, *, by_user: bool = False) -> None:
        self.fetch_requested.emit(generation, by_user)

    @Slot(int, object)
    def on_fetch_finished(self, generation: int, outcome: object) -> None:
        self.fetched.append((generation, outcome))

    @Slot(int, object)
    def on_key_tested(self, number: int, outcome: object) -> None:
        self.tested.append((number, outcome))

    @Slot(object)
    def on_stored(self, problem: object) -> None:
        self.stored.append(problem)

    @Slot()
    def on_key_replaced(self) -> None:
        self.replaced += 1

    def stop(self) -> None:
        self.worker.abort()
        self.thread_of_worker.quit()
        assert self.thread_of_worker.wait(5_000)


@dataclass(frozen=True, slots=True)
class LocalConnection(Connection):
    """The real client on the simulator, and a key store in memory."""

    store: MemoryKeyStore = field(default_factory=MemoryKeyStore)

    def make_key_store(self) -> MemoryKeyStore:
        return self.store


class Running:
    """A program that was started, and what it would have told the system."""

    def __init__(self, connection: LocalConnection, exits: list[int]) -> None:
        self.store = connection.store
        self.exits = exits
        self.program = TrayProgram(connection)

    @property
    def state(self) -> AccountState:
        return self.program._refresher.state

    @property
    def dialog(self) -> KeyDialog:
        dialog = self.program._dialog
        assert dialog is not None
        return dialog

    @property
    def tooltip(self) -> str:
        icon = self.program._tray._icon
        return "" if icon is None else icon.toolTip()

    def row(self, text: str) -> QAction:
        return next(row for row in self.program._tray._menu.actions() if row.text() == text)

    @property
    def first_row(self) -> str:
        return self.program._tray._menu.actions()[0].text()


@pytest.fixture(autouse=True)
def _no_key_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOVITA_API_KEY", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _what_stays_is_not_searched_for_garbage() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_widget_outlives_its_test() -> Iterator[None]:
    """Nor is one destroyed in the worker's thread, where the garbage collector may run too."""
    gc.disable()
    yield
    application = QApplication.instance()
    if isinstance(application, QApplication):
        for widget in application.topLevelWidgets():
            widget.hide()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    accounts: dict[str, Account] = {
        KEY.reveal(): SAMPLE_BALANCE,
        OTHER_KEY.reveal(): SAMPLE_BALANCE,
        HANGING_KEY.reveal(): Hang(),
    }
    with Simulator(accounts) as running:
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the user ask as often as the test does."""
    monkeypatch.setattr(
        "tray_app.ui.refresher.manual_refresh_due",
        lambda state, now: None if state.in_flight else now,
    )


@pytest.fixture
def store() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def make_rig(qapp: QApplication) -> Iterator[Callable[..., WorkerRig]]:
    """Start a worker on a store and a source; both factories run in its thread."""
    assert qapp is not None
    rigs: list[WorkerRig] = []

    def make(
        make_store: Callable[[], KeyStore], make_source: Callable[[], BalanceSource]
    ) -> WorkerRig:
        rigs.append(WorkerRig(make_store, make_source))
        return rigs[-1]

    yield make
    for rig in rigs:
        rig.stop()


@pytest.fixture
def rig(
    make_rig: Callable[..., WorkerRig], store: MemoryKeyStore, simulator: Simulator
) -> WorkerRig:
    """A worker with the key store in memory and the real client, on the simulator."""
    return make_rig(lambda: store, lambda: NotingClient(simulator.url))


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit codes asked for; the event loop of the tests must not end."""
    asked: list[int] = []
    monkeypatch.setattr(QApplication, "exit", staticmethod(asked.append))
    return asked


@pytest.fixture
def start(
    qapp: QApplication,
    simulator: Simulator,
    exits: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[MemoryKeyStore], Running]]:
    """Start the program with a store of keys; it is stopped after the test."""
    assert qapp is not None
    started: list[Running] = []

    def leave(code: int) -> None:
        raise AssertionError(f"the worker could not be ended: os._exit({code})")

    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr("tray_app.ui.tray.panel_is_there", lambda: True)
    # The session bus of whoever runs the tests says nothing about this platform.
    monkeypatch.setattr("tray_app.ui.tray.underscores_mark_mnemonics", lambda: False)

    def start_with(store: MemoryKeyStore) -> Running:
        running = Running(LocalConnection(api_url=simulator.url, store=store), exits)
        started.append(running)
        running.program.start()
        return running

    yield start_with
    for running in started:
        thread = running.program._thread
        if thread.isRunning():
            running.program.stop()
        assert thread.wait(5_000)


@pytest.fixture
def loaded(
    start: Callable[[MemoryKeyStore], Running], store: MemoryKeyStore, qtbot: QtBot
) -> Running:
    running = start(store)
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)
    return running
