"""Thousands of readings through the real program, and what it is like in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.soak import Soak
from tests.benchmarks.soak_weather import Weather

if TYPE_CHECKING:
    from tests.benchmarks.soak_figures import Sample

DAY: Final = 288
"""Readings: one every five minutes."""
_STEPS: Final = 40


def soaked(readings: int) -> tuple[Sample, ...]:
    """Return what the program is like after 1 reading, after a day's, and in steps after."""
    step = max(readings // _STEPS, 1)
    stops = [1, DAY, *(until for until in range(step, readings + 1, step) if until > DAY)]
    with Soak(Weather.FAIR, readings + 2) as soak:
        return tuple(soak.run_to(until) for until in stops)
