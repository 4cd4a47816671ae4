"""What a Linux desktop wants to know of a program: entry, description and icons."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from build.contents import NAME, ROOT
from build.tools import PACKAGING, build_python, epoch, run, version

COMPONENT: Final = "io.github.novita_tray.novita_tray"
"""Its name in software centres, after which its description is called."""
SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256)
DRAWING: Final = ROOT / "resources" / f"{NAME}.svg"
"""The icon of every size on every system."""


def write_share(share: Path) -> None:
    """Write all of it into a folder with the layout of /usr/share."""
    applications, metainfo = share / "applications", share / "metainfo"
    icons = share / "icons" / "hicolor"
    for folder in (applications, metainfo, icons / "scalable" / "apps"):
        folder.mkdir(parents=True)
    shutil.copyfile(PACKAGING / "linux" / f"{NAME}.desktop", applications / f"{NAME}.desktop")
    described = (PACKAGING / "linux" / f"{NAME}.metainfo.xml").read_text(encoding="utf-8")
    (metainfo / f"{COMPONENT}.metainfo.xml").write_text(
        with_release(described, version(), epoch()), encoding="utf-8", newline="\n"
    )
    shutil.copyfile(DRAWING, icons / "scalable" / "apps" / f"{NAME}.svg")
    with tempfile.TemporaryDirectory() as pictures:
        run(
            (
                *(build_python(), "-m", "build.render_icons", DRAWING, pictures),
                *map(str, SIZES),
            ),
            cwd=PACKAGING,
        )
        for size in SIZES:
            folder = icons / f"{size}x{size}" / "apps"
            folder.mkdir(parents=True)
            shutil.copyfile(Path(pictures) / f"{size}.png", folder / f"{NAME}.png")


def with_release(described: str, version: str, epoch: int) -> str:
    """Return the description with the release that it is packed with, as of ``epoch`` (UTC)."""
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    end = "</component>"
    release = f'  <releases>\n    <release version="{version}" date="{day}"/>\n  </releases>\n'
    return described.replace(end, release + end)
