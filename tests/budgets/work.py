"""How much a call does, in units that no other program and no slower machine changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from types import FrameType

_GRAIN: Final = 10
"""SQLite tells of every so many steps; the smaller, the slower."""


def calls_of(call: Callable[[], object]) -> int:
    """Return how many calls of functions, Python's own among them, a call makes."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count


def sqlite_steps_of(connection: sqlite3.Connection, call: Callable[[], object]) -> int:
    """Return about how many instructions of its own machine SQLite goes through in a call."""
    count = 0

    def note() -> None:
        nonlocal count
        count += _GRAIN

    connection.set_progress_handler(note, _GRAIN)
    try:
        call()
    finally:
        connection.set_progress_handler(None, _GRAIN)
    return count
