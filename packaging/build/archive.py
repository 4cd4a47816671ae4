"""Archives whose bits depend on nothing but their contents."""

from __future__ import annotations

import lzma
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def write_tar_xz(folder: Path, name: str, target: Path, epoch: int) -> None:
    """Write a folder as an archive in which it is called ``name``, every file as of ``epoch``."""
    with (
        lzma.open(target, "wb", preset=9) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        archive.add(folder, name, recursive=False, filter=_plain(epoch))
        for path in sorted(folder.rglob("*")):
            inside = f"{name}/{path.relative_to(folder).as_posix()}"
            archive.add(path, inside, recursive=False, filter=_plain(epoch))


def _plain(epoch: int) -> Callable[[tarfile.TarInfo], tarfile.TarInfo]:
    def made_plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        info.mtime = epoch
        if not info.issym():
            info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
        return info

    return made_plain
