"""``novita-tray purge``: what it lists, asks, removes and leaves."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from keyring.errors import KeyringLocked

from tests.cli.in_process import run
from tests.cli.running_tray import running_tray
from tests.cli.terminal import Terminal
from tests.cli.test_subprocess import PROJECT
from tests.desktop.waiting import wait_for
from tray_app.adapters.paths import SETTINGS_NAME, folders_of
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.configuration import Account, Configuration

if TYPE_CHECKING:
    from pathlib import Path

    from tests.adapters.memory_keyring import MemoryKeyring

pytestmark = pytest.mark.skipif(
    sys.platform in {"darwin", "win32"}, reason="would look at what whoever runs the tests has"
)

SERVICE = "novita-tray"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a private installation; the system's own are empty."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE", "RUNTIME"):
        suffix = "DIR" if name == "RUNTIME" else "HOME"
        monkeypatch.setenv(f"XDG_{name}_{suffix}", str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "shared"))
    return tmp_path / "home"


def write_settings(folder: Path, *accounts: str) -> Path:
    path = folder / SETTINGS_NAME
    SettingsFile(path).save(Configuration(tuple(map(Account, accounts))))
    return path


def test_keys_of_all_accounts_and_all_files_go(home: Path, keyring: MemoryKeyring) -> None:
    for account in ("default", "home", "work", "kept"):
        keyring.secrets[SERVICE, account] = "sk_one"
    keyring.secrets["another", "default"] = "sk_other"
    write_settings(home / "config", "home", "work")
    shown = run("purge", "--yes")
    assert (shown.code, shown.stderr) == (0, "")
    assert "the API keys of default, home, work, if there" in shown.stdout
    assert "Removed: 1 file, the API keys of default, home, work." in shown.stdout
    assert not home.exists()
    # One whose name nothing tells stays where the keyring lists nothing.
    assert set(keyring.secrets) == {(SERVICE, "kept"), ("another", "default")}
    again = run("purge", "--yes")
    assert (again.code, again.stderr) == (0, "")
    assert "Removed: 0 files." in again.stdout


def test_without_a_word_of_agreement_nothing_is_removed(home: Path) -> None:
    settings = write_settings(home / "config", "default")
    shown = run("purge")
    assert shown.code == 2
    assert str(settings) in shown.stdout
    assert "Add --yes" in shown.stderr
    assert settings.exists()


@pytest.mark.parametrize(
    ("typed", "stays"), [("n\n", True), ("\n", True), ("\x04", True), ("y\n", False)]
)
def test_at_a_terminal_it_asks(tmp_path: Path, typed: str, *, stays: bool) -> None:
    settings = write_settings(tmp_path / "own/.config/novita-tray", "default")
    # Without a folder of its own it would find what lies in the one of whoever runs the tests.
    variables = (f"PYTHONPATH={PROJECT}", f"XDG_RUNTIME_DIR={tmp_path}")
    terminal = Terminal(
        tmp_path / "own", "env", *variables, sys.executable, "-m", "tray_app", "purge"
    )
    try:
        wait_for(lambda: terminal.hears(r"Remove it\? \[y/N\]"), 30, "the question")
        assert settings.exists()
        terminal.type(typed)
        # Without a keyring the key may still be there.
        last = "Nothing was removed" if stays else "Removed: 1 file"
        wait_for(lambda: terminal.hears(last), 30, last)
    finally:
        terminal.close()
    assert settings.exists() is stays


def test_a_locked_keyring_is_told_and_the_rest_goes(home: Path, keyring: MemoryKeyring) -> None:
    keyring.failure = KeyringLocked()
    write_settings(home / "config", "work")
    shown = run("purge", "--yes")
    assert shown.code == 18
    assert "May still be there: the API key of work in the keyring. The keyring is" in shown.stdout
    assert "run this again" in shown.stdout
    assert not home.exists()


def test_a_key_that_an_ordinary_installation_uses_too_stays(
    home: Path, keyring: MemoryKeyring
) -> None:
    for account in ("default", "work", "alone"):
        keyring.secrets[SERVICE, account] = "sk_one"
    ordinary = write_settings(folders_of({}).config, "default", "work")
    write_settings(home / "config", "work", "alone")
    shown = run("purge", "--yes")
    assert shown.code == 0
    assert "the API keys of default, work, which is used outside NOVITA_TRAY_HOME" in shown.stdout
    assert set(keyring.secrets) == {(SERVICE, "default"), (SERVICE, "work")}
    assert ordinary.exists()


def test_a_broken_settings_file_goes_too(home: Path, keyring: MemoryKeyring) -> None:
    keyring.secrets[SERVICE, "work"] = "sk_one"
    write_settings(home / "config", "work").write_text("this is = = no TOML", encoding="utf-8")
    (home / "data").mkdir()
    (home / "data/alerts-work.json").touch()
    assert run("purge", "--yes").code == 0
    assert (home.exists(), keyring.secrets) == (False, {})


def test_beside_a_running_tray_nothing_is_removed(home: Path) -> None:
    with running_tray(home):
        shown = run("purge", "--yes")
    assert (shown.code, shown.stdout) == (17, "")
    assert "novita-tray quit" in shown.stderr
    assert (home / "data/tray.lock").exists()


def test_an_entry_that_cannot_be_removed_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NOVITA_TRAY_HOME")
    entry = tmp_path / "config/autostart/novita-tray.desktop"
    (entry / "in the way").mkdir(parents=True)
    shown = run("purge", "--yes")
    assert shown.code == 18
    assert f"the start at login: {entry}" in shown.stdout
    assert "Stays: the start at login." in shown.stdout
    assert not home.exists()


def test_the_entry_for_the_start_at_login_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NOVITA_TRAY_HOME")
    assert run("autostart", "on").code == 0
    entry = tmp_path / "config/autostart/novita-tray.desktop"
    unfinished = entry.with_name(f".{entry.name}.123.new")
    unfinished.touch()
    assert run("purge", "--yes").code == 0
    assert list(entry.parent.iterdir()) == []


def test_the_demo_has_nothing_to_purge() -> None:
    assert run("--demo", "purge").code == 2
