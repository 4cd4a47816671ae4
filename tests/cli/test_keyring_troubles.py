"""The commands as a user starts them, beside a Secret Service that misbehaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tray_app

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)
if shutil.which("dbus-daemon") is None:
    pytest.skip("needs dbus-daemon (Debian package dbus-daemon)", allow_module_level=True)

from tests.adapters.hostile_secret_service import (
    ACCESS_DENIED,
    Death,
    HostileSecretService,
    Refuse,
    Silence,
    Trouble,
)
from tests.adapters.session_bus import session_bus

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(tray_app.__file__).parent.parent
SECRET = b"sk_typed-Secret.9"
MINE = {"service": "novita-tray", "username": "default"}
ACTIONS = ("set", "status", "delete")
WAITING = "Waiting for the keyring: answer its prompt\n"

LOCKED = "The keyring is locked. Try again and unlock it at its prompt.\n"
MISSING = "No keyring service is running. Start GNOME Keyring or KWallet, then try again.\n"
REFUSED = "The keyring refused access to the key. Allow this program there, then try again.\n"
FAILED = "The keyring gave no usable answer. Try again; if that fails, log out and in.\n"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with session_bus() as address:
        yield address


@pytest.fixture
def service(address: str) -> Iterator[HostileSecretService]:
    with HostileSecretService(address) as service:
        service.add(b"sk_stored", MINE)
        yield service


def start(address: str, *arguments: str) -> subprocess.Popen[bytes]:
    kept = ("PATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    program = subprocess.Popen(
        [sys.executable, "-m", "tray_app", *arguments],
        cwd=PROJECT,
        env={**environ, "DBUS_SESSION_BUS_ADDRESS": address},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdin is not None
    program.stdin.write(SECRET)
    program.stdin.close()
    program.stdin = None
    return program


def ended(program: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error without the word about the wait.

    A machine under load may well keep people waiting for longer than two seconds.
    """
    with program:
        out, err = program.communicate(timeout=60)
    assert SECRET not in out + err
    return program.returncode, out.decode(), err.decode().removeprefix(WAITING)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("trouble", "sentence"), [(Refuse(ACCESS_DENIED), REFUSED), (Death(), FAILED)], ids=repr
)
def test_a_keyring_in_trouble_is_10_and_its_sentence(
    service: HostileSecretService, address: str, action: str, trouble: Trouble, sentence: str
) -> None:
    service.troubles["OpenSession"] = trouble
    service.troubles["Delete"] = trouble
    assert ended(start(address, "key", action)) == (10, "", sentence)
    assert [entry.secret for entry in service.entries.values()] == [b"sk_stored"]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_dismissed_prompt_is_10_its_sentence_and_one_prompt(
    service: HostileSecretService, address: str, action: str
) -> None:
    service.locked, service.unlocks_at_prompt = True, False
    assert ended(start(address, "key", action)) == (10, "", LOCKED)
    assert service.prompts == 1


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("where", ["no service", "no bus", "no address"])
def test_a_missing_keyring_is_10_and_its_sentence(address: str, action: str, where: str) -> None:
    address = {"no service": address, "no bus": "unix:path=/nonexistent", "no address": ""}[where]
    assert ended(start(address, "key", action)) == (10, "", MISSING)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("set", "The API key is stored in the keyring.\n"),
        ("status", "An API key is stored in the keyring.\n"),
        ("delete", "The API key is removed from the keyring.\n"),
    ],
)
def test_a_slow_keyring_is_waited_for_and_that_is_said(
    service: HostileSecretService, address: str, action: str, said: str
) -> None:
    service.locked, service.unlocks_at_prompt = True, None
    program = start(address, "key", action)
    service.wait_for_call("Prompt")
    assert program.stderr is not None
    assert program.stderr.readline().decode() == WAITING
    service.answer_prompt(dismissed=False)
    assert ended(program) == (0, said, "")


@pytest.mark.parametrize("action", ACTIONS)
def test_ctrl_c_ends_the_wait_and_takes_the_prompt_away(
    service: HostileSecretService, address: str, action: str
) -> None:
    service.locked, service.unlocks_at_prompt = True, None
    program = start(address, "key", action)
    service.wait_for_call("Prompt")
    program.send_signal(signal.SIGINT)
    assert ended(program) == (130, "", "")
    service.wait_for_call("Dismiss")


def test_ctrl_c_ends_the_wait_for_a_service_that_never_answers(
    service: HostileSecretService, address: str
) -> None:
    service.troubles["Get Label"] = Silence()
    program = start(address, "balance")
    service.wait_for_call("Get Label")
    program.send_signal(signal.SIGINT)
    assert ended(program) == (130, "", "")
