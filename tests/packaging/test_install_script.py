from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from build.contents import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """#!/bin/sh
[ "$1" != status ] || exit 15
echo "novita-tray 0.1.0"
"""


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """Lay an archive out whose program is a script; its home has a space and a quote in it."""
    folder = tmp_path / "archive"
    applications = folder / "share" / "applications"
    applications.mkdir(parents=True)
    (folder / "program").mkdir()
    (folder / "program" / "novita-tray").write_text(PROGRAM, encoding="ascii")
    (folder / "program" / "novita-tray").chmod(0o755)
    linux = ROOT / "packaging" / "linux"
    shutil.copy(linux / "install", folder)
    shutil.copy(linux / "novita-tray.desktop", applications)
    (tmp_path / 'a "home"').mkdir()
    return folder


def run(unpacked: Path, script: Path, option: str) -> str:
    home = unpacked.parent / 'a "home"'
    done = subprocess.run(
        (script, option),
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_what_was_installed_goes_without_a_trace(unpacked: Path) -> None:
    home = unpacked.parent / 'a "home"'
    for _upgrade in range(2):
        said = run(unpacked, unpacked / "install", "--user")
        assert "older one" not in said
    launcher = home / ".local/bin/novita-tray"
    assert subprocess.run((launcher, "--version"), check=True, capture_output=True).stdout
    entry = home / ".local/share/applications/novita-tray.desktop"
    lines = entry.read_text(encoding="utf-8").splitlines()
    escaped = str(home).replace('"', '\\\\"')
    assert f'Exec="{escaped}/.local/lib/novita-tray/novita-tray"' in lines
    other = home / ".local/share/applications/other.desktop"
    other.touch()
    run(unpacked, home / ".local/lib/novita-tray/install", "--uninstall")
    assert [path for path in home.rglob("*") if not path.is_dir()] == [other]


def test_a_program_that_cannot_start_replaces_none(unpacked: Path) -> None:
    run(unpacked, unpacked / "install", "--user")
    (unpacked / "program" / "novita-tray").write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    with pytest.raises(subprocess.CalledProcessError):
        run(unpacked, unpacked / "install", "--user")
    home = unpacked.parent / 'a "home"'
    subprocess.run((home / ".local/bin/novita-tray", "--version"), check=True, capture_output=True)
