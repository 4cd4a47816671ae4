"""The start at login, by the session manager of a real desktop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.login import logged_in, prepare_login
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.desktop.session import DesktopSession

_OFF: Final = 13
# As pip writes it.
_SCRIPT: Final = f"""\
#!{sys.executable}
import sys
from tray_app.main import main
sys.exit(main())
"""


@pytest.fixture
def desktop(bare_desktop: DesktopSession) -> DesktopSession:
    bare_desktop.start_keyring()
    prepare_login(bare_desktop)
    return bare_desktop


@pytest.mark.parametrize("folder", [None, "with blanks", "100% of $HOME's"])
def test_turned_on_a_fresh_session_shows_the_icon_and_turned_off_none(
    desktop: DesktopSession, folder: str | None
) -> None:
    program = _module() if folder is None else _script(desktop.home / folder)
    assert _autostart(desktop, program, "status") == _OFF
    assert _autostart(desktop, program, "on") == 0
    with logged_in(desktop):
        # At the moment of its exec a process has neither command nor environment.
        (pid,) = wait_for(lambda: _running(desktop, program), 10, "the tray was started")
        item = wait_for_item(desktop.bus, pid)
        item.menu.wait_for_label(lambda label: label == "Add API key…", 20, "no key yet")
        assert _running(desktop, program) == [pid]
        assert _autostart(desktop, program, "status") == 0
    wait_for(lambda: not _running(desktop, program), 10, "the end of the session's programs")
    assert _autostart(desktop, program, "off") == 0
    with logged_in(desktop):
        assert _autostart(desktop, program, "status") == _OFF
        # By now whatever was started has long had its exec.
        assert _running(desktop, program) == []


def test_what_the_user_hid_in_the_desktops_settings_does_not_start(desktop: DesktopSession) -> None:
    program = _module()
    assert _autostart(desktop, program, "on") == 0
    folder = Path(desktop.environ["XDG_CONFIG_HOME"]) / "autostart"
    with (folder / "novita-tray.desktop").open("a", encoding="utf-8") as entry:
        entry.write("Hidden=true\n")
    assert _autostart(desktop, program, "status") == _OFF
    with logged_in(desktop):
        assert _autostart(desktop, program, "status") == _OFF
        assert _running(desktop, program) == []


def _module() -> list[str]:
    return [sys.executable, "-m", "tray_app"]


def _script(folder: Path) -> list[str]:
    folder.mkdir()
    script = folder / "novita-tray"
    script.write_text(_SCRIPT, encoding="utf-8")
    script.chmod(0o755)
    return [str(script)]


def _autostart(desktop: DesktopSession, program: Sequence[str], action: str) -> int:
    """Run the command and return its exit code."""
    return desktop.start([*program, "autostart", action]).wait_exit(20)


def _running(desktop: DesktopSession, program: Sequence[str]) -> list[int]:
    """Return the ids of the trays that run in this desktop, started without options."""
    # A script shows as its interpreter with the script's path.
    commands = (list(program), [sys.executable, *program])
    return [pid for pid in desktop.running() if _command(pid) in commands]


def _command(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").rstrip("\0").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
