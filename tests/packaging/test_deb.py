"""Debian's package: what its files say, and, where it is built, what Debian says of it."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from build.command_share import COMPLETIONS
from build.contents import NAME, ROOT
from build.deb import DEBIAN, LARGEST, maintainer, unnamed_works
from build.freedesktop import COMPONENT, SIZES

import tray_app

if TYPE_CHECKING:
    from pathlib import Path

COPYRIGHT = (DEBIAN / "copyright").read_text(encoding="utf-8")


def test_a_work_that_the_copyright_file_does_not_name_is_told() -> None:
    notice = "Ours\n\nhttpx 0.28.1\n  licence: BSD\n\nnew.thing 1.0\n  licence: MIT\n"
    assert unnamed_works(notice, COPYRIGHT) == ["new.thing"]


def test_each_licence_that_the_copyright_file_names_is_explained_in_it() -> None:
    paragraphs = [part for part in COPYRIGHT.split("\n\n") if part.startswith("License: ")]
    explained = {part.splitlines()[0].removeprefix("License: ") for part in paragraphs}
    used = {
        licence
        for line in re.findall(r"^License: (.+)$", COPYRIGHT, re.MULTILINE)
        for licence in re.split(r" and | or ", line)
    }
    assert used == explained


def test_the_maintainer_can_be_written_to() -> None:
    assert re.fullmatch(r"[\w ]+ <[\w.+-]+@[\w.-]+>", maintainer())


@pytest.fixture(scope="module")
def package() -> Path:
    """The package, built anew."""
    if shutil.which("dh") is None:
        pytest.skip("dh is missing (Debian: debhelper)")
    subprocess.run([sys.executable, "dev.py", "package", "deb"], cwd=ROOT, check=True)
    return next((ROOT / "dist").glob(f"{NAME}_{tray_app.__version__}_*.deb"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_lintian_has_nothing_to_say(package: Path) -> None:
    if shutil.which("lintian") is None:
        pytest.skip("lintian is missing (Debian: lintian)")
    done = subprocess.run(
        ["lintian", "--fail-on", "error,warning", "--tag-display-limit", "0", package],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_package_has_what_a_desktop_and_a_shell_look_for(package: Path, tmp_path: Path) -> None:
    assert package.stat().st_size <= LARGEST
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path], check=True)
    usr = tmp_path / "usr"
    assert (usr / "bin" / NAME).readlink().as_posix() == f"../lib/{NAME}/{NAME}"
    for place in (
        f"applications/{NAME}.desktop",
        f"metainfo/{COMPONENT}.metainfo.xml",
        f"icons/hicolor/scalable/apps/{NAME}.svg",
        *(f"icons/hicolor/{size}x{size}/apps/{NAME}.png" for size in SIZES),
        *COMPLETIONS.values(),
        f"doc/{NAME}/copyright",
        f"doc/{NAME}/licences/THIRD-PARTY.txt",
    ):
        assert (usr / "share" / place).is_file(), place
    page = gzip.decompress((usr / "share" / "man" / "man1" / f"{NAME}.1.gz").read_bytes())
    assert f"{NAME} {tray_app.__version__}".encode() in page
    changelog = gzip.decompress((usr / "share" / "doc" / NAME / "changelog.gz").read_bytes())
    assert changelog.startswith(f"{NAME} ({tray_app.__version__})".encode())


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_it_depends_on_what_its_libraries_need_and_looks_for_its_own_beside_them(
    package: Path, tmp_path: Path
) -> None:
    depends = subprocess.run(
        ["dpkg-deb", "--field", package, "Depends"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    for name in ("libc6", "libxcb-cursor0", "libegl1", "libxkbcommon-x11-0", "libdbus-1-3"):
        assert re.search(rf"\b{name}\b", depends), name
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path], check=True)
    libraries = [file for file in (tmp_path / "usr" / "lib").rglob("*.so*") if file.is_file()]
    assert libraries
    headers = subprocess.run(
        ["objdump", "-p", *libraries], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    paths = set(re.findall(r"^ +(?:RUNPATH|RPATH) +(.*)$", headers, re.MULTILINE))
    assert paths
    assert {part for path in paths for part in path.split(":") if "$ORIGIN" not in part} == set()
