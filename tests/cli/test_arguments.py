from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import tray_app
from tests.cli.in_process import run
from tray_app.core.configuration import Account, Configuration
from tray_app.presentation.report_format import FIELD_NAMES
from tray_app.presentation.source import Source
from tray_app.wiring import NOVITA_API_URL, Connection, take_environment_key

if TYPE_CHECKING:
    from tests.adapters.memory_keyring import MemoryKeyring

SECRET = "sk_typed_by_mistake"


@pytest.mark.parametrize(
    "arguments",
    [
        (SECRET,),
        ("--", SECRET),
        (f"--{SECRET}",),
        (f"-{SECRET}",),
        (f"--key={SECRET}",),
        (f"--demo={SECRET}",),
        (f"--verbose={SECRET}",),
        (f"-v{SECRET}",),
        (f"--version={SECRET}",),
        (f"--help={SECRET}",),
        (f"--api-url={SECRET}",),
        ("--api-url", SECRET),
        ("--api-url", f"https://{SECRET}@novita.ai"),
        ("--api-url", f"http://{SECRET}.example"),
        ("balance", SECRET),
        ("balance", f"--json={SECRET}"),
        ("balance", "--json", f"--{SECRET}"),
        ("balance", f"--demo={SECRET}"),
        ("balance", "--api-url", f"https://novita.ai/{SECRET}"),
        ("balance", "--format", f"{{{SECRET}}}"),
        ("balance", "--format", f"{{available:{SECRET}}}"),
        ("balance", f"--format={{{SECRET}'s"),
        ("status", SECRET),
        ("status", "--format", f"{{{SECRET}}}"),
        ("completion", SECRET),
        ("history", SECRET),
        ("history", "--since", SECRET),
        ("history", f"--since={SECRET}'s"),
        ("history", f"--csv={SECRET}"),
        ("history", "--import", "-", SECRET),
        ("runway", SECRET),
        ("runway", f"--json={SECRET}"),
        ("key", SECRET),
        ("key", "set", SECRET),
        ("key", "set", f"--key={SECRET}"),
        ("key", "status", SECRET, SECRET),
        ("key", f"-v{SECRET}", "status"),
        (f"{SECRET}'s",),
        (f"--demo={SECRET}'s",),
        ("key", f"{SECRET}'"),
        ("balance", f'--json={SECRET}"quoted"'),
        ("--api-url", f"https://{SECRET}'s.example"),
    ],
    ids=" ".join,
)
def test_a_usage_error_is_2_and_never_repeats_what_was_typed(
    keyring: MemoryKeyring, arguments: tuple[str, ...]
) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("usage: novita-tray")
    assert SECRET not in ended.stderr
    assert keyring.questions == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--api-url",),
        ("balance", "--api-url"),
        ("key",),
        ("balance", "--js"),
        ("--dem",),
        ("stat",),
        ("status", "--api-url", "https://api.novita.ai"),
        ("status", "--json", "--waybar"),
        ("balance", "--json", "--format", "{level}"),
        ("completion",),
        ("completion", "tcsh"),
        ("--api-url", ""),
        ("--demo", "--api-url", "https://api.novita.ai"),
        ("--api-url", "http://novita.ai"),
        ("--api-url", "https://novita.ai/openapi"),
        ("--api-url", "https://☃"),
        ("--api-url", "https://a..b"),
        ("--json",),
        ("key", "--json", "status"),
        ("history", "--csv", "--json"),
        ("history", "--import", "-", "--csv"),
        ("history", "--import", "-", "--json"),
        ("history", "--import", "-", "--since", "7d"),
        ("history", "--import", "-", "--demo"),
        ("history", "--import"),
        ("history", "--since"),
        ("history", "--since", "yesterday"),
        ("history", "--api-url", "https://api.novita.ai"),
        ("runway", "--csv"),
    ],
    ids=" ".join,
)
def test_any_other_misuse_is_2_with_a_reason(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) >= 2


def test_help_documents_every_option_command_and_exit_code() -> None:
    ended = run("--help")
    assert (ended.code, ended.stderr) == (0, "")
    for word in ("--help", "--version", "--demo", "--api-url URL", "--verbose"):
        assert word in ended.stdout
    for command in ("balance", "key", "doctor", "history", "runway", "status", "completion"):
        assert f"\n    {command} " in ended.stdout
    for code in range(16):
        if code != 1:
            assert f" {code} " in ended.stdout, code
    assert "NOVITA_API_KEY" in ended.stdout


def test_help_of_balance_documents_its_options_and_the_exit_codes() -> None:
    ended = run("balance", "--help")
    assert ended.code == 0
    for word in ("--json", "--demo", "--api-url URL", "exit codes", "10 keyring locked"):
        assert word in ended.stdout


@pytest.mark.parametrize("command", ["balance", "status"])
def test_help_documents_every_field_of_a_format(command: str) -> None:
    ended = run(command, "--help")
    assert ended.code == 0
    for word in (*FIELD_NAMES, "--format FORMAT", "--waybar", "%H:%M", "rounds down", r"\n"):
        assert word in ended.stdout


def test_help_of_history_and_runway_documents_their_options_and_the_exit_codes() -> None:
    ended = run("history", "--help")
    assert ended.code == 0
    for word in ("--csv", "--json", "--import FILE", "--since WHEN", "7d", "standard input"):
        assert word in ended.stdout
    assert "12 the history is missing" in ended.stdout
    ended = run("runway", "--help")
    assert ended.code == 0
    for word in ("--json", "--demo", "12 the history is missing"):
        assert word in ended.stdout


def test_help_of_key_documents_its_actions() -> None:
    ended = run("key", "--help")
    assert ended.code == 0
    for word in ("set", "status", "delete", "standard input", "without echo"):
        assert word in ended.stdout


def test_version_is_the_packages() -> None:
    ended = run("--version")
    assert (ended.code, ended.stdout) == (0, f"novita-tray {tray_app.__version__}\n")


def test_a_connection_is_the_vendors_unless_told_otherwise() -> None:
    assert Connection().api_url == NOVITA_API_URL == "https://api.novita.ai"
    assert Connection().source == Source()
    assert Connection(environment_key=" \n").source == Source()
    other = Connection(api_url="https://other.example", environment_key="sk_x")
    assert "sk_x" not in repr(other)
    assert other.source == Source(key_from_environment=True, api_url="https://other.example")
    assert Connection(demo=True, environment_key="sk_x").source == Source(demo=True)


def test_the_key_of_the_environment_stays_the_first_accounts_whatever_is_shown_or_moved() -> None:
    home, work, lab = (Account(name) for name in ("home", "work", "lab"))
    tray = Connection(environment_key="sk_x").for_account("work", Configuration((home, work)))
    moved = Configuration((lab, work, home))
    names = ("home", "work", "lab")
    held = {name: tray.for_account(name, moved).own_environment_key for name in names}
    assert held == {"home": "sk_x", "work": "", "lab": ""}
    assert tray.for_account("home", moved).source.key_from_environment
    assert not tray.source.key_from_environment


def test_the_key_of_the_environment_is_taken_out_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that the program opens must not inherit it."""
    monkeypatch.setenv("NOVITA_API_KEY", "sk_x")
    assert take_environment_key() == "sk_x"
    assert "NOVITA_API_KEY" not in os.environ
    assert take_environment_key() == ""
