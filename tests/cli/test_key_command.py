from __future__ import annotations

import getpass
import io
from typing import TYPE_CHECKING

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from tests.cli.in_process import run
from tray_app.adapters.key_store import SERVICE

if TYPE_CHECKING:
    from tests.adapters.memory_keyring import MemoryKeyring

SECRET = "sk_typed-Secret.9"
ITEM = (SERVICE, "default")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def give_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Put the bytes on a standard input that is no terminal."""
    stdin = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)


@pytest.mark.parametrize(
    "typed", [SECRET, f"{SECRET}\n", f"Bearer {SECRET}\r\n", f'  "{SECRET}" \n', f"\ufeff{SECRET}"]
)
def test_set_stores_what_comes_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, typed: str
) -> None:
    give_input(monkeypatch, typed.encode())
    ended = run("key", "set")
    assert (ended.code, ended.stderr) == (0, "")
    assert keyring.secrets == {ITEM: SECRET}
    assert SECRET not in ended.stdout


@pytest.mark.parametrize("content", [b"export KEY=sk_abc\nsecond line", b"sk_a\r\n\r\nsk_b\n"])
def test_set_refuses_several_lines_rather_than_join_them(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, content: bytes
) -> None:
    give_input(monkeypatch, content)
    ended = run("key", "set")
    assert (ended.code, ended.stdout) == (2, "")
    assert "several lines" in ended.stderr
    assert keyring.secrets == {}


def test_set_refuses_what_a_terminal_sends_in_another_encoding(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring
) -> None:
    def not_text(_prompt: str) -> str:
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", not_text)
    assert run("key", "set").code == 2
    assert keyring.secrets == {}


def test_set_asks_without_echo_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring
) -> None:
    prompts = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return SECRET

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", answer)
    assert run("key", "set").code == 0
    assert keyring.secrets == {ITEM: SECRET}
    assert len(prompts) == 1
    assert "not shown" in prompts[0]


def test_the_end_of_input_at_the_prompt_is_a_usage_error_and_no_crash(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring
) -> None:
    def end_of_input(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", end_of_input)
    assert run("key", "set").code == 2
    assert keyring.secrets == {}


@pytest.mark.parametrize(
    "typed",
    [b"", b"\n", "schlüssel_geheim".encode(), b"secret_" * 200, b"secret_\xff", b"secret_\x00"],
    ids=["empty", "line end", "umlaut", "long", "not UTF-8", "NUL"],
)
def test_what_cannot_be_a_key_is_refused_with_2_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, typed: bytes
) -> None:
    give_input(monkeypatch, typed)
    ended = run("key", "set")
    assert ended.code == 2
    assert ended.stderr.strip().endswith(".")
    assert "secret_" not in ended.stdout + ended.stderr
    assert "schlüssel" not in ended.stdout + ended.stderr
    assert keyring.secrets == {}


def test_status_says_whether_a_key_is_stored_and_never_which(keyring: MemoryKeyring) -> None:
    absent = run("key", "status")
    keyring.secrets[ITEM] = SECRET
    present = run("key", "status")
    assert (absent.code, absent.stdout) == (3, "No API key is in the keyring.\n")
    assert (present.code, present.stdout) == (0, "An API key is stored in the keyring.\n")


def test_delete_removes_the_key_and_says_when_there_is_none(keyring: MemoryKeyring) -> None:
    keyring.secrets[ITEM] = SECRET
    removed = run("key", "delete")
    absent = run("key", "delete")
    assert (removed.code, removed.stdout) == (0, "The API key is removed from the keyring.\n")
    assert (absent.code, absent.stdout) == (3, "")
    assert "No API key" in absent.stderr
    assert keyring.secrets == {}


@pytest.mark.parametrize("action", ["set", "status", "delete"])
def test_an_override_is_named_wherever_the_keyring_is_meant(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, action: str
) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_from_environment")
    keyring.secrets[ITEM] = "sk_old"
    give_input(monkeypatch, SECRET.encode())
    ended = run("key", action)
    assert ended.code == 0
    assert "NOVITA_API_KEY is set and overrides the keyring.\n" in ended.stdout
    assert "sk_" not in ended.stdout + ended.stderr
    assert keyring.secrets == {"set": {ITEM: SECRET}, "delete": {}}.get(action, {ITEM: "sk_old"})


def test_status_counts_the_environments_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_from_environment")
    ended = run("key", "status")
    assert ended.code == 0
    assert ended.stdout.startswith("No API key is in the keyring.")


@pytest.mark.parametrize("action", ["set", "status", "delete"])
@pytest.mark.parametrize("failure", [KeyringLocked("locked"), NoKeyringError("none")])
def test_a_keyring_that_gives_no_answer_is_10(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, action: str, failure: Exception
) -> None:
    give_input(monkeypatch, SECRET.encode())
    keyring.failure = failure
    ended = run("key", action)
    assert (ended.code, ended.stdout) == (10, "")
    assert "keyring" in ended.stderr.lower()
    assert SECRET not in ended.stderr


@pytest.mark.parametrize("action", ["set", "status", "delete"])
def test_a_demo_never_touches_the_keyring(
    monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyring, action: str
) -> None:
    give_input(monkeypatch, SECRET.encode())
    keyring.secrets[ITEM] = "sk_real"
    assert run("--demo", "key", action).code == 2
    assert keyring.secrets == {ITEM: "sk_real"}
    assert keyring.questions == []
