"""Another proxy chosen while the tray runs, with real proxies and a server that speaks TLS."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer
from tests.adapters.real_proxies import PASSWORD, USER, RealProxy, tinyproxy
from tests.ui.samples import KEY
from tray_app.core.configuration import Account, Configuration, ProxyChoice, ProxyKind
from tray_app.core.problem import ProxyFailed, ProxyFault
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import SAMPLE_BALANCE
from tray_app.wiring import Connection

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.memory_key_store import MemoryKeyStore
    from tests.ui.running_program import Running

FIGURE = "$100.00 available"
NONE = ProxyChoice(ProxyKind.NONE)


@pytest.fixture
def simulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """http on this computer goes through no proxy, so this one speaks https."""
    company = PrivateCa(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with Simulator({KEY.reveal(): SAMPLE_BALANCE}, tls=company.serve()) as running:
        yield running


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[RealProxy]:
    with tinyproxy(tmp_path, f"BasicAuth {USER} {PASSWORD}") as running:
        yield running


def by(address: str) -> ProxyChoice:
    return ProxyChoice(ProxyKind.ADDRESS, address)


def by_proxy(proxy: RealProxy) -> ProxyChoice:
    return by(f"http://{USER}:{PASSWORD}@{proxy.address}")


def choose(running: Running, choice: ProxyChoice) -> None:
    keeper = running.program._keeper
    keeper.change(replace(keeper.configuration, proxy=choice))


def carried(proxy: RealProxy) -> int:
    """Return for how many connections it opened the way."""
    return proxy.log.count("CONNECT 127.0.0.1:")


def wait_for_answer(running: Running, generation: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: running.state.generation == generation and not running.state.in_flight)


def hang(connection: socket.socket) -> None:
    while connection.recv(65_536):
        pass


@pytest.mark.usefixtures("impatient")
def test_the_next_request_goes_the_new_way(loaded: Running, proxy: RealProxy, qtbot: QtBot) -> None:
    ways = []
    for number, choice in enumerate((by_proxy(proxy), NONE, by_proxy(proxy)), start=2):
        choose(loaded, choice)
        loaded.program.shown.refresh()
        wait_for_answer(loaded, number, qtbot)
        ways.append(carried(proxy))
    assert ways == [1, 1, 2]


def test_while_all_is_well_a_change_asks_for_nothing(
    loaded: Running, proxy: RealProxy, simulator: Simulator
) -> None:
    choose(loaded, by_proxy(proxy))
    assert not loaded.state.in_flight
    assert simulator.request_count == 1


def test_a_request_under_way_is_ended_and_asked_again_by_the_new_way(
    start: Callable[..., Running],
    store: MemoryKeyStore,
    proxy: RealProxy,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    with RawServer(hang) as hanging:
        monkeypatch.setenv("HTTPS_PROXY", hanging.url)
        running = start(store)
        qtbot.waitUntil(lambda: hanging.accepted == 1)
        choose(running, by_proxy(proxy))
        qtbot.waitUntil(lambda: FIGURE in running.tooltip, timeout=2_000)
        assert hanging.accepted == 1
    assert (carried(proxy), store.reads) == (1, 1)
    assert running.state.failures == 0


def test_what_failed_on_the_old_way_is_tried_again_by_itself(
    start: Callable[..., Running],
    store: MemoryKeyStore,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    running = start(store)
    qtbot.waitUntil(lambda: running.state.problem == ProxyFailed(ProxyFault.UNREACHABLE))
    choose(running, NONE)
    qtbot.waitUntil(lambda: FIGURE in running.tooltip)


def test_an_address_that_cannot_be_used_is_told_and_stands_in_no_log(
    loaded: Running, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    choose(loaded, by(f"http://{USER}:{PASSWORD}@proxy.example/path"))
    loaded.program.shown.refresher._start_fetch(asked_by_user=False)
    qtbot.waitUntil(lambda: loaded.state.problem == ProxyFailed(ProxyFault.SETTINGS))
    qtbot.waitUntil(lambda: "The proxy's address cannot be used" in loaded.tooltip)
    for part in (PASSWORD, "proxy.example"):
        assert part not in caplog.text + loaded.tooltip


def test_every_account_goes_the_new_way(
    loaded: Running, proxy: RealProxy, simulator: Simulator, qtbot: QtBot
) -> None:
    loaded.program._keeper.change(Configuration(accounts=(Account(), Account("work"))))
    qtbot.waitUntil(lambda: simulator.request_count == 2)
    sessions = loaded.program.sessions
    qtbot.waitUntil(lambda: not any(session.state.in_flight for session in sessions))
    choose(loaded, by_proxy(proxy))
    for session in sessions:
        session.refresher._start_fetch(asked_by_user=False)
    qtbot.waitUntil(lambda: simulator.request_count == 4)
    assert carried(proxy) == 2


def test_the_environments_key_stays_with_the_account_that_has_it() -> None:
    configuration = Configuration(accounts=(Account("new"), Account("old")))
    old = Connection(environment_key="sk_old", account="old")
    assert old.under(configuration).source.key_from_environment
    assert old.under(configuration).log_mark == "old: "
    assert not old.for_account("old", configuration).source.key_from_environment
