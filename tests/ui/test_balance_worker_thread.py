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


def test_store_and_source_are_made_used_and_closed_in_the_workers_thread(
    make_rig: Callable[..., WorkerRig], simulator: Simulator, store: MemoryKeyStore, qtbot: QtBot
) -> None:
    made: list[object] = []
    clients: list[NotingClient] = []

    def make_store() -> MemoryKeyStore:
        made.append(QThread.currentThread())
        return store

    def make_client() -> NotingClient:
        clients.append(NotingClient(simulator.url))
        return clients[-1]

    rig = make_rig(make_store, make_client)
    ask(rig, qtbot, 1)
    ask(rig, qtbot, 2, by_user=True)
    rig.test_requested.emit(1, OTHER_KEY)
    rig.save_requested.emit(KEY)
    rig.delete_requested.emit()
    qtbot.waitUntil(lambda: len(rig.stored) == 2)
    rig.stop()
    there = rig.thread_of_worker
    (client,) = clients
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
