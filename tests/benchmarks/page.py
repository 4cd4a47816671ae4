"""The chapters as a page of Markdown, with the machine and the versions."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import tray_app
from tests.benchmarks.contestants import ROOT, cpp_tray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tests.benchmarks.chapter import Chapter, Plan

_HEAD: Final = """\
# Performance

Written by `python3 dev.py bench`, which measures all of it in one run; nobody edits this page.
All that are compared take turns (A B C A B C …) in one session with a real X server, session bus
and panel, so that a busy machine is busy for all: believe the ratios more than the milliseconds. A
figure is the median, with the least and the most in brackets; a ratio is the median of the ratios
of the rounds.
"""
_LESS_IS_MORE: Final = {True: "reached", False: "**not reached**"}


def page(chapters: Sequence[Chapter], known: Sequence[tuple[str, str]], remarks: str) -> str:
    """Return the whole page; ``known`` is what ``facts`` told, ``remarks`` its last part."""
    goals = [goal for chapter in chapters for goal in chapter.goals]
    parts = [
        _HEAD,
        _table(("", ""), known),
        "## Goals\n",
        _table(
            ("goal", "limit", "measured", ""),
            [
                (goal.what, goal.limit, goal.figure, _LESS_IS_MORE[goal.is_reached])
                for goal in goals
            ],
        ),
        *(text_of(chapter) for chapter in chapters),
        remarks,
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts if part)


def text_of(chapter: Chapter) -> str:
    """Return one chapter: its table, and what must be known about it."""
    notes = "".join(f"\n- {note}" for note in chapter.notes)
    return f"## {chapter.title}\n\n{_table(chapter.columns, chapter.rows)}{notes}\n"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ("---", *("--:" for _ in columns[1:]))
    lines = [f"| {' | '.join(cells)} |" for cells in (columns, marks, *rows)]
    return "\n".join(lines) + "\n"


def facts(plan: Plan, at: datetime) -> list[tuple[str, str]]:
    """Return what must be known of a run that begins ``at``: machine, versions, load."""
    packages = ("PySide6-Essentials", "httpx", "keyring")
    return [
        ("date", f"{at:%Y-%m-%d}"),
        ("program", f"{tray_app.__version__}, {_commit()}"),
        ("machine", f"{_processor()}, {os.cpu_count()} cores, {_memory_gb()} GB"),
        ("system", f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {_kernel()}"),
        ("Python", f"{platform.python_version()} ({sys.implementation.name})"),
        ("packages", ", ".join(f"{name} {version(name)}" for name in packages)),
        ("Qt of the C++ tray", cpp_tray().version or "not built"),
        ("load", f"{os.getloadavg()[2]:.1f} in the last quarter of an hour"),
        ("rounds", f"{plan.rounds}{', shortened' if plan.is_short else ''}"),
    ]


def _commit() -> str:
    asked = ("git", "-C", str(ROOT), "describe", "--always", "--dirty")
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    return f"commit {done.stdout.strip()}" if done.returncode == 0 else "not from a repository"


def _kernel() -> str:
    return ".".join(platform.release().split("-")[0].split(".")[:2])


def _processor() -> str:
    return _first("/proc/cpuinfo", "model name") or platform.machine()


def _memory_gb() -> str:
    return f"{int(_first('/proc/meminfo', 'MemTotal').split()[0]) / 2**20:.0f}"


def _first(path: str, name: str) -> str:
    lines: Iterator[str] = iter(Path(path).read_text(encoding="utf-8").splitlines())
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
