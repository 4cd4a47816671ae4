"""What a process holds and has used, as Linux tells it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MS_PER_TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_RESIDENT_PAGES: Final = 1
_USER_TICKS: Final = 11
_SYSTEM_TICKS: Final = 12


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """Memory in bytes, counts, and CPU time in milliseconds.

    The proportional set size (PSS) also moves when other programs come and go that share pages;
    the anonymous memory is this process's own.
    """

    pss: int
    anonymous: int
    rss: int
    descriptors: int
    sockets: int
    threads: int
    cpu_ms: float


def figures_of(pid: int) -> ProcessFigures:
    """Read the figures of a running process; raises OSError when it has ended."""
    folder = Path(f"/proc/{pid}")
    links = [_target(entry) for entry in (folder / "fd").iterdir()]
    # The name in the second field may itself hold blanks and brackets.
    stat = (folder / "stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    rollup = (folder / "smaps_rollup").read_text(encoding="utf-8")
    return ProcessFigures(
        pss=_bytes_of("Pss", rollup),
        anonymous=_bytes_of("Anonymous", rollup),
        rss=int((folder / "statm").read_text(encoding="utf-8").split()[_RESIDENT_PAGES])
        * _PAGE_BYTES,
        descriptors=len(links),
        sockets=sum(link.startswith("socket:") for link in links),
        threads=len(list((folder / "task").iterdir())),
        cpu_ms=(int(stat[_USER_TICKS]) + int(stat[_SYSTEM_TICKS])) * _MS_PER_TICK,
    )


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""


def _bytes_of(name: str, rollup: str) -> int:
    lines = (line.split() for line in rollup.splitlines())
    return next(int(words[1]) * 1024 for words in lines if words[0] == f"{name}:")
