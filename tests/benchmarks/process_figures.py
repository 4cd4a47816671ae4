"""What a process holds and has used, as Linux tells it."""

from __future__ import annotations

import ctypes
import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MS_PER_TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_RESIDENT_PAGES: Final = 1
_USER_TICKS: Final = 11
_SYSTEM_TICKS: Final = 12
_NAME_OF_MAPPING: Final = 5
_LIBC: Final = ctypes.CDLL(None)


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


def mappings_of(pid: int) -> dict[str, int]:
    """Return the PSS in bytes by what is mapped: a file's name, or a word in brackets."""
    sizes: dict[str, int] = {}
    name = ""
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words[0].endswith(":"):
            name = Path(words[5]).name if len(words) > _NAME_OF_MAPPING else "[anonymous]"
        elif words[0] == "Pss:":
            sizes[name] = sizes.get(name, 0) + int(words[1]) * 1024
    return sizes


@dataclass(frozen=True, slots=True)
class Activity:
    """What the threads that live now have done so far: CPU milliseconds, and waking by name."""

    cpu_ms: float
    wakeups: Counter[str]
    """Voluntary context switches: each is a sleep, and so a waking after it."""


def activity_of(pid: int) -> Activity:
    """Read what a process's threads have done, in nanoseconds where ticks would be too coarse."""
    nanoseconds = 0
    wakeups: Counter[str] = Counter()
    for task in Path(f"/proc/{pid}/task").iterdir():
        nanoseconds += int((task / "schedstat").read_text(encoding="utf-8").split()[0])
        lines = (task / "status").read_text(encoding="utf-8").splitlines()
        fields = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        wakeups[fields["Name"]] += int(fields["voluntary_ctxt_switches"])
    return Activity(nanoseconds / 1e6, wakeups)


def process_cpu_ms(pid: int) -> float:
    """Return the CPU time of a process so far, of threads that have ended too, in milliseconds."""
    clock = ctypes.c_int()
    # POSIX: 0 where the clock may be read.
    if _LIBC.clock_getcpuclockid(pid, ctypes.byref(clock)) != 0:
        raise ProcessLookupError(pid)
    return time.clock_gettime_ns(clock.value) / 1e6


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return ""


def _bytes_of(name: str, rollup: str) -> int:
    lines = (line.split() for line in rollup.splitlines())
    return next(int(words[1]) * 1024 for words in lines if words[0] == f"{name}:")
