from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.in_process import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform in {"darwin", "win32"}, reason="would touch the entry of whoever runs the tests"
)


@pytest.fixture
def entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where this user's entry is made; the folder for all users is empty."""
    monkeypatch.delenv("NOVITA_TRAY_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "shared"))
    return tmp_path / "config/autostart/novita-tray.desktop"


def test_it_is_off_until_it_is_turned_on_and_off_again_after(entry: Path) -> None:
    for action, code, word in (
        ("status", 13, "Off:"),
        ("off", 0, "Off:"),
        ("on", 0, "On:"),
        ("on", 0, "On:"),
        ("status", 0, "On:"),
        ("off", 0, "Off:"),
        ("status", 13, "Off:"),
    ):
        ended = run("autostart", action)
        assert (ended.code, ended.stdout.split()[0], ended.stderr) == (code, word, "")
        assert len(ended.stdout.splitlines()) == 1
        assert entry.exists() is (word == "On:")


def test_neither_key_nor_options_reach_the_entry(
    entry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", "sk_secret")
    assert run("--api-url", "https://example.com", "-v", "autostart", "on").code == 0
    text = entry.read_text(encoding="utf-8")
    assert "secret" not in text
    assert "example" not in text
    assert " -v" not in text


def test_a_program_that_is_gone_is_named_and_still_on(entry: Path) -> None:
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nType=Application\nExec=/old/novita-tray\n")
    ended = run("autostart", "status")
    assert ended.code == 0
    assert "/old/novita-tray is not there" in ended.stdout


@pytest.mark.parametrize("action", ["on", "status"])
def test_an_entry_in_trouble_is_14(entry: Path, action: str) -> None:
    # A link to itself can neither be read nor be followed.
    entry.parent.parent.mkdir()
    entry.parent.symlink_to(entry.parent)
    ended = run("autostart", action)
    assert (ended.code, ended.stdout) == (14, "")
    assert "start at login" in ended.stderr


@pytest.mark.usefixtures("entry")
def test_with_a_folder_to_carry_along_none_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NOVITA_TRAY_HOME", str(tmp_path))
    for action, code in (("on", 14), ("status", 13), ("off", 0)):
        ended = run("autostart", action)
        assert ended.code == code
        assert "NOVITA_TRAY_HOME" in ended.stderr
    assert not (tmp_path / "config").exists()


def test_the_demo_does_not_start_at_login(entry: Path) -> None:
    ended = run("--demo", "autostart", "on")
    assert (ended.code, ended.stdout) == (2, "")
    assert not entry.exists()


def test_an_unknown_action_is_not_repeated() -> None:
    ended = run("autostart", "sk_typed_by_mistake")
    assert ended.code == 2
    assert "sk_typed" not in ended.stderr


def test_the_help_tells_scripts_what_status_ends_with() -> None:
    ended = run("autostart", "--help")
    assert ended.code == 0
    assert "13 with status: off" in ended.stdout
