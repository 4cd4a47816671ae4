"""An archive for Linux with an `install` script, for systems without a package of ours."""

from __future__ import annotations

import platform
import shutil
from typing import TYPE_CHECKING, Final

from build.archive import write_tar_xz
from build.contents import NAME
from build.freedesktop import write_share
from build.tools import PACKAGING, WORK, epoch, version

if TYPE_CHECKING:
    from pathlib import Path

_LAID: Final = WORK / "tarball"


def make_tarball(bundle: Path, target: Path) -> Path:
    """Write the archive into the folder ``target`` and return it."""
    shutil.rmtree(_LAID, ignore_errors=True)
    _LAID.mkdir(parents=True)
    # Qt's libraries are found by links beside them.
    shutil.copytree(bundle, _LAID / "program", symlinks=True)
    shutil.copy(PACKAGING / "linux" / "install", _LAID / "install")
    write_share(_LAID / "share")
    name = f"{NAME}-{version()}-linux-{platform.machine()}"
    archive = target / f"{name}.tar.xz"
    write_tar_xz(_LAID, name, archive, epoch())
    return archive
