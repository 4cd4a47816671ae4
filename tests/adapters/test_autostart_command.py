from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.autostart_programs import make_program
from tray_app.adapters.autostart_command import autostart_command, is_same_program


def test_the_installed_program_starts_itself(tmp_path: Path) -> None:
    script = make_program(tmp_path / "bin/novita-tray")
    command = autostart_command(
        {}, "linux", started_as=script, executable="/usr/bin/python3", frozen=False
    )
    assert command == (script,)


def test_a_link_is_kept_since_it_outlives_an_upgrade(tmp_path: Path) -> None:
    script = make_program(tmp_path / "venv/bin/novita-tray")
    link = tmp_path / "novita-tray"
    link.symlink_to(script)
    command = autostart_command(
        {}, "linux", started_as=str(link), executable="/usr/bin/python3", frozen=False
    )
    assert command == (str(link),)
    assert is_same_program(command, (script,))


@pytest.mark.parametrize(
    "started_as", ["", "-m", "-c", "novita-tray", "/nonexistent/novita-tray", "/bin/sh"]
)
def test_otherwise_python_runs_the_module(started_as: str) -> None:
    command = autostart_command(
        {}, "linux", started_as=started_as, executable="/v/bin/python", frozen=False
    )
    assert command == ("/v/bin/python", "-m", "tray_app")


def test_on_windows_no_console_opens(tmp_path: Path) -> None:
    python = make_program(tmp_path / "python.exe")
    script = make_program(tmp_path / "novita-tray")
    for _ in range(2):
        command = autostart_command({}, "win32", started_as=script, executable=python, frozen=False)
        windowless = tmp_path / "pythonw.exe"
        expected = str(windowless) if windowless.exists() else python
        assert command == (expected, "-m", "tray_app")
        make_program(windowless)


def test_a_packaged_program_of_windows_is_started_without_a_console(tmp_path: Path) -> None:
    windowless = make_program(tmp_path / "novita-trayw.exe")
    for name in ("novita-tray.exe", "novita-trayw.exe"):
        started = str(tmp_path / name)
        command = autostart_command(
            {}, "win32", started_as=started, executable=started, frozen=True
        )
        assert command == (windowless,)


def test_a_packaged_program_starts_itself() -> None:
    command = autostart_command(
        {}, "darwin", started_as="./x", executable="/Applications/x", frozen=True
    )
    assert command == ("/Applications/x",)


def test_an_image_starts_as_the_image_and_not_from_its_mount_point(tmp_path: Path) -> None:
    executable = make_program(tmp_path / "mount/usr/bin/novita-tray")
    environ = {"APPIMAGE": "/home/ada/Novita.AppImage", "APPDIR": str(tmp_path / "mount")}
    assert autostart_command(
        environ, "linux", started_as=executable, executable=executable, frozen=True
    ) == ("/home/ada/Novita.AppImage",)


@pytest.mark.parametrize("folder", ["", "/tmp/.mount_terminal"])  # noqa: S108 — a name, not used
def test_the_image_of_the_terminal_it_was_started_from_is_another(
    tmp_path: Path, folder: str
) -> None:
    executable = make_program(tmp_path / "novita-tray")
    environ = {"APPIMAGE": "/home/ada/Terminal.AppImage", "APPDIR": folder}
    assert autostart_command(
        environ, "linux", started_as=executable, executable=executable, frozen=True
    ) == (executable,)


@pytest.mark.skipif(sys.platform == "win32", reason="scripts are POSIX's")
def test_a_program_found_on_the_path_knows_where_it_lies(tmp_path: Path) -> None:
    code = (
        f"#!{sys.executable}\n"
        "import os\n"
        "from tray_app.adapters.autostart_command import command_of_this_process\n"
        "print(command_of_this_process(os.environ))\n"
    )
    script = make_program(tmp_path / "with blanks/novita-tray", code)
    ended = subprocess.run(
        ["novita-tray"],
        env={"PATH": str(tmp_path / "with blanks"), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert ended.stdout.decode().strip() == str((script,))


@pytest.mark.parametrize("other", [(), ("",), ("/nonexistent",), ("/bin/sh\0",)])
def test_what_is_not_there_is_no_same_program(other: tuple[str, ...]) -> None:
    assert not is_same_program(("/bin/sh",), other)
