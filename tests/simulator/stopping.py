"""A stop that nothing holds up and that leaves no thread behind."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tray_app.simulator import Simulator

QUICK: Final = 0.5
"""Seconds."""


def simulator_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("simulator")]


def stop_quickly(simulator: Simulator) -> None:
    """Stop it, and fail unless it and its threads end at once."""
    began = time.monotonic()
    simulator.stop()
    assert time.monotonic() - began < QUICK
    assert simulator_threads() == []
