from __future__ import annotations

import plistlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.autostart_programs import make_program
from tray_app.adapters.autostart_macos import LABEL, LaunchAgentAutostart
from tray_app.core.autostart import (
    AutostartError,
    AutostartPathUnusable,
    AutostartStatus,
    OtherProgram,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OFF = AutostartStatus(is_on=False)
ON = AutostartStatus(is_on=True)


@pytest.fixture
def program(tmp_path: Path) -> str:
    return make_program(tmp_path / "Novita & Tray.app/Contents/MacOS/novita-tray")


@pytest.fixture
def autostart(tmp_path: Path, program: str) -> LaunchAgentAutostart:
    return LaunchAgentAutostart({"HOME": str(tmp_path)}, (program,))


@pytest.fixture
def agent(tmp_path: Path) -> Path:
    return tmp_path / "Library/LaunchAgents" / f"{LABEL}.plist"


def test_on_starts_it_once_at_login_and_never_keeps_it_alive(
    autostart: LaunchAgentAutostart, agent: Path, program: str
) -> None:
    assert autostart.status() == OFF
    autostart.turn_on()
    keys = plistlib.loads(agent.read_bytes())
    assert (keys["Label"], keys["ProgramArguments"], keys["RunAtLoad"]) == (LABEL, [program], True)
    assert "KeepAlive" not in keys
    assert autostart.status() == ON


def test_off_removes_the_file_and_may_be_said_twice(
    autostart: LaunchAgentAutostart, agent: Path
) -> None:
    autostart.turn_on()
    autostart.turn_off()
    autostart.turn_off()
    assert autostart.status() == OFF
    assert not agent.exists()


def test_its_file_is_named_and_removed_whatever_it_says(
    autostart: LaunchAgentAutostart, agent: Path
) -> None:
    assert autostart.entry() is None
    agent.parent.mkdir(parents=True)
    agent.write_text("rubbish", encoding="utf-8")
    assert autostart.entry() == str(agent)
    autostart.remove_entry()
    assert (autostart.entry(), agent.exists()) == (None, False)


@pytest.mark.parametrize(
    "edit",
    [
        lambda keys: keys.update(Disabled=True),
        lambda keys: keys.update(RunAtLoad=False),
        lambda keys: keys.pop("RunAtLoad"),
        lambda keys: keys.pop("ProgramArguments"),
        lambda keys: keys.update(ProgramArguments="text"),
    ],
)
def test_an_agent_that_starts_nothing_is_off_and_can_be_turned_on(
    autostart: LaunchAgentAutostart, agent: Path, edit: Callable[[dict[str, Any]], object]
) -> None:
    autostart.turn_on()
    keys = plistlib.loads(agent.read_bytes())
    edit(keys)
    agent.write_bytes(plistlib.dumps(keys, fmt=plistlib.FMT_BINARY))
    assert autostart.status() == OFF
    autostart.turn_on()
    assert autostart.status() == ON


@pytest.mark.parametrize("content", [b"", b"no plist", b"<plist>", b"bplist00", b"<plist/>"])
def test_a_broken_agent_is_off(
    autostart: LaunchAgentAutostart, agent: Path, content: bytes
) -> None:
    agent.parent.mkdir(parents=True)
    agent.write_bytes(content)
    assert autostart.status() == OFF


def test_a_moved_program_stays_on_and_is_missed(
    autostart: LaunchAgentAutostart, tmp_path: Path, program: str
) -> None:
    autostart.turn_on()
    moved = make_program(tmp_path / "Applications/novita-tray")
    Path(program).unlink()
    now = LaunchAgentAutostart({"HOME": str(tmp_path)}, (moved,))
    assert now.status() == AutostartStatus(
        is_on=True, other_program=OtherProgram(program, is_there=False)
    )
    now.turn_on()
    assert now.status() == ON


def test_program_counts_before_the_arguments(
    autostart: LaunchAgentAutostart, agent: Path, tmp_path: Path
) -> None:
    other = make_program(tmp_path / "other")
    autostart.turn_on()
    keys = plistlib.loads(agent.read_bytes())
    agent.write_bytes(plistlib.dumps(keys | {"Program": other}))
    assert autostart.status() == AutostartStatus(
        is_on=True, other_program=OtherProgram(other, is_there=True)
    )


@pytest.mark.parametrize("path", ["/a\x01b", "/a\udcffb"])
def test_a_path_that_no_plist_can_hold_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(AutostartError) as caught:
        LaunchAgentAutostart({"HOME": str(tmp_path)}, (path,)).turn_on()
    assert caught.value.problem == AutostartPathUnusable()
