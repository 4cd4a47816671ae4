from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from keyring.errors import NoKeyringError

from tests.cli.in_process import run
from tray_app.core.api_key import ApiKey
from tray_app.core.configuration import Configuration, ProxyChoice, ProxyKind
from tray_app.core.problem import NoKey, ProblemError
from tray_app.core.settings import Settings
from tray_app.demo import DemoKeyStore
from tray_app.simulator import DEMO_KEY
from tray_app.wiring import Connection, demo_configuration

if TYPE_CHECKING:
    from tests.adapters.memory_keyring import MemoryKeyring


def test_the_demos_key_is_one_that_the_simulator_knows() -> None:
    assert DemoKeyStore().read() == ApiKey(DEMO_KEY)


def test_the_demos_store_keeps_changes_in_memory() -> None:
    store = DemoKeyStore()
    store.save(ApiKey("sk_demo_empty"))
    assert store.read() == ApiKey("sk_demo_empty")
    assert not store.overridden
    assert store.delete() is True
    assert store.delete() is False
    with pytest.raises(ProblemError) as caught:
        store.read()
    assert caught.value.problem == NoKey()
    assert DemoKeyStore().read() == ApiKey(DEMO_KEY)


def test_the_demo_moves_faster_and_the_real_thing_keeps_the_defaults() -> None:
    assert Connection(configuration=demo_configuration()).settings == Settings(
        refresh_interval=timedelta(seconds=30), simulated=True
    )
    assert Connection().settings == Settings()


def test_the_demo_has_a_store_and_a_server_of_its_own() -> None:
    connection = Connection(demo=True)
    store = connection.make_key_store()
    client = connection.make_client()
    try:
        reading = client.fetch_balance(store.read())
    finally:
        client.close()
    assert reading.available.whole_steps(1) in {22, 23}


def test_the_demo_is_asked_straight_whatever_was_chosen() -> None:
    chosen = Configuration(proxy=ProxyChoice(ProxyKind.ADDRESS, "http://proxy.example"))
    assert Connection(configuration=chosen).proxy == chosen.proxy
    assert Connection(demo=True, configuration=chosen).proxy == ProxyChoice(ProxyKind.NONE)


def test_the_command_ends_the_client_and_the_demos_server() -> None:
    before = set(threading.enumerate())
    assert run("balance", "--demo").code == 0
    assert set(threading.enumerate()) <= before


def test_a_demo_needs_no_key_no_keyring_and_no_network(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring
) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_not_for_the_demo")
    keyring.failure = NoKeyringError("none")
    ended = run("--demo", "balance", "--json")
    assert ended.code == 0
    assert ended.document["currency"] == "USD"
    assert keyring.questions == []


@pytest.mark.parametrize("arguments", [("--demo", "balance"), ("balance", "--demo")])
def test_a_demo_says_so(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.code == 0
    assert ended.stdout.startswith("Demo: $")
    assert "Simulated account, no real money" in ended.stdout
    assert "NOVITA_API_KEY" not in ended.stdout
