"""A start and some readings of the real program, measured once for all budgets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tray_app.simulator import Simulator
from tray_app.simulator.accounts import InTurn
from tray_app.simulator.ledger import FixedBalance

KEY: Final = "sk_budget"
READINGS: Final = 25
_ROOT: Final = Path(__file__).parents[2]
_CENT: Final = 100
_OUTER: Final = {"DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"}
"""The desktop of whoever runs the tests is no matter of theirs."""

Event = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the program told; ``home`` is where its files were."""

    home: str
    icon: bool
    modules: tuple[str, ...]
    """Imported for the icon, beyond what Python has from the beginning."""
    start: tuple[Event, ...]
    libraries: tuple[str, ...]
    """Loaded for the icon, as paths; none where the system does not tell."""
    collections: int
    """How often Python's collector of garbage has run from the command to the icon."""
    readings: tuple[tuple[Event, ...], ...]
    peaks: tuple[int, ...]
    """Bytes of Python's that a reading needs for a while."""
    blocks: tuple[int, ...]
    """Python's blocks of memory that are held after each reading."""
    timers: tuple[int, ...]
    """The milliseconds of those that run at the end."""
    qt_threads: tuple[str, ...]
    collects_at_last: bool
    modules_at_last: tuple[str, ...]
    libraries_at_last: tuple[str, ...]
    """The shared libraries that are mapped; none where the system does not tell."""
    namespace_qt_at_last: bool
    """Whether the enumerations of ``PySide6.QtCore.Qt`` are loaded."""
    sources_at_last: tuple[str, ...]
    """Python's files of which the lines are held."""


@cache
def measured() -> Measured:
    """Start the program without a screen, let it read amounts that differ, and return its word."""
    turns = InTurn(tuple(_balance(1_00 + number) for number in range(READINGS)))
    with tempfile.TemporaryDirectory() as home, Simulator({KEY: turns}) as simulator:
        command = [sys.executable, "-m", "tests.budgets.program", simulator.url, str(READINGS)]
        environ = {
            **{name: value for name, value in os.environ.items() if name not in _OUTER},
            "NOVITA_TRAY_HOME": home,
            "NOVITA_API_KEY": KEY,
            "QT_QPA_PLATFORM": "offscreen",
            # Only looked at: nothing is drawn there.
            "DISPLAY": ":0",
        }
        ended = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            cwd=_ROOT,
            env=environ,
            timeout=100,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, "")
        told = json.loads(ended.stdout)
    return Measured(
        home=home,
        icon=told["icon"],
        modules=tuple(name for name in told["modules"] if not name.startswith("tests")),
        start=_events(told["start"]),
        libraries=tuple(told["libraries"]),
        collections=told["collections"],
        readings=tuple(map(_events, told["readings"])),
        peaks=tuple(told["peaks"]),
        blocks=tuple(told["blocks"]),
        timers=tuple(told["timers"]),
        qt_threads=tuple(told["qt_threads"]),
        collects_at_last=told["collects_at_last"],
        modules_at_last=tuple(told["modules_at_last"]),
        libraries_at_last=tuple(told["libraries_at_last"]),
        namespace_qt_at_last=told["namespace_qt_at_last"],
        sources_at_last=tuple(told["sources_at_last"]),
    )


def _events(told: list[list[str]]) -> tuple[Event, ...]:
    return tuple((kind, what) for kind, what in told)


def _balance(cents: int) -> FixedBalance:
    units = cents * _CENT
    return FixedBalance(available=units, cash=units, credit_limit=0, pending=0, outstanding=0)
