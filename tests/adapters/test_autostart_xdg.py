from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adapters.autostart_programs import make_program
from tray_app.adapters.autostart import make_autostart
from tray_app.adapters.autostart_xdg import ENTRY_NAME, XdgAutostart
from tray_app.core.autostart import (
    AutostartDiskFull,
    AutostartError,
    AutostartFailed,
    AutostartPathUnusable,
    AutostartPrivateFolder,
    AutostartReadOnly,
    AutostartStatus,
    OtherProgram,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files are run by their mode")

_NOBODY = 65534
OFF = AutostartStatus(is_on=False)
ON = AutostartStatus(is_on=True)


class Computer:
    """A home, a folder of entries for all users, and a program in places of its own."""

    def __init__(self, root: Path) -> None:
        self.program = make_program(root / "opt/novita tray/novita-tray")
        self.own = root / "config/autostart" / ENTRY_NAME
        self.shared = root / "shared/autostart" / ENTRY_NAME
        self.environ = {
            "HOME": str(root / "home"),
            "XDG_CONFIG_HOME": str(root / "config"),
            "XDG_CONFIG_DIRS": f"relative:{root / 'first'}:{root / 'shared'}",
            "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
        }

    def autostart(self, **variables: str) -> XdgAutostart:
        return XdgAutostart(self.environ | variables, (self.program,))

    def put(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"[Desktop Entry]\nType=Application\nName=x\n{text}\n", encoding="utf-8")

    def edit(self, before: str, after: str) -> None:
        """Change the own entry as an editor or the desktop's settings do."""
        text = self.own.read_text(encoding="utf-8")
        assert before in text
        self.own.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_it_is_off_until_it_is_turned_on_and_off_again_after(computer: Computer) -> None:
    autostart = computer.autostart()
    assert autostart.status() == OFF
    autostart.turn_on()
    assert (autostart.status(), autostart.is_on()) == (ON, True)
    autostart.turn_off()
    autostart.turn_off()
    assert autostart.status() == OFF
    assert list(computer.own.parent.iterdir()) == []


def test_the_entry_is_valid_and_names_no_option(computer: Computer) -> None:
    computer.autostart().turn_on()
    text = computer.own.read_text(encoding="utf-8")
    assert f'Exec="{computer.program}"\n' in text
    assert f"TryExec={computer.program}\n" in text
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("needs desktop-file-validate (Debian package desktop-file-utils)")
    checked = subprocess.run(
        [validate, computer.own], capture_output=True, text=True, check=False, timeout=30
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.mark.parametrize("setting", ["Hidden=true", "NotShowIn=KDE;GNOME;", "OnlyShowIn=KDE;"])
def test_what_the_desktop_switched_off_is_off_and_can_be_turned_on(
    computer: Computer, setting: str
) -> None:
    autostart = computer.autostart()
    autostart.turn_on()
    computer.edit("Terminal=", f"{setting}\nTerminal=")
    assert autostart.status() == OFF
    autostart.turn_on()
    assert autostart.status() == ON


def test_what_gnomes_settings_switched_off_is_off_and_can_be_turned_on(computer: Computer) -> None:
    autostart = computer.autostart()
    autostart.turn_on()
    computer.edit("enabled=true", "enabled=false")
    assert autostart.status() == OFF
    autostart.turn_on()
    assert autostart.status() == ON


@pytest.mark.parametrize("setting", ["NotShowIn=KDE;", "OnlyShowIn=GNOME;", "Hidden=maybe"])
@pytest.mark.parametrize("desktop", ["ubuntu:GNOME", ""])
def test_an_entry_for_other_desktops_too_is_on_where_it_starts(
    computer: Computer, setting: str, desktop: str
) -> None:
    computer.autostart().turn_on()
    computer.edit("Terminal=", f"{setting}\nTerminal=")
    expected = bool(desktop) or not setting.startswith("OnlyShowIn")
    assert computer.autostart(XDG_CURRENT_DESKTOP=desktop).is_on() is expected


def test_what_was_added_by_hand_stays_while_it_is_on(computer: Computer) -> None:
    autostart = computer.autostart()
    autostart.turn_on()
    computer.edit('novita-tray"', 'novita-tray" -v')
    computer.edit("Terminal=", "X-GNOME-Autostart-Delay=10\nTerminal=")
    edited = computer.own.read_bytes()
    assert autostart.status() == ON
    autostart.turn_on()
    assert computer.own.read_bytes() == edited


def test_a_moved_program_stays_on_and_is_missed(computer: Computer, tmp_path: Path) -> None:
    computer.autostart().turn_on()
    old, computer.program = computer.program, make_program(tmp_path / "new/novita-tray")
    copy = AutostartStatus(is_on=True, other_program=OtherProgram(old, is_there=True))
    assert computer.autostart().status() == copy
    Path(old).unlink()
    missing = AutostartStatus(is_on=True, other_program=OtherProgram(old, is_there=False))
    assert computer.autostart().status() == missing
    computer.autostart().turn_on()
    assert computer.autostart().status() == ON


def test_a_missing_tryexec_is_missed_though_the_program_is_there(computer: Computer) -> None:
    computer.autostart().turn_on()
    computer.edit("TryExec=", "TryExec=/nonexistent")
    found = computer.autostart().status().other_program
    assert found is not None
    assert (found.path.startswith("/nonexistent"), found.is_there) == (True, False)


def test_a_command_by_name_is_looked_up(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(Path(computer.program).parent), prepend=os.pathsep)
    computer.put(computer.own, "Exec=env LANG=C novita-tray")
    assert computer.autostart().status() == ON


def test_an_entry_for_all_users_counts_and_is_hidden_rather_than_removed(
    computer: Computer,
) -> None:
    autostart = computer.autostart()
    computer.put(computer.shared, f'Exec="{computer.program}"')
    assert autostart.status() == ON
    autostart.turn_on()
    assert not computer.own.exists()
    autostart.turn_off()
    assert autostart.status() == OFF
    assert computer.shared.exists()
    autostart.turn_on()
    assert autostart.status() == ON


def test_the_first_of_several_folders_for_all_users_counts(
    computer: Computer, tmp_path: Path
) -> None:
    computer.put(computer.shared, f'Exec="{computer.program}"')
    computer.put(tmp_path / "first/autostart" / ENTRY_NAME, "Exec=true\nHidden=true")
    assert computer.autostart().status() == OFF


def test_a_link_to_nowhere_hides_as_administrators_do_it(computer: Computer) -> None:
    computer.put(computer.shared, f'Exec="{computer.program}"')
    computer.own.parent.mkdir(parents=True)
    computer.own.symlink_to(os.devnull)
    assert computer.autostart().status() == OFF
    computer.autostart().turn_on()
    assert computer.autostart().status() == ON


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"[Desktop Entry]\n", b"[Desktop Entry]\nExec=\n"]
)
def test_a_broken_entry_starts_nothing_and_is_replaced(computer: Computer, content: bytes) -> None:
    computer.own.parent.mkdir(parents=True)
    computer.own.write_bytes(content)
    assert computer.autostart().status() == OFF
    computer.autostart().turn_on()
    assert computer.autostart().status() == ON


