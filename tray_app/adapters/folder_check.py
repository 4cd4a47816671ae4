"""Whether the program's folders take its files, tried with a file that leaves no trace."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Final

from tray_app.core.checkup import FolderFault, FolderFound

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.adapters.paths import Folders

_TRIAL: Final = bytes(4096)
_OTHERS: Final = 0o077


def folders_found(folders: Folders) -> tuple[FolderFound, ...]:
    """Return what is true of each folder; none is made."""
    named = {
        "config": folders.config,
        "data": folders.data,
        "logs": folders.logs,
        "runtime": folders.runtime,
    }
    return tuple(_folder_found(purpose, folder) for purpose, folder in named.items())


def _folder_found(purpose: str, folder: Path) -> FolderFound:
    exists = os.path.lexists(folder)
    # One that is not there yet will be made in the nearest that is.
    nearest = folder
    while not os.path.lexists(nearest) and nearest != nearest.parent:
        nearest = nearest.parent
    try:
        free_bytes = shutil.disk_usage(nearest).free
        with tempfile.TemporaryFile(dir=nearest) as trial:
            trial.write(_TRIAL)
    except OSError as error:
        return FolderFound(
            purpose, str(folder), exists, 0, FolderFault.REFUSED, error.strerror or str(error)
        )
    return FolderFound(purpose, str(folder), exists, free_bytes, _privacy_fault(folder, exists))


def _privacy_fault(folder: Path, exists: bool) -> FolderFault | None:  # noqa: FBT001 — one of two
    if not exists or os.name != "posix":
        return None
    status = folder.stat()
    if status.st_uid != os.geteuid():
        return FolderFault.NOT_OURS
    return FolderFault.OPEN_TO_OTHERS if status.st_mode & _OTHERS else None
