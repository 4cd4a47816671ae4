from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtNetwork import QNetworkInformation

from tray_app.ui import network_hints
from tray_app.ui.network_hints import NetworkHints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

Reachability = QNetworkInformation.Reachability


class SocketWatch:
    """A watch on a socket to which the test writes: whether there is more than before."""

    def __init__(self) -> None:
        self._reader, self.writer = socket.socketpair()
        self.is_open = True

    def fileno(self) -> int:
        return self._reader.fileno()

    def gained(self) -> bool:
        return self._reader.recv(1) == b"+"

    def close(self) -> None:
        self.is_open = False
        self._reader.close()
        self.writer.close()


class Bench:
    def __init__(self) -> None:
        self.watches: list[SocketWatch] = []
        self.hints = NetworkHints(self.open_watch)
        self.given = 0
        self.hints.network_returned.connect(self.note)

    def open_watch(self) -> SocketWatch:
        self.watches.append(SocketWatch())
        return self.watches[-1]

    def note(self) -> None:
        self.given += 1


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    assert qapp is not None
    bench = Bench()
    yield bench
    bench.hints.set_needed(needed=False)


def test_nothing_is_watched_or_loaded_until_it_is_needed(bench: Bench) -> None:
    assert bench.watches == []
    bench.hints.set_needed(needed=True)
    bench.hints.set_needed(needed=True)
    assert [watch.is_open for watch in bench.watches] == [True]
    assert bench.hints._loading.isActive()
    bench.hints.set_needed(needed=False)
    assert [watch.is_open for watch in bench.watches] == [False]
    assert not bench.hints._loading.isActive()
    assert bench.hints._information is None


def test_what_the_watch_gains_is_a_hint_and_what_it_loses_is_none(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.hints.set_needed(needed=True)
    with qtbot.waitSignal(bench.hints.network_returned):
        bench.watches[0].writer.send(b"--+")
    assert bench.given == 1


def test_a_watch_of_a_second_failure_is_a_new_one(bench: Bench, qtbot: QtBot) -> None:
    for number in (0, 1):
        bench.hints.set_needed(needed=True)
        with qtbot.waitSignal(bench.hints.network_returned):
            bench.watches[number].writer.send(b"+")
        bench.hints.set_needed(needed=False)
    assert len(bench.watches) == 2


def test_where_the_system_has_no_watch_qt_is_left(qapp: QApplication) -> None:
    assert qapp is not None
    hints = NetworkHints(lambda: None)
    hints.set_needed(needed=True)
    assert hints._loading.isActive()
    hints.set_needed(needed=False)


def test_qts_own_plugin_is_loaded_after_a_while_and_once(bench: Bench, qtbot: QtBot) -> None:
    bench.hints._loading.setInterval(1)
    bench.hints.set_needed(needed=True)
    if not QNetworkInformation.availableBackends():
        pytest.skip("Qt has no plugin here")
    qtbot.waitUntil(lambda: bench.hints._information is not None)
    information = bench.hints._information
    assert information is not None
    bench.hints.set_needed(needed=False)
    bench.hints.set_needed(needed=True)
    assert not bench.hints._loading.isActive()
    with qtbot.waitSignal(bench.hints.network_returned):
        information.reachabilityChanged.emit(Reachability.Online)
    with qtbot.waitSignal(bench.hints.network_returned):
        information.isBehindCaptivePortalChanged.emit(False)  # noqa: FBT003 — a signal


def test_without_any_plugin_the_watch_is_left(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QNetworkInformation, "loadBackendByFeatures", staticmethod(lambda _features: False)
    )
    bench.hints.set_needed(needed=True)
    bench.hints.on_needed_for_long()
    assert bench.hints._information is None
    with qtbot.waitSignal(bench.hints.network_returned):
        bench.watches[0].writer.send(b"+")


@pytest.mark.parametrize(
    ("reachability", "hints"),
    [
        (Reachability.Unknown, 0),
        (Reachability.Disconnected, 0),
        (Reachability.Local, 1),
        (Reachability.Site, 1),
        (Reachability.Online, 1),
    ],
)
def test_a_network_of_any_reach_is_a_hint_while_it_is_needed(
    bench: Bench, reachability: Reachability, hints: int
) -> None:
    bench.hints.on_reachability_changed(reachability)
    assert bench.given == 0
    bench.hints.set_needed(needed=True)
    bench.hints.on_reachability_changed(reachability)
    assert bench.given == hints


def test_a_log_in_page_that_is_gone_is_a_hint_and_one_that_came_is_none(bench: Bench) -> None:
    bench.hints.set_needed(needed=True)
    bench.hints.on_captive_portal_changed(behind=True)
    assert bench.given == 0
    bench.hints.on_captive_portal_changed(behind=False)
    assert bench.given == 1


def test_the_module_brings_no_network_library_of_qts_along() -> None:
    assert "QNetworkInformation" not in vars(network_hints)


def test_qt_is_not_loaded_while_the_service_hangs_and_nobody_waits(
    qapp: QApplication, qtbot: QtBot
) -> None:
    assert qapp is not None
    asked, answer = threading.Event(), threading.Event()

    def hangs() -> bool:
        asked.set()
        answer.wait(30)
        return False

    hints = NetworkHints(lambda: None, hangs)
    hints.set_needed(needed=True)
    begun = time.monotonic()
    hints.on_needed_for_long()
    assert time.monotonic() - begun < 10
    assert asked.wait(10)
    with qtbot.waitSignal(hints._qt_may_load):
        answer.set()
    assert hints._information is None
    hints.set_needed(needed=False)
