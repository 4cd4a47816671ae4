"""The app bundle and its disk image for macOS; packaging/macos has the steps in the shell."""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import struct
from typing import TYPE_CHECKING, Any, Final

from build.contents import NAME
from build.freedesktop import DRAWING
from build.tools import PACKAGING, WORK, build_python, run, version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

APP: Final = "Novita balance.app"
"""What PyInstaller's BUNDLE makes, beside the folder of the bundle."""
ICON: Final = WORK / f"{NAME}.icns"
INFO: Final = PACKAGING / "macos" / "Info.plist"
ENTITLEMENTS: Final = PACKAGING / "macos" / "entitlements.plist"
_VERSION: Final = "@VERSION@"
# Apple's names of pictures in an icon file, with their sides in pixels; those in the middle are for
# screens with twice the pixels: ic11 is 16 points wide. Plain ones of 16 and 32 points would want
# another form than PNG; those are scaled.
_PICTURES: Final = {
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
    b"ic10": 1024,
}


def info_plist() -> dict[str, Any]:
    """Return the bundle's Info.plist with the program's version, as PyInstaller's BUNDLE takes it.

    BUNDLE adds the icon's name.
    """
    text = INFO.read_text(encoding="utf-8").replace(_VERSION, version())
    return dict(plistlib.loads(text.encode()))


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """Return an icon file of PNGs by their side in pixels, which is one of each in ``_PICTURES``.

    Its form: a word and the length of all, then for each picture its name, length and content.
    """
    parts = [
        name + struct.pack(">I", len(pictures[side]) + 8) + pictures[side]
        for name, side in _PICTURES.items()
    ]
    content = b"".join(parts)
    return b"icns" + struct.pack(">I", len(content) + 8) + content


def make_icon() -> Path:
    """Draw the icon file, and return it."""
    sides = sorted(set(_PICTURES.values()))
    folder = WORK / "icns"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run(
        (build_python(), "-m", "build.render_icons", DRAWING, folder, *map(str, sides)),
        cwd=PACKAGING,
    )
    ICON.write_bytes(icns({side: (folder / f"{side}.png").read_bytes() for side in sides}))
    return ICON


def make_dmg(bundle: Path, target: Path) -> Path:
    """Sign the app beside ``bundle``, write its disk image into ``target`` and return that.

    ``MACOS_IDENTITY`` names the certificate; without it the signature names nobody. A disk image
    bears the time of its making, so two builds differ.
    """
    app = bundle.with_name(APP)
    shutil.copytree(bundle / "licences", app / "Contents" / "Resources" / "licences")
    identity = [name for name in (os.environ.get("MACOS_IDENTITY", ""),) if name]
    run((PACKAGING / "macos" / "sign.sh", app, *identity))
    image = target / f"{NAME}-{version()}-macos-{platform.machine()}.dmg"
    run((PACKAGING / "macos" / "make_dmg.sh", app, image, *identity))
    return image