@pytest.mark.parametrize("variable", ["", "relative/config"])
def test_without_a_configuration_folder_it_is_the_homes(computer: Computer, variable: str) -> None:
    computer.autostart(XDG_CONFIG_HOME=variable).turn_on()
    assert (Path(computer.environ["HOME"]) / ".config/autostart" / ENTRY_NAME).exists()


def test_a_folder_that_is_shared_with_other_programs_keeps_its_permissions(
    computer: Computer,
) -> None:
    computer.own.parent.mkdir(parents=True)
    computer.own.parent.chmod(0o755)
    computer.autostart().turn_on()
    assert computer.own.parent.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that even root cannot fill")
def test_what_cannot_be_written_is_said(computer: Computer) -> None:
    with pytest.raises(AutostartError) as caught:
        computer.autostart(XDG_CONFIG_HOME="/proc/self").turn_on()
    assert isinstance(caught.value.problem, (AutostartReadOnly, AutostartFailed))


def test_a_file_where_the_folder_should_be_is_said(computer: Computer, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    assert computer.autostart().status() == OFF
    computer.autostart().turn_off()
    with pytest.raises(AutostartError) as caught:
        computer.autostart().turn_on()
    assert isinstance(caught.value.problem, AutostartFailed)


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """Be somebody whom a closed folder stops, where the tests are root's."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


@pytest.fixture
def reachable() -> Iterator[Computer]:
    """A computer whose folders everybody can walk through, unlike those of tmp_path."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Computer(Path(folder))


@pytest.mark.parametrize(("mode", "call"), [(0o555, "turn_on"), (0o555, "turn_off"), (0, "status")])
def test_a_closed_folder_is_named(reachable: Computer, mode: int, call: str) -> None:
    autostart, folder = reachable.autostart(), reachable.own.parent
    autostart.turn_on()
    if call == "turn_on":
        reachable.own.unlink()
    folder.parent.chmod(0o755)
    folder.chmod(mode)
    try:
        with pytest.raises(AutostartError) as caught, without_roots_rights():
            getattr(autostart, call)()
    finally:
        folder.chmod(0o700)
    assert caught.value.problem == AutostartReadOnly(str(reachable.own))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's disk that is always full")
def test_a_full_disk_is_said(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(path: Path, content: bytes) -> None:
        assert path == computer.own
        with Path("/dev/full").open("wb") as disk:
            disk.write(content)

    monkeypatch.setattr("tray_app.adapters.autostart_file.write_whole", fill)
    with pytest.raises(AutostartError) as caught:
        computer.autostart().turn_on()
    assert caught.value.problem == AutostartDiskFull()


@pytest.mark.parametrize("path", ["/opt/two\nlines", "/opt/\udcff", "/opt/100%=all"])
def test_a_path_that_no_entry_can_hold_is_refused(computer: Computer, path: str) -> None:
    with pytest.raises(AutostartError) as caught:
        XdgAutostart(computer.environ, (path,)).turn_on()
    assert caught.value.problem == AutostartPathUnusable()
    assert not computer.own.exists()


def test_with_a_folder_to_carry_along_no_entry_is_made_and_none_is_touched(
    computer: Computer,
) -> None:
    computer.autostart().turn_on()
    carried = make_autostart(computer.environ | {"NOVITA_TRAY_HOME": "/media/stick"}, "linux")
    assert carried.hindrance == AutostartPrivateFolder()
    assert (carried.status(), carried.is_on()) == (OFF, False)
    carried.turn_off()
    assert computer.own.exists()
    with pytest.raises(AutostartError) as caught:
        carried.turn_on()
    assert caught.value.problem == AutostartPrivateFolder()


@pytest.mark.parametrize("platform", ["linux", "freebsd14", "darwin"])
def test_each_system_has_its_own_entry(computer: Computer, platform: str) -> None:
    assert make_autostart(computer.environ, platform).hindrance is None
    assert not make_autostart(computer.environ, platform).is_on()
    make_autostart(computer.environ, platform).turn_on()
    assert make_autostart(computer.environ, platform).is_on()
    agents = Path(computer.environ["HOME"]) / "Library/LaunchAgents"
    assert (computer.own.exists(), agents.exists()) == (platform != "darwin", platform == "darwin")
