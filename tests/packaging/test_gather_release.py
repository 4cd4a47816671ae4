from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from build.contents import ROOT
from gather_release import NotWholeError, gather

if TYPE_CHECKING:
    from pathlib import Path


def build(folder: Path, **files: str) -> Path:
    """Write what one computer built, with its sums."""
    folder.mkdir(parents=True)
    lines = []
    for name, content in files.items():
        path = folder / name.replace("__", "-").replace("_", ".")
        path.write_text(content, encoding="utf-8")
        lines.append(f"{hashlib.sha256(content.encode()).hexdigest()}  {path.name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Path:
    build(tmp_path / "built/linux", a_deb="deb", THIRD__PARTY_txt="x", novita__tray_cdx_json="l")
    build(tmp_path / "built/windows", a_exe="exe", THIRD__PARTY_txt="x", novita__tray_cdx_json="w")
    return tmp_path / "built"


def test_all_is_gathered_under_names_of_its_own_and_sha256sum_agrees(
    built: Path, tmp_path: Path
) -> None:
    release = tmp_path / "release"
    names = gather(built, release)
    assert names == [
        "THIRD-PARTY-linux.txt",
        "THIRD-PARTY-windows.txt",
        "a.deb",
        "a.exe",
        "novita-tray.cdx-linux.json",
        "novita-tray.cdx-windows.json",
    ]
    assert {path.name for path in release.iterdir()} == {*names, "SHA256SUMS"}
    assert (release / "novita-tray.cdx-windows.json").read_text(encoding="utf-8") == "w"
    if sys.platform == "linux":
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=release, check=True)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda built: (built / "linux/a.deb").write_text("other"), "not what was built"),
        (lambda built: (built / "linux/a.deb").unlink(), "differ in a.deb"),
        (lambda built: (built / "linux/extra").touch(), "differ in extra"),
        (lambda built: (built / "linux/SHA256SUMS").unlink(), "has no SHA256SUMS"),
        (lambda built: (built / "linux/SHA256SUMS").write_text("0  ../a\n"), "is no name"),
        (lambda built: build(built / "mac", a_deb="deb"), "more than once"),
    ],
)
def test_what_is_not_whole_is_not_released(
    built: Path, tmp_path: Path, spoil: object, why: str
) -> None:
    assert callable(spoil)
    spoil(built)
    with pytest.raises(NotWholeError, match=why):
        gather(built, tmp_path / "release")


def test_as_a_command_it_ends_with_its_codes(built: Path, tmp_path: Path) -> None:
    def code(*arguments: Path) -> int:
        script = ROOT / "packaging" / "gather_release.py"
        return subprocess.run(
            [sys.executable, script, *arguments], check=False, capture_output=True
        ).returncode

    assert code() == 2
    (tmp_path / "empty").mkdir()
    assert code(tmp_path / "empty", tmp_path / "release") == 1
    assert code(built, tmp_path / "release") == 0
    assert code(built, tmp_path / "release") == 1
