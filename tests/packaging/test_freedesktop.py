"""What a Linux desktop is told of the program, by the desktop's own validators."""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from build.contents import NAME, ROOT
from build.freedesktop import COMPONENT, SIZES, with_release
from build.tools import PACKAGING
from PySide6.QtGui import QColor, QImage

from tray_app import PROGRAM_NAME

if TYPE_CHECKING:
    from pathlib import Path

LINUX = PACKAGING / "linux"
DRAWING = ROOT / "resources" / f"{NAME}.svg"
DESCRIBED = (LINUX / f"{NAME}.metainfo.xml").read_text(encoding="utf-8")


def need(program: str, package: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is missing (Debian: {package})")


def test_the_desktop_entry_is_valid_and_named_as_the_program() -> None:
    need("desktop-file-validate", "desktop-file-utils")
    entry = LINUX / f"{NAME}.desktop"
    done = subprocess.run(
        ["desktop-file-validate", entry], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert f"\nName={PROGRAM_NAME}\n" in entry.read_text(encoding="utf-8")


def test_the_description_is_valid_with_entry_and_release(tmp_path: Path) -> None:
    need("appstreamcli", "appstream")
    share = tmp_path / "usr" / "share"
    file = share / "metainfo" / f"{COMPONENT}.metainfo.xml"
    file.parent.mkdir(parents=True)
    file.write_text(with_release(DESCRIBED, "1.2.3", 1_780_000_000), encoding="utf-8")
    (share / "applications").mkdir()
    shutil.copy(LINUX / f"{NAME}.desktop", share / "applications")
    done = subprocess.run(
        ["appstreamcli", "validate-tree", "--no-net", "--pedantic", tmp_path],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    release = ET.parse(file).find("releases/release")  # noqa: S314 — our own file
    assert release is not None
    assert release.attrib == {"version": "1.2.3", "date": "2026-05-28"}


def test_the_description_shows_pictures_that_are_there() -> None:
    images = ET.fromstring(DESCRIBED).iter("image")  # noqa: S314 — our own file
    addresses = [str(image.text) for image in images]
    assert addresses
    for address in addresses:
        path = ROOT / address.partition("/main/")[2]
        assert path.parent == ROOT / "resources" / "screenshots"
        assert not QImage(str(path)).isNull()


def test_the_icon_is_rendered_in_each_size_with_its_badge(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build.render_icons", DRAWING, tmp_path, *map(str, SIZES)],
        cwd=PACKAGING,
        check=True,
    )
    for size in SIZES:
        image = QImage(str(tmp_path / f"{size}.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() < 255, "the corners are round"
        middle = size // 2
        assert image.pixelColor(middle, middle) == QColor("white")
        left = image.pixelColor(1, middle)
        assert (left.alpha(), left.green() > left.red()) == (255, True)


def test_white_on_the_badge_is_read_by_everybody() -> None:
    # WCAG 2.2, 1.4.3: 4.5:1 for text; the lightest end of the fill decides.
    drawn = ET.parse(DRAWING).iter()  # noqa: S314 — our own file
    fills = [part.attrib["stop-color"] for part in drawn if "stop-color" in part.attrib]
    assert fills
    for fill in fills:
        assert 1.05 / (luminance(QColor(fill)) + 0.05) >= 4.5, fill


def luminance(colour: QColor) -> float:
    # spec (WCAG 2.2, "relative luminance")
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
