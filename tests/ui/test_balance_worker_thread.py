"""Which thread the worker's parts live in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QThread

from tests.ui.memory_key_store import MemoryKeyStore
from tests.ui.samples import KEY, OTHER_KEY
from tests.ui.worker_rig import NotingClient, ScriptedSource, WorkerRig, ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tray_app.simulator import Simulator


class NotingClients:
    """Makes clients and keeps them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.made: list[NotingClient] = []

    def make(self) -> NotingClient:
        self.made.append(NotingClient(self._url))
        return self.made[-1]


def test_store_and_source_are_made_used_and_closed_in_the_workers_thread(
    make_rig: Callable[..., WorkerRig], simulator: Simulator, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    made: list[object] = []
    clients = NotingClients(simulator.url)

    def make_store() -> MemoryKeyStore:
        made.append(QThread.currentThread())
        return store

    rig = make_rig(make_store, clients.make)
    ask(rig, qtbot, 1)
    ask(rig, qtbot, 2, by_user=True)
    rig.test_requested.emit(1, OTHER_KEY)
    rig.save_requested.emit(KEY)
    rig.delete_requested.emit()
    qtbot.waitUntil(lambda: len(rig.stored) == 2)
    rig.stop()
    there = rig.thread_of_worker
    (client,) = clients.made
    assert made == [there]
    assert store.threads == [there] * 4
    assert client.threads == [there] * 4
    assert set(client.closed_in) == {there}
    assert client._http is None
    assert there is not QThread.currentThread()


def test_nothing_is_made_before_the_first_request_nor_closed_without_one(
    make_rig: Callable[..., WorkerRig],
) -> None:
    made: list[str] = []

    def make_store() -> MemoryKeyStore:
        made.append("store")
        return MemoryKeyStore()

    def make_source() -> ScriptedSource:
        made.append("source")
        return ScriptedSource()

    make_rig(make_store, make_source).stop()
    assert made == []


def test_an_outdated_source_is_closed_there_at_once_and_the_next_made_when_it_is_needed(
    make_rig: Callable[..., WorkerRig], simulator: Simulator, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    before, after = NotingClients(simulator.url), NotingClients(simulator.url)
    rig = make_rig(lambda: store, before.make)
    rig.source_outdated.emit(before.make)
    ask(rig, qtbot, 1)
    rig.source_outdated.emit(after.make)
    (outdated,) = before.made
    qtbot.waitUntil(lambda: outdated._http is None)
    assert set(outdated.closed_in) == {rig.thread_of_worker}
    assert after.made == []
    ask(rig, qtbot, 2)
    (newer,) = after.made
    assert newer.threads == [rig.thread_of_worker] * 2
    assert len(before.made) == 1
    assert store.reads == 1
