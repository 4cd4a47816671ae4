from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import pytest
from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError
from keyring.errors import KeyringLocked as BackendLocked

from tests.adapters.key_store_contract import KEY, OTHER_KEY, KeyStoreContract
from tests.adapters.memory_keyring import MemoryKeyring
from tray_app.adapters.key_store import SERVICE, KeyStore
from tray_app.core.api_key import ApiKey
from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    ProblemError,
    RequestAbortedError,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from keyring.backend import KeyringBackend

    from tray_app.core.problem import Problem


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def store(keyring: MemoryKeyring) -> KeyStore:
    return KeyStore(None, lambda: keyring)


def problem_of(question: Callable[[], object]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        question()
    return caught.value.problem


class ListingMemoryKeyring(MemoryKeyring):
    """Tells names, as the Secret Service does."""

    def usernames(self, service: str) -> tuple[str, ...]:
        self._note("names")
        return tuple(user for kept, user in self.secrets if kept == service)


def test_whose_keys_are_stored_is_told_by_keyrings_that_know(store: KeyStore) -> None:
    listing = ListingMemoryKeyring()
    listing.secrets = {(SERVICE, "work"): "sk_one", ("another", "default"): "sk_two"}
    assert KeyStore(None, lambda: listing).stored_accounts() == ("work",)
    listing.failure = BackendLocked("locked")
    assert problem_of(KeyStore(None, lambda: listing).stored_accounts) == KeyringLocked()
    assert store.stored_accounts() == ()


class TestInMemory(KeyStoreContract):
    """The fake that other tests use passes what the real keyring passes."""


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        (BackendLocked("locked"), KeyringLocked()),
        (NoKeyringError("none"), KeyringMissing()),
        (PermissionError("the bus"), KeyringRefused()),
        (KeyringError("other"), KeyringFailed()),
        (RuntimeError("anything"), KeyringFailed()),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "rubbish"), WrongKey("")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_failure_of_every_question_is_a_problem_that_passes(
    store: KeyStore, keyring: MemoryKeyring, failure: Exception, problem: Problem
) -> None:
    store.save(KEY)
    keyring.failure = failure
    assert problem_of(store.read) == problem
    assert problem_of(store.read_stored) == problem
    assert problem_of(lambda: store.save(OTHER_KEY)) == problem
    assert problem_of(store.delete) == problem
    keyring.failure = None
    assert store.read() == KEY


@pytest.mark.parametrize("failure", [ImportError("secretstorage"), RuntimeError("no D-Bus")])
def test_a_keyring_that_cannot_be_opened_is_missing_and_tried_again_later(
    keyring: MemoryKeyring, failure: Exception
) -> None:
    attempts: list[Exception] = [failure]

    def open_keyring() -> KeyringBackend:
        if attempts:
            raise attempts.pop()
        return keyring

    store = KeyStore(None, open_keyring)
    assert problem_of(store.read) == KeyringMissing()
    assert problem_of(store.read) == NoKey()


def test_a_question_that_was_ended_is_no_problem(store: KeyStore, keyring: MemoryKeyring) -> None:
    keyring.failure = RequestAbortedError()
    with pytest.raises(RequestAbortedError):
        store.read()


def test_a_keyring_that_cannot_be_left_takes_an_abort_in_peace(store: KeyStore) -> None:
    store.abort()
    store.save(KEY)
    store.abort()
    assert store.read() == KEY


def test_an_entry_that_went_while_it_was_deleted_was_not_deleted_here(
    store: KeyStore, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(KEY)

    def find_none(service: str, username: str) -> None:
        del keyring.secrets[service, username]
        raise PasswordDeleteError("no such secret")

    monkeypatch.setattr(keyring, "delete_password", find_none)
    assert store.delete() is False


def test_an_entry_that_cannot_be_deleted_is_told(
    store: KeyStore, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(KEY)

    def fail(service: str, username: str) -> None:
        raise PasswordDeleteError(f"{service}, {username}")

    monkeypatch.setattr(keyring, "delete_password", fail)
    assert problem_of(store.delete) == KeyringFailed()


def test_what_is_stored_but_no_key_can_be_deleted(store: KeyStore, keyring: MemoryKeyring) -> None:
    keyring.secrets[SERVICE, "default"] = "schlüssel"
    assert store.delete() is True
    assert keyring.secrets == {}


def test_a_failed_save_leaves_the_key_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: KeyStore, keyring: MemoryKeyring
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    keyring.failure = NoKeyringError("none")
    assert problem_of(lambda: store.save(KEY)) == KeyringMissing()
    assert keyring.secrets == {}
    assert list(tmp_path.rglob("*")) == []


def test_the_key_is_in_no_log_and_no_exception(
    store: KeyStore, keyring: MemoryKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keyring.failure = RuntimeError(f"could not store {KEY.reveal()}")
    with pytest.raises(ProblemError) as caught:
        store.save(KEY)
    assert "KeyringFailed" in caplog.text
    assert KEY.reveal() not in caplog.text
    assert KEY.reveal() not in "".join(traceback.format_exception(caught.value))


def test_nothing_that_ends_the_program_is_swallowed(
    store: KeyStore, keyring: MemoryKeyring
) -> None:
    keyring.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        store.read()


def test_the_environments_key_is_used_without_asking_the_keyring(keyring: MemoryKeyring) -> None:
    keyring.failure = BackendLocked("locked")
    store = KeyStore("  Bearer sk_from_environment\n", lambda: keyring)
    assert store.overridden
    assert store.read() == ApiKey("sk_from_environment")
    assert keyring.questions == []


def test_the_environment_overrides_reading_alone(keyring: MemoryKeyring) -> None:
    store = KeyStore("sk_from_environment", lambda: keyring)
    store.save(KEY)
    assert store.read() == ApiKey("sk_from_environment")
    assert store.read_stored() == KEY
    assert store.delete()
    assert keyring.secrets == {}
    assert store.read() == ApiKey("sk_from_environment")


@pytest.mark.parametrize("value", [None, "", " ", "\n"])
def test_an_empty_variable_overrides_nothing(keyring: MemoryKeyring, value: str | None) -> None:
    store = KeyStore(value, lambda: keyring)
    store.save(KEY)
    assert not store.overridden
    assert store.read() == KEY


@pytest.mark.parametrize("value", ["schlüssel", "k" * 513, "“quoted”"])
def test_a_variable_that_cannot_be_a_key_is_a_wrong_key(keyring: MemoryKeyring, value: str) -> None:
    store = KeyStore(value, lambda: keyring)
    with pytest.raises(ProblemError) as caught:
        store.read()
    assert caught.value.problem == WrongKey("")
    assert value not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("stored", ["schlüssel", "", "\x00"])
def test_a_stored_text_that_cannot_be_a_key_is_a_wrong_key(
    store: KeyStore, keyring: MemoryKeyring, stored: str
) -> None:
    keyring.secrets[SERVICE, "default"] = stored
    assert problem_of(store.read) == WrongKey("")


def test_a_replaced_key_is_updated_in_place(store: KeyStore, keyring: MemoryKeyring) -> None:
    store.save(KEY)
    store.save(OTHER_KEY)
    assert keyring.questions == ["set", "set"]
    assert keyring.secrets == {("novita-tray", "default"): OTHER_KEY.reveal()}


def test_the_keyring_is_opened_late_and_once(keyring: MemoryKeyring) -> None:
    opened = []

    def open_keyring() -> KeyringBackend:
        opened.append(keyring)
        return keyring

    store = KeyStore(None, open_keyring)
    assert opened == []
    store.save(KEY)
    store.read()
    store.delete()
    assert len(opened) == 1
