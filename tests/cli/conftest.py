"""Fixtures of the command line's tests: a keyring in memory, a simulator, a small budget."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import neutral_environment
from tests.adapters.memory_keyring import MemoryKeyring
from tray_app.adapters.key_store import KeyStore
from tray_app.adapters.novita_client import NovitaClient
from tray_app.simulator import Simulator
from tray_app.wiring import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUDGET = timedelta(seconds=0.4)


@pytest.fixture(autouse=True)
def data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where a history would be: a folder of the test's own, which is not there yet."""
    home = tmp_path / "home"
    monkeypatch.setenv("NOVITA_TRAY_HOME", str(home))
    return home / "data"


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """An empty keyring in place of the system's, which no test here may touch."""
    neutral_environment(monkeypatch)
    keyring = MemoryKeyring()
    monkeypatch.setattr(
        Connection,
        "make_keyring_store",
        lambda connection: KeyStore(
            connection.own_environment_key, lambda: keyring, connection.account
        ),
    )
    return keyring


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """The demo's accounts on a real server."""
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def _small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Connection,
        "make_client",
        lambda connection: NovitaClient(connection.api_url, "novita-tray/test", budget=BUDGET),
    )
