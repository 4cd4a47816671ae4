from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.adapters.autostart_programs import make_program
from tray_app.adapters.desktop_entry import (
    NoDesktopEntryError,
    entry_keys,
    entry_text,
    exec_command,
    exec_value,
)

HARD_NAMES = (
    "plain",
    "with blanks",
    "100%",
    "%f %% %U",
    '"quoted"',
    "it's",
    "back\\slash\\",
    "$HOME `id`",
    "a;b&c|d>e<f(g)h#i*j?k~l",
    "Guthaben für 余额",
)

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@given(st.lists(_TEXT), _TEXT)
def test_a_command_comes_back_as_it_was(options: list[str], name: str) -> None:
    command = [f"/{name.replace('=', '')}", *options]
    assume(not command[0].endswith("/env"))
    keys = entry_keys(entry_text({"Type": "Application", "Exec": exec_value(command)}).encode())
    assert exec_command(keys["Exec"]) == tuple(command)


@pytest.mark.parametrize(
    ("value", "command"),
    [
        ("", ()),
        ("  ", ()),
        ("novita-tray", ("novita-tray",)),
        (" novita-tray   -v ", ("novita-tray", "-v")),
        ("novita-tray %F %u", ("novita-tray",)),
        ('"novita tray" "" -v', ("novita tray", "", "-v")),
        (r'sh -c "echo \"\$HOME\""', ("sh", "-c", 'echo "$HOME"')),
        (r"novita\ tray", ("novita tray",)),
        ("50%%", ("50%",)),
        ("env A=1 B=2 novita-tray -v", ("novita-tray", "-v")),
        ("/usr/bin/env", ("/usr/bin/env",)),
        ('"unfinished -v', ("unfinished -v",)),
        ("ends\\", ("ends",)),
        ("ends%", ("ends%",)),
    ],
)
def test_commands_written_by_others_are_understood(value: str, command: tuple[str, ...]) -> None:
    assert exec_command(value) == command


def test_only_the_entrys_own_group_counts() -> None:
    content = (
        b"Exec=before\r\n# Exec=comment\r\n[Desktop Entry]\r\nExec = a\\sb\r\nbroken\r\n\r\n"
        b"Name=\xff\r\n[Desktop Action x]\r\nExec=other\r\n"
    )
    assert entry_keys(content) == {"Exec": "a b", "Name": "\ufffd"}


def test_an_entry_is_valid_for_the_desktops_own_check(tmp_path: Path) -> None:
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("needs desktop-file-validate (Debian package desktop-file-utils)")
    path = tmp_path / "novita-tray.desktop"
    for name in HARD_NAMES:
        keys = {"Type": "Application", "Name": "x", "Exec": exec_value((f"/opt/{name}", "-m", "x"))}
        path.write_text(entry_text(keys), encoding="utf-8")
        checked = subprocess.run(
            [validate, path], capture_output=True, text=True, check=False, timeout=30
        )
        assert (checked.returncode, checked.stdout + checked.stderr) == (0, ""), name


@pytest.mark.skipif(sys.platform != "linux", reason="GLib's reader is Linux desktops'")
@pytest.mark.parametrize("name", HARD_NAMES)
def test_glib_starts_the_very_program_with_its_options(tmp_path: Path, name: str) -> None:
    gio = shutil.which("gio")
    if gio is None:
        pytest.skip("needs gio (Debian package libglib2.0-bin)")
    told = tmp_path / "told"
    program = make_program(
        tmp_path / name / "novita-tray", f'#!/bin/sh\nprintf "%s\\n" "$0" "$@" >"{told}"\n'
    )
    entry = tmp_path / "novita-tray.desktop"
    keys = {
        "Type": "Application",
        "Name": "x",
        "TryExec": program,
        "Exec": exec_value((program, name)),
    }
    entry.write_text(entry_text(keys), encoding="utf-8")
    # It waits for nobody; its end of the pipe is the program's, too, and ends with it.
    launched = subprocess.run(
        [gio, "launch", entry],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=30,
    )
    assert launched.returncode == 0, launched.stdout
    assert told.read_text(encoding="utf-8").splitlines() == [program, name]


@pytest.mark.parametrize("name", ["with blanks", "100%", "%f %% %U"])
def test_systemd_reads_the_same(tmp_path: Path, name: str) -> None:
    generator = Path("/usr/lib/systemd/user-generators/systemd-xdg-autostart-generator")
    if not generator.exists():
        pytest.skip("needs systemd's generator for autostart entries")
    folder = tmp_path / "config/autostart"
    folder.mkdir(parents=True)
    program = make_program(tmp_path / name / "novita-tray")
    keys = {
        "Type": "Application",
        "Name": "x",
        "TryExec": program,
        "Exec": exec_value((program, "-m", "x")),
    }
    (folder / "novita-tray.desktop").write_text(entry_text(keys), encoding="utf-8")
    units = tmp_path / "units"
    units.mkdir()
    subprocess.run(
        [generator, units, units, units],
        env={
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_CONFIG_DIRS": str(tmp_path / "none"),
        },
        check=True,
        timeout=30,
    )
    unit = (units / "app-novita\\x2dtray@autostart.service").read_text(encoding="utf-8")
    started = re.search(r"(?m)^ExecStart=:?(.*)$", unit)
    assert started is not None
    # "%" is doubled in units as it is in entries.
    words = shlex.split(started[1].replace("%%", "%"))
    assert words[words[0] == "/usr/bin/env" :] == [program, "-m", "x"]


def test_a_program_with_both_of_two_signs_cannot_be_started_by_an_entry() -> None:
    with pytest.raises(NoDesktopEntryError):
        exec_value(("/opt/100%=all/novita-tray",))


@pytest.mark.parametrize("value", ["two\nlines", "\x07", "\udcff"])
def test_what_no_entry_can_hold_is_refused(value: str) -> None:
    with pytest.raises(NoDesktopEntryError):
        entry_text({"Exec": value})
