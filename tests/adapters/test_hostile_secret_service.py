"""The key store against a Secret Service that misbehaves, on a real bus."""

from __future__ import annotations

import _thread
import shutil
import socket
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adapters.key_store_contract import KEY, OTHER_KEY, KeyStoreContract

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)
if shutil.which("dbus-daemon") is None:
    pytest.skip("needs dbus-daemon (Debian package dbus-daemon)", allow_module_level=True)

from tests.adapters.hostile_secret_service import (
    ACCESS_DENIED,
    IS_LOCKED,
    NO_REPLY,
    Answer,
    Death,
    HostileSecretService,
    Loss,
    Refuse,
    Silence,
    Trouble,
)
from tests.adapters.key_question import Asking
from tests.adapters.session_bus import session_bus
from tray_app.adapters.key_store import KeyStore
from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Problem,
    ProblemError,
    RequestAbortedError,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MINE = {"service": "novita-tray", "username": "default"}
SPAWN_FAILED = "org.freedesktop.DBus.Error.Spawn.ChildExited"
UNKNOWN = "org.example.Error.Unheard"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with session_bus() as address:
        yield address


@pytest.fixture
def service(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileSecretService]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with HostileSecretService(address) as service:
        yield service


@pytest.fixture
def store(service: HostileSecretService) -> KeyStore:
    assert service.entries == {}
    return KeyStore()


