"""A clock that a test sets, for one program: libfaketime in front of the system's.

It runs ten times as fast, the wall clock and the timers' alike, and leaps when the test says so.
A leap is what a sleep looks like to a program whose timers go on meanwhile. Leaps lead forward:
timers that leap back would wait for ever, and to leave them alone makes the program hang (measured
with libfaketime 0.9.10).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

SPEED: Final = 10
_LIBRARIES: Final = "/usr/lib"
_LIBRARY: Final = "**/faketime/libfaketime.so.1"


class OwnClock:
    """Give ``environ`` to a program; ``path`` names a file that is not there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.leap_to("+0")

    @property
    def environ(self) -> dict[str, str]:
        """What puts the clock in front of the system's."""
        library = next(Path(_LIBRARIES).glob(_LIBRARY))
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._path),
            "FAKETIME_NO_CACHE": "1",
        }

    def leap_to(self, offset: str) -> None:
        """Let the clock show so much more than it would have, such as ``+8h``."""
        # Read whenever the program asks for the time, so it must never be half written.
        new = self._path.with_suffix(".new")
        new.write_text(f"{offset} x{SPEED}\n", encoding="ascii")
        new.replace(self._path)
