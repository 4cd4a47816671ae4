"""What the tests of the user interface share: no screen, a local Novita, a key store in memory."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.ui.memory_key_store import MemoryKeyStore
from tests.ui.running_program import LocalConnection, Running
from tests.ui.samples import HANGING_KEY, KEY, OTHER_KEY
from tests.ui.tray_bench import Panel
from tests.ui.worker_rig import NotingClient, WorkerRig
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import SAMPLE_BALANCE, Hang
from tray_app.tray_process import TrayProcess
from tray_app.ui.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tray_app.simulator.accounts import Account
    from tray_app.ui.ports import BalanceSource, KeyStore

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
    tmp_path: Path,
) -> Iterator[Callable[..., Running]]:
    """Start the program with a store of keys; it is stopped after the test."""
    assert qapp is not None
    started: list[Running] = []

    monkeypatch.setattr("tray_app.ui.tray.panel_is_there", lambda: True)
    # The session bus of whoever runs the tests says nothing about this platform.
    monkeypatch.setattr("tray_app.ui.menu_actions.underscores_mark_mnemonics", lambda: False)

    def start_with(store: MemoryKeyStore, environment_key: str = "") -> Running:
        connection = LocalConnection(
            api_url=simulator.url, environment_key=environment_key, store=store
        )
        process = TrayProcess.of({"NOVITA_TRAY_HOME": str(tmp_path / "home")}, demo=False)
        assert process.lock.take()
        running = Running(connection, process, exits)
        started.append(running)
        running.program.start()
        return running

    yield start_with
    for running in started:
        thread = running.program.shown._worker_thread
        if thread.isRunning():
            assert running.program.stop(), "the worker could not be ended"
        assert thread.wait(5_000)


@pytest.fixture
def loaded(start: Callable[..., Running], store: MemoryKeyStore, qtbot: QtBot) -> Running:
    running = start(store)
    qtbot.waitUntil(lambda: "$100.00 available" in running.tooltip)
    return running


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch) -> Panel:
    panel = Panel()
    monkeypatch.setattr("tray_app.ui.tray.panel_is_there", panel)
    monkeypatch.setattr("tray_app.ui.menu_actions.underscores_mark_mnemonics", lambda: False)
    monkeypatch.setattr("tray_app.ui.tray._EAGER_LOOK_MS", 5)
    monkeypatch.setattr("tray_app.ui.tray._PATIENT_LOOK_MS", 5)
    return panel


@pytest.fixture
def tray(qapp: QApplication, panel: Panel) -> Iterator[Tray]:
    assert qapp is not None
    assert panel.there
    tray = Tray(patience_ms=20)
    yield tray
    tray.hide()