def problem_of(question: Callable[[], object]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        question()
    return caught.value.problem


class TestHostileSecretServiceAtPeace(KeyStoreContract):
    """While it is not told to misbehave it passes what the real ones pass."""


CALLS_OF_A_READ = (
    "Get Label",
    "Get Locked",
    "SearchItems",
    "Get Modified",
    "OpenSession",
    "GetSecret",
)


@pytest.mark.parametrize("call", CALLS_OF_A_READ)
@pytest.mark.parametrize(
    ("trouble", "problem"),
    [
        (Refuse(ACCESS_DENIED), KeyringRefused()),
        (Refuse(IS_LOCKED), KeyringLocked()),
        (Refuse(NO_REPLY), KeyringFailed()),
        (Refuse(SPAWN_FAILED), KeyringMissing()),
        (Refuse(UNKNOWN), KeyringFailed()),
        (Death(), KeyringFailed()),
    ],
    ids=repr,
)
def test_trouble_at_any_call_of_a_read_has_its_name_and_passes(
    store: KeyStore, service: HostileSecretService, call: str, trouble: Trouble, problem: Problem
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles[call] = trouble
    assert problem_of(store.read) == problem


@pytest.mark.parametrize("call", ["Get Label", "OpenSession", "CreateItem"])
@pytest.mark.parametrize(
    ("trouble", "problem"),
    [(Refuse(ACCESS_DENIED), KeyringRefused()), (Death(), KeyringFailed())],
    ids=repr,
)
def test_trouble_at_any_call_of_a_save_has_its_name_and_nothing_is_stored(
    store: KeyStore, service: HostileSecretService, call: str, trouble: Trouble, problem: Problem
) -> None:
    service.troubles[call] = trouble
    assert problem_of(lambda: store.save(KEY)) == problem
    assert service.entries == {}


@pytest.mark.parametrize(
    ("trouble", "problem"),
    [(Refuse(ACCESS_DENIED), KeyringRefused()), (Death(), KeyringFailed())],
    ids=repr,
)
def test_a_refused_or_broken_removal_is_told_and_the_key_stays(
    store: KeyStore, service: HostileSecretService, trouble: Trouble, problem: Problem
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles["Delete"] = trouble
    assert problem_of(store.delete) == problem
    assert len(service.entries) == 1


@pytest.mark.parametrize(
    ("call", "answer", "problem"),
    [
        ("Get Label", Answer("as", (["rubbish"],)), KeyringFailed()),
        ("Get Locked", Answer("v", (("s", "rubbish"),)), KeyringLocked()),
        ("SearchItems", Answer("v", (("s", "rubbish"),)), KeyringFailed()),
        ("SearchItems", Answer("ao", (["/no/such/entry"],)), NoKey()),
        ("Get Modified", Answer("v", (("s", "rubbish"),)), KeyringFailed()),
        ("OpenSession", Answer("s", ("rubbish",)), KeyringFailed()),
        ("OpenSession", Answer("vo", (("s", "rubbish"), "/session")), KeyringFailed()),
        ("GetSecret", Answer("s", ("rubbish",)), KeyringFailed()),
        ("GetSecret", Answer("(oayays)", (("/s", b"", b"\xff", "text/plain"),)), WrongKey("")),
    ],
    ids=repr,
)
def test_an_answer_that_makes_no_sense_is_a_problem_and_no_crash(
    store: KeyStore, service: HostileSecretService, call: str, answer: Answer, problem: Problem
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles[call] = answer
    assert problem_of(store.read) == problem


def test_a_service_that_died_is_missing_and_found_again_when_it_is_back(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    store = KeyStore()
    with HostileSecretService(address) as first:
        first.add(KEY.reveal().encode(), MINE)
        assert store.read() == KEY
    assert problem_of(store.read) == KeyringMissing()
    with HostileSecretService(address) as second:
        second.add(OTHER_KEY.reveal().encode(), MINE)
        assert store.read() == OTHER_KEY


def test_a_service_that_dies_behind_its_prompt_does_not_leave_the_question_hanging(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.locked, service.unlocks_at_prompt = True, None
    # Its call is answered, so that no bus tells of its end but by the name that it leaves.
    service.troubles["Prompt"] = Death(after_answer=True)
    assert Asking(store).wait() == KeyringFailed()
    assert service.prompts == 1


def test_a_dismissed_prompt_is_a_locked_keyring_and_one_prompt(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.locked, service.unlocks_at_prompt = True, False
    for count, question in enumerate((store.read, lambda: store.save(KEY), store.delete), start=1):
        assert problem_of(question) == KeyringLocked()
        assert service.prompts == count


def test_an_answered_prompt_gives_the_key(store: KeyStore, service: HostileSecretService) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.locked = True
    assert store.read() == KEY
    assert service.prompts == 1


def test_a_late_answer_is_used(store: KeyStore, service: HostileSecretService) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles["GetSecret"] = Silence()
    asking = Asking(store)
    service.wait_for_call("GetSecret")
    service.release()
    assert asking.wait() == KEY


@pytest.mark.slow
def test_an_answer_after_more_than_a_minute_is_used(
    store: KeyStore, service: HostileSecretService
) -> None:
    """Nothing on the way gives up by itself: not the bus, not the libraries."""
    service.add(KEY.reveal().encode(), MINE)
    service.troubles["GetSecret"] = Silence()
    release = threading.Timer(65, service.release)
    release.start()
    begin = time.monotonic()
    assert store.read() == KEY
    assert time.monotonic() - begin > 60


@pytest.mark.parametrize("call", CALLS_OF_A_READ)
def test_a_silent_service_can_be_left_at_any_call_and_asked_again(
    store: KeyStore, service: HostileSecretService, call: str
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles[call] = Silence()
    asking = Asking(store)
    service.wait_for_call(call)
    store.abort()
    assert asking.wait() is RequestAbortedError
    service.troubles = {}
    assert store.read() == KEY


def test_an_open_prompt_can_be_left(store: KeyStore, service: HostileSecretService) -> None:
    service.locked, service.unlocks_at_prompt = True, None
    asking = Asking(store)
    service.wait_for_call("Prompt")
    store.abort()
    assert asking.wait() is RequestAbortedError


def test_an_abort_between_two_questions_ends_neither(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    store.abort()
    assert store.read() == KEY
    store.abort()
    assert store.read() == KEY


def test_a_bus_that_takes_the_connection_and_says_nothing_is_a_missing_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen(1)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
        assert problem_of(KeyStore().read) == KeyringMissing()


def test_a_bus_that_hangs_after_the_login_can_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(path))
        hanging.listen(1)
        store = KeyStore()
        asking = Asking(store)
        connection, _ = hanging.accept()
        with connection, connection.makefile("rwb", buffering=0) as stream:
            assert b"AUTH EXTERNAL" in stream.readline()
            stream.write(b"OK 0123456789abcdef0123456789abcdef\r\n")
            assert stream.readline() == b"BEGIN\r\n"
            assert b"Hello" in connection.recv(4096)
            store.abort()
            assert asking.wait() is RequestAbortedError


def test_a_bus_that_dies_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as bus:
        address = bus.enter_context(session_bus())
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with HostileSecretService(address) as service:
            service.troubles["Get Label"] = Silence()
            asking = Asking(KeyStore())
            service.wait_for_call("Get Label")
            bus.close()
            assert asking.wait() == KeyringFailed()


def test_without_a_collection_there_is_no_key_and_no_prompt(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.has_collection = False
    assert problem_of(store.read) == NoKey()
    assert store.delete() is False
    assert "CreateCollection" not in service.calls
    assert service.prompts == 0


def test_a_save_without_a_collection_asks_for_one_and_a_dismissal_is_told(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.has_collection, service.unlocks_at_prompt = False, False
    assert problem_of(lambda: store.save(KEY)) == KeyringLocked()
    assert (service.prompts, service.entries) == (1, {})


def test_of_two_entries_the_newest_counts_and_a_save_leaves_one(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.add(b"sk_old", MINE, modified=10)
    newest = service.add(OTHER_KEY.reveal().encode(), {**MINE, "application": "other"}, modified=20)
    service.add(b"sk_older", MINE, modified=5)
    assert store.read() == OTHER_KEY
    store.save(KEY)
    assert [(path, entry.secret) for path, entry in service.entries.items()] == [
        (newest, KEY.reveal().encode())
    ]


def test_a_removal_leaves_none_of_two_entries(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.add(b"sk_old", MINE, modified=10)
    service.add(b"sk_new", MINE, modified=20)
    assert store.delete() is True
    assert service.entries == {}


def test_an_older_entry_that_cannot_be_deleted_does_not_fail_the_save(
    store: KeyStore, service: HostileSecretService
) -> None:
    older = service.add(b"sk_old", MINE, modified=10)
    service.add(b"sk_new", MINE, modified=20)
    service.entries[older].locked = True
    store.save(KEY)
    assert store.read() == KEY


@pytest.mark.parametrize("call", ["SearchItems", "Get Modified", "Get Locked", "GetSecret"])
def test_an_entry_that_another_program_deletes_while_it_is_read_is_no_key(
    store: KeyStore, service: HostileSecretService, call: str
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles[call] = Loss()
    assert problem_of(store.read) == NoKey()


def test_a_key_is_saved_though_another_program_deletes_the_entry_meanwhile(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.add(OTHER_KEY.reveal().encode(), MINE)
    service.troubles["SetSecret"] = Loss()
    store.save(KEY)
    service.troubles = {}
    assert store.read() == KEY


def test_an_entry_that_another_program_deletes_first_was_not_deleted_here(
    store: KeyStore, service: HostileSecretService
) -> None:
    service.add(KEY.reveal().encode(), MINE)
    service.troubles["Delete"] = Loss()
    assert store.delete() is False


@pytest.mark.parametrize("secret", [b"", b"\xff\xfe", b"\x00", b"\n", b"k" * 4096])
def test_an_entry_that_holds_rubbish_is_a_wrong_key_that_can_be_replaced_and_removed(
    store: KeyStore, service: HostileSecretService, secret: bytes
) -> None:
    service.add(secret, MINE)
    assert problem_of(store.read) == WrongKey("")
    store.save(KEY)
    assert store.read() == KEY
    service.entries.clear()
    service.add(secret, MINE)
    assert store.delete() is True
    assert service.entries == {}


def test_line_ends_around_and_in_the_key_are_not_part_of_it(
    store: KeyStore, service: HostileSecretService
) -> None:
    text = KEY.reveal()
    service.add(f"{text[:6]}\n{text[6:]}\r\n".encode(), MINE)
    assert store.read() == KEY


def test_no_connection_stays_open_whatever_came_of_a_question(
    store: KeyStore, service: HostileSecretService
) -> None:
    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    service.locked, service.unlocks_at_prompt = True, False
    assert problem_of(store.read) == KeyringLocked()
    before = open_files()
    for _ in range(5):
        assert problem_of(store.read) == KeyringLocked()
    assert open_files() == before


def test_a_signal_that_came_just_before_the_wait_ends_it(
    service: HostileSecretService, store: KeyStore
) -> None:
    service.locked, service.unlocks_at_prompt = True, None

    def interrupt() -> None:
        service.wait_for_call("Prompt")
        # Not before the answer to that has been read, and all waits for the prompt's signal.
        time.sleep(0.5)
        # To Python as a signal, but nothing that ends a wait of the system's.
        _thread.interrupt_main()

    interrupter = threading.Thread(target=interrupt)
    interrupter.start()
    with pytest.raises(KeyboardInterrupt):
        store.read()
    interrupter.join()
