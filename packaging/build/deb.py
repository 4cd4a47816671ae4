"""Debian's package, by debhelper from packaging/debian.

What it depends on has the names of the system that builds it: that is the oldest it is for.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from build.command_share import write_command_share
from build.contents import NAME, ROOT
from build.debian_changelog import debian_changelog
from build.freedesktop import write_share
from build.tools import PACKAGING, WORK, BuildError, epoch, run, version

DEBIAN: Final = PACKAGING / "debian"
LARGEST: Final = 32_000_000
"""Bytes of a package at most: who adds more says so here."""
_LAID: Final = WORK / "deb" / NAME


def make_deb(bundle: Path, target: Path) -> Path:
    """Write the package into the folder ``target`` and return it."""
    shutil.rmtree(_LAID.parent, ignore_errors=True)
    unnamed = unnamed_works(
        (bundle / "licences" / "THIRD-PARTY.txt").read_text(encoding="utf-8"),
        (DEBIAN / "copyright").read_text(encoding="utf-8"),
    )
    if unnamed:
        raise BuildError(f"packaging/debian/copyright does not name {', '.join(unnamed)}")
    shutil.copytree(DEBIAN, _LAID / "debian")
    shutil.copytree(bundle, _LAID / "program", symlinks=True)
    (_LAID / "program" / "licences").rename(_LAID / "licences")
    write_share(_LAID / "share")
    write_command_share(bundle / NAME, _LAID / "share")
    log = debian_changelog(
        (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version(), epoch(), maintainer()
    )
    (_LAID / "debian" / "changelog").write_text(log, encoding="utf-8")
    run(("dpkg-buildpackage", "--build=binary", "--no-sign"), cwd=_LAID)
    made = next(_LAID.parent.glob(f"{NAME}_*.deb"))
    size = made.stat().st_size
    if size > LARGEST:
        raise BuildError(f"{made.name} has {size} bytes, more than the {LARGEST} it may have")
    return Path(shutil.copy(made, target / made.name))


def maintainer() -> str:
    """Return who stands behind the package, from its control file."""
    control = (DEBIAN / "control").read_text(encoding="utf-8")
    return next(
        line.split(": ", 1)[1] for line in control.splitlines() if line.startswith("Maintainer: ")
    )


def unnamed_works(notice: str, copyright_text: str) -> list[str]:
    """Return which works the notice has that the copyright file does not name."""
    works = re.findall(r"^(\S+) \S+\n {2}licence: ", notice, re.MULTILINE)
    known = {word.strip(",.").lower() for word in copyright_text.split()}
    return [work for work in works if work.lower() not in known]
