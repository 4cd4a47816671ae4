"""The spread of many installations after an outage; the large fleet runs on demand."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from tests.benchmarks.fleet import FAILURES, FLEET, GOAL, STARTS, Course, Scenario, simulate

INSTALLATIONS = 3_000
# A span of a smaller fleet holds as many returns as a second of the large one, so its peak
# exceeds the goal no sooner by chance; but its spans are longer, so it sees less of a short peak.
SMALL_FLEETS_GOAL = GOAL


@pytest.mark.parametrize(("start", "failure"), list(itertools.product(STARTS, FAILURES)))
def test_a_small_fleet_comes_back_spread_over_time(start: str, failure: str) -> None:
    course = simulate(INSTALLATIONS, Scenario(start, failure))
    assert len(course.returns) == INSTALLATIONS
    assert course.peak_to_mean <= SMALL_FLEETS_GOAL


@pytest.mark.parametrize("failure", list(FAILURES))
def test_copies_of_one_disk_image_do_not_come_back_in_one_second(failure: str) -> None:
    course = simulate(INSTALLATIONS, Scenario("one moment, as it begins", failure, copies=True))
    assert course.peak_to_mean <= 8


def test_a_second_with_all_of_them_is_a_peak() -> None:
    """The measure itself can fail."""
    evenly = Course(requests=Counter(), returns=[n / 10 for n in range(1, 3_001)])
    at_once = Course(requests=evenly.requests, returns=[300.0, *[10.0] * 2_999])
    assert evenly.peak_to_mean == pytest.approx(1, abs=0.01)
    assert at_once.peak_to_mean > FLEET / INSTALLATIONS / 4
