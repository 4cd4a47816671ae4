"""The worker in its thread, sources to give it, and what it answers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from tests.ui.samples import reading_of
from tray_app.adapters.novita_client import NovitaClient
from tray_app.ui.balance_worker import BalanceWorker

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tray_app.core.api_key import ApiKey
    from tray_app.core.reading import BalanceReading
    from tray_app.ui.ports import BalanceSource, KeyStore


class NotingClient(NovitaClient):
    """The real client, which also notes the threads that ask and close it."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "novita-tray-tests")
        self.threads = [QThread.currentThread()]
        self.closed_in: list[QThread] = []

    def fetch_balance(self, key: ApiKey | None) -> BalanceReading:
        self.threads.append(QThread.currentThread())
        return super().fetch_balance(key)

    def close(self) -> None:
        self.closed_in.append(QThread.currentThread())
        super().close()


class ScriptedSource:
    """Raises what it is told to, whatever the key."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error
        self.asked = 0
        self.aborted = threading.Event()

    def fetch_balance(self, key: ApiKey) -> BalanceReading:
        assert key.reveal()
        self.asked += 1
        if self.error is not None:
            raise self.error
        return reading_of(1_000)

    def abort(self) -> None:
        self.aborted.set()

    def close(self) -> None:
        """It holds nothing."""


class WorkerRig(QObject):
    """A worker in its thread, asked by signals as the program does; notes every answer."""

    fetch_requested = Signal(int, bool)
    test_requested = Signal(int, object)
    save_requested = Signal(object)
    delete_requested = Signal()
    source_outdated = Signal(object)

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
        self.source_outdated.connect(self.worker.on_source_outdated)
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


def ask(rig: WorkerRig, qtbot: QtBot, generation: int, *, by_user: bool = False) -> object:
    """Ask once and return the answer."""
    before = len(rig.fetched)
    rig.ask(generation, by_user=by_user)
    qtbot.waitUntil(lambda: len(rig.fetched) > before)
    number, outcome = rig.fetched[-1]
    assert number == generation
    return outcome
