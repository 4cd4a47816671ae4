"""Files are put out of the system's memory, so that a start reads them from the disk."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAJOR_FAULTS: Final = 9


def files_of_start(mapped: Iterable[int]) -> list[Path]:
    """Return the files that starts read: Python, its packages, and what some processes map."""
    names = {"stdlib", "platstdlib", "purelib", "platlib"}
    folders = {Path(sysconfig.get_path(name)) for name in names}
    folders.add(Path(__file__).parents[2] / "tray_app")
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    files.add(Path(sys.executable).resolve())
    for pid in mapped:
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
        files |= {Path(line[line.index("/") :]) for line in maps if "/" in line}
    return sorted(path for path in files if path.is_file() and os.access(path, os.R_OK))


def evict(files: Iterable[Path]) -> None:
    """Let the system forget what it keeps of these files; needs no privilege.

    What a running program maps stays: the C library, for one.
    """
    for path in files:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def major_faults(pid: int) -> int:
    """Return how often a process has waited for a page from the disk."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    return int(stat[_MAJOR_FAULTS])
