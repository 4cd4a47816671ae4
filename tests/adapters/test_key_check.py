from __future__ import annotations

from datetime import timedelta

import pytest
from keyring.errors import KeyringLocked as LockedError

from tests.adapters.memory_keyring import MemoryKeyring
from tray_app.adapters.key_check import environment_key, keyring_found, stored_key
from tray_app.adapters.key_store import SERVICE, KeyStore
from tray_app.core.api_key import ApiKey
from tray_app.core.checkup import KeyFound, KeyringFound, KeyringState, KeySource
from tray_app.core.problem import KeyringLocked, KeyringMissing, NoKey, WrongKey

SECRET = "sk_check_secret"
OPEN = KeyringFound("Secret Service", KeyringState.OPEN, stored=True)


def keyring_with(text: str) -> tuple[MemoryKeyring, KeyStore]:
    keyring = MemoryKeyring()
    keyring.secrets[SERVICE, "default"] = text
    return keyring, KeyStore(None, lambda: keyring)


def test_the_stored_key_is_read_from_an_open_keyring() -> None:
    _, store = keyring_with(SECRET)
    in_force = stored_key(store, OPEN)
    assert in_force.found == KeyFound(KeySource.KEYRING)
    assert in_force.key == ApiKey(SECRET)
    assert SECRET not in repr(in_force)


@pytest.mark.parametrize(
    "keyring",
    [
        KeyringFound("Secret Service", KeyringState.LOCKED, stored=True),
        KeyringFound("Secret Service", problem=KeyringMissing()),
    ],
    ids=["locked", "missing"],
)
def test_a_keyring_that_would_open_a_prompt_is_not_asked_for_the_key(
    keyring: KeyringFound,
) -> None:
    memory, store = keyring_with(SECRET)
    in_force = stored_key(store, keyring)
    assert (in_force.found, in_force.key) == (KeyFound(None), None)
    assert memory.questions == []


@pytest.mark.parametrize("state", [KeyringState.OPEN, KeyringState.NOT_SET_UP])
def test_a_keyring_that_says_it_has_none_is_not_asked_for_it(state: KeyringState) -> None:
    memory, store = keyring_with(SECRET)
    in_force = stored_key(store, KeyringFound("Secret Service", state, stored=False))
    assert in_force.found == KeyFound(None, NoKey())
    assert memory.questions == []


def test_a_keyring_that_tells_its_state_only_when_asked_may_lack_the_key() -> None:
    keychain = KeyringFound("Keychain", KeyringState.OPEN)
    store = KeyStore(None, MemoryKeyring)
    assert stored_key(store, keychain).found == KeyFound(KeySource.KEYRING, NoKey())


def test_a_keyring_that_locks_meanwhile_is_locked() -> None:
    memory, store = keyring_with(SECRET)
    memory.failure = LockedError("just now")
    assert stored_key(store, OPEN).found == KeyFound(KeySource.KEYRING, KeyringLocked())


def test_the_environments_key_comes_from_there() -> None:
    memory = MemoryKeyring()
    in_force = environment_key(KeyStore(SECRET, lambda: memory))
    assert in_force.found == KeyFound(KeySource.ENVIRONMENT)
    assert in_force.key == ApiKey(SECRET)
    assert memory.questions == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("schlüssel", KeyFound(KeySource.ENVIRONMENT, WrongKey(""))),
        ("pk_something", KeyFound(KeySource.ENVIRONMENT, looks_like_one=False)),
    ],
)
def test_what_cannot_be_a_key_is_told_from_what_does_not_look_like_one(
    text: str, found: KeyFound
) -> None:
    assert environment_key(KeyStore(text, MemoryKeyring)).found == found


@pytest.mark.parametrize(
    ("platform", "backend"), [("darwin", "Keychain"), ("win32", "Credential Manager")]
)
def test_macos_and_windows_have_one_keyring_each(platform: str, backend: str) -> None:
    found = keyring_found(platform, timedelta(seconds=1))
    assert (found.backend, found.problem, found.stored) == (backend, None, None)
