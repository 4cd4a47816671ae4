"""The key store over the real Secret Service, on a bus of its own."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.adapters.key_store_contract import KEY, OTHER_KEY, KeyStoreContract
from tray_app.adapters.key_store import KeyStore
from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    ProblemError,
    RequestAbortedError,
    WrongKey,
)

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)

import secretstorage

from tests.adapters.key_question import Asking
from tests.desktop import prompter
from tests.desktop.requirements import missing_requirements
from tests.desktop.session import DesktopSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.program import Program

pytestmark = pytest.mark.desktop


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    """A session with an unlocked keyring, which the tests share; each leaves it empty."""
    if missing := missing_requirements():
        reason = "desktop tests need " + ", ".join(missing)
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with DesktopSession() as session:
        session.start_keyring()
        yield session


@pytest.fixture
def store(session: DesktopSession, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyStore]:
    address = session.environ["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    store = KeyStore()
    yield store
    store.delete()


class TestSecretService(KeyStoreContract):
    """The real keyring passes what the fake passes."""


def test_no_file_holds_the_key_in_plain_text(store: KeyStore, session: DesktopSession) -> None:
    store.save(KEY)
    store.save(OTHER_KEY)
    files = [path for path in session.root.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    for path in files:
        content = path.read_bytes()
        assert KEY.reveal().encode() not in content, path
        assert OTHER_KEY.reveal().encode() not in content, path


def test_another_store_reads_the_key_as_another_program_would(store: KeyStore) -> None:
    store.save(KEY)
    assert KeyStore().read() == KEY


def secret_tool(session: DesktopSession, action: str, secret: bytes | None = None) -> Program:
    """Change the keyring as another program does, and wait until it has."""
    label = ["--label", "by another program"] if action == "store" else []
    args = ["secret-tool", action, *label, "service", "novita-tray", "username", "default"]
    program = session.start(args, piped_stdin=secret is not None)
    if secret is not None:
        program.send_stdin(secret)
    assert program.wait_exit(20) == 0, program.stderr
    return program


def test_a_key_that_another_program_stored_changed_and_deleted_is_followed(
    store: KeyStore, session: DesktopSession
) -> None:
    secret_tool(session, "store", KEY.reveal().encode())
    assert store.read() == KEY
    secret_tool(session, "store", OTHER_KEY.reveal().encode())
    assert store.read() == OTHER_KEY
    secret_tool(session, "clear")
    assert store.read_stored() is None
    store.save(KEY)
    secret_tool(session, "clear")
    assert store.delete() is False


def test_a_save_leaves_one_entry_beside_another_programs(
    store: KeyStore, session: DesktopSession
) -> None:
    store.save(KEY)
    secret_tool(session, "store", b"sk_of_another_program")
    store.save(OTHER_KEY)
    found = secret_tool(session, "search").stdout
    assert found.count("secret = ") == 1
    assert store.read() == OTHER_KEY


@pytest.mark.parametrize("rubbish", [b"\xff\xfe\x00", b"schl\xc3\xbcssel", b" "])
def test_rubbish_of_another_program_is_a_wrong_key_that_can_be_replaced(
    store: KeyStore, rubbish: bytes
) -> None:
    # Not by secret-tool, which in Debian 13 takes nothing but UTF-8.
    with closing(secretstorage.dbus_init()) as connection:
        collection = secretstorage.get_default_collection(connection)
        collection.create_item(
            "rubbish", {"service": "novita-tray", "username": "default"}, rubbish
        )
    with pytest.raises(ProblemError) as caught:
        store.read()
    assert caught.value.problem == WrongKey("")
    store.save(KEY)
    assert store.read() == KEY


def test_a_keyring_that_was_killed_and_is_back_answers_the_same_store(
    store: KeyStore, session: DesktopSession
) -> None:
    store.save(KEY)
    session.stop_keyring(signal.SIGKILL)
    with pytest.raises(ProblemError) as caught:
        store.read()
    assert caught.value.problem == KeyringMissing()
    session.start_keyring()
    assert store.read() == KEY


class TestPrompts:
    """The keyring is locked, and the user does something about its prompt."""

    @pytest.fixture
    def asking(self, store: KeyStore, session: DesktopSession) -> Iterator[Asking]:
        """The key is asked for while the keyring is locked: its prompt stands open."""
        store.save(KEY)
        prompter.allow_prompts(session)
        session.lock_keyring()
        asking = Asking(store)
        prompter.wait_for_prompt(session)
        yield asking
        session.ensure_unlocked_keyring()

    def test_the_right_password_gives_the_key(
        self, asking: Asking, session: DesktopSession
    ) -> None:
        prompter.unlock(session)
        assert asking.wait() == KEY

    def test_a_dismissed_prompt_is_a_locked_keyring(
        self, asking: Asking, session: DesktopSession
    ) -> None:
        prompter.dismiss(session)
        assert asking.wait() == KeyringLocked()

    def test_a_keyring_killed_behind_its_prompt_is_a_failure_and_leaves_nobody_waiting(
        self, asking: Asking, session: DesktopSession
    ) -> None:
        session.stop_keyring(signal.SIGKILL)
        assert asking.wait() == KeyringFailed()

    def test_a_question_that_is_left_takes_its_prompt_away(
        self, asking: Asking, store: KeyStore, session: DesktopSession
    ) -> None:
        store.abort()
        assert asking.wait() is RequestAbortedError
        prompter.wait_until_closed(session)


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "", "nonsense"])
def test_without_a_bus_the_keyring_is_missing(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(ProblemError) as caught:
        KeyStore().read()
    assert caught.value.problem == KeyringMissing()


@pytest.mark.filterwarnings(
    # keyring leaves the bus's socket to garbage collection when there is no service.
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)
def test_a_bus_without_a_secret_service_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    if missing := missing_requirements():
        pytest.skip("desktop tests need " + ", ".join(missing))
    with DesktopSession() as session:
        address = session.environ["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with pytest.raises(ProblemError) as caught:
            KeyStore().save(KEY)
        assert caught.value.problem == KeyringMissing()
        del caught
        gc.collect()
