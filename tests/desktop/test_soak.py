"""A short soak: many readings at speed through the real program, on a real panel."""

from __future__ import annotations

import pytest

from tests.benchmarks.keyring_soak import rounds
from tests.benchmarks.soak import Soak
from tests.benchmarks.soak_weather import FAILURES, Weather

WARM = 40
"""Cycles after which everything that is made late has been made."""
_MB = 2**20


@pytest.mark.usefixtures("desktop_programs")
def test_three_hundred_readings_all_show_and_leave_nothing_open() -> None:
    with Soak(Weather.FAIR, 300) as soak:
        before, after = soak.run_to(WARM), soak.run_to(300)
        assert soak.end() == 0
    assert (soak.complaints, after.shown, after.asked) == ([], 300, 300)
    assert after.changes == {"icons": 300, "tooltips": 300, "first_rows": 300}
    # The first message of an alert opens the connection to the desktop's service, which stays.
    assert after.process.descriptors <= before.process.descriptors + 1
    assert after.process.threads == before.process.threads
    assert after.objects["qt_objects"] <= before.objects["qt_objects"] + 2
    # Measured: 2.3 MB, and 12 where Qt may keep as many pictures as it would.
    assert after.process.anonymous < before.process.anonymous + 6 * _MB


@pytest.mark.usefixtures("desktop_programs")
def test_every_failure_shows_and_leaves_nothing_open() -> None:
    # Both ends in a success: while it fails, the network is watched.
    cycles = 3 * len(FAILURES) + 1
    with Soak(Weather.FOUL, cycles) as soak:
        before, after = soak.run_to(WARM), soak.run_to(cycles)
        assert soak.end() == 0
    assert (soak.complaints, after.shown) == ([], cycles)
    # The watch on the network is open after some failures, and closed after others.
    assert after.process.descriptors <= before.process.descriptors + 1
    assert after.process.threads == before.process.threads
    assert after.objects["qt_objects"] <= before.objects["qt_objects"] + 2


@pytest.mark.usefixtures("desktop_programs")
def test_every_trouble_of_the_keyring_shows_and_leaves_nothing_open() -> None:
    with Soak(Weather.REJECTING, 80) as soak:
        before, after = rounds(soak, 1)
        assert soak.end() == 0
    assert (soak.complaints, after.shown, after.asked) == ([], after.finished, 80)
    # The first message of an alert opens the connection to the desktop's service, which stays.
    assert after.process.descriptors <= before.process.descriptors + 1
    assert after.process.threads == before.process.threads
