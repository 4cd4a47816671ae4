"""The Secret Service's state, against one on a real bus that can be told to misbehave."""

from __future__ import annotations

import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)
if shutil.which("dbus-daemon") is None:
    pytest.skip("needs dbus-daemon (Debian package dbus-daemon)", allow_module_level=True)

from tests.adapters.asking import AMPLE
from tests.adapters.hostile_secret_service import (
    ACCESS_DENIED,
    Death,
    HostileSecretService,
    Refuse,
    Silence,
    Trouble,
)
from tests.adapters.session_bus import session_bus
from tray_app.adapters.key_check import keyring_found
from tray_app.core.checkup import KeyringFound, KeyringState
from tray_app.core.problem import KeyringFailed, KeyringMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

MINE = {"service": "novita-tray", "username": "default", "application": "any"}
OTHERS = {"service": "another program", "username": "default"}
SECRET = b"sk_state_secret"
BACKEND = f"Secret Service ({Path(sys.executable).name})"
QUESTIONS = {"ReadAlias", "Get Locked", "SearchItems"}
"""None of these opens a prompt or hands out a secret."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with session_bus() as address:
        yield address


@pytest.fixture
def service(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileSecretService]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with HostileSecretService(address) as service:
        yield service
        assert service.prompts == 0
        assert set(service.calls) <= QUESTIONS


def found(limit: float = AMPLE) -> KeyringFound:
    return keyring_found("linux", timedelta(seconds=limit))


def test_an_open_keyring_tells_that_it_has_the_key(service: HostileSecretService) -> None:
    service.add(SECRET, MINE)
    assert found() == KeyringFound(BACKEND, KeyringState.OPEN, stored=True)


def test_another_programs_secret_is_not_the_key(service: HostileSecretService) -> None:
    service.add(SECRET, OTHERS)
    assert found() == KeyringFound(BACKEND, KeyringState.OPEN, stored=False)


def test_a_locked_keyring_that_searches_tells_that_it_has_the_key(
    service: HostileSecretService,
) -> None:
    service.add(SECRET, MINE)
    service.locked = True
    assert found() == KeyringFound(BACKEND, KeyringState.LOCKED, stored=True)


def test_a_locked_keyring_that_finds_nothing_may_still_have_it(
    service: HostileSecretService,
) -> None:
    service.locked = True
    assert found() == KeyringFound(BACKEND, KeyringState.LOCKED, stored=None)


def test_an_entry_that_asks_before_it_is_handed_out_counts_as_locked(
    service: HostileSecretService,
) -> None:
    service.entries[service.add(SECRET, MINE)].locked = True
    assert found() == KeyringFound(BACKEND, KeyringState.LOCKED, stored=True)


def test_a_keyring_without_a_collection_is_not_set_up(service: HostileSecretService) -> None:
    service.has_collection = False
    assert found() == KeyringFound(BACKEND, KeyringState.NOT_SET_UP, stored=False)


@pytest.mark.parametrize("question", sorted(QUESTIONS))
@pytest.mark.parametrize("trouble", [Refuse(ACCESS_DENIED), Silence()], ids=["refuses", "hangs"])
def test_a_keyring_that_gives_no_answer_has_failed(
    service: HostileSecretService, question: str, trouble: Trouble
) -> None:
    service.add(SECRET, MINE)
    service.troubles[question] = trouble
    seen = found(0.2 if isinstance(trouble, Silence) else AMPLE)
    assert seen.problem == KeyringFailed()
    assert seen.state is None


@pytest.mark.parametrize("question", ["Get Locked", "SearchItems"])
def test_a_keyring_that_leaves_in_the_middle_has_failed(
    service: HostileSecretService, question: str
) -> None:
    service.add(SECRET, MINE)
    service.troubles[question] = Death()
    assert found().problem == KeyringFailed()


def test_a_bus_without_a_keyring_has_none(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert found() == KeyringFound("Secret Service", problem=KeyringMissing())


@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/nonexistent/bus"])
def test_without_a_bus_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert found().problem == KeyringMissing()
