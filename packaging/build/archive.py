"""Archives whose bits depend on nothing but their contents."""

from __future__ import annotations

import lzma
import os
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


def make_plain(folder: Path, epoch: int) -> None:
    """Give all below a folder, and itself, the rights and the time that archives have."""
    for path in (*folder.rglob("*"), folder):
        if not path.is_symlink():
            path.chmod(_mode(is_folder=path.is_dir(), mode=path.stat().st_mode))
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def _mode(*, is_folder: bool, mode: int) -> int:
    return 0o755 if is_folder or mode & 0o100 else 0o644


def _plain(epoch: int) -> Callable[[tarfile.TarInfo], tarfile.TarInfo]:
    def made_plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        info.mtime = epoch
        if not info.issym():
            info.mode = _mode(is_folder=info.isdir(), mode=info.mode)
        return info

    return made_plain
