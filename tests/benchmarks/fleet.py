"""How evenly a hundred thousand installations come back after an outage of ten minutes.

Run as ``python -m tests.benchmarks.fleet [INSTALLATIONS [OUTAGE_MINUTES]]``. Each installation
lives through the real reducer and the real refresh policy, asks at the very time that the policy
names, as the refresher does, and is answered within a third of a second. No installation changes
what another meets, so they are followed one after the other and counted by the second.

A return is an installation's first success after the outage. The goal compares the second in
which most return with the mean over the whole window, which reaches from the outage's end to the
last return of all. That is the strict way to count: neither an empty beginning nor a straggler is
left out, and each makes the mean smaller and the ratio worse.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from tray_app.core.account_state import (
    AccountState,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    reduce,
)
from tray_app.core.money import Usd
from tray_app.core.problem import ConnectionFault, Offline, Problem, RateLimited, ServerTrouble
from tray_app.core.reading import BalanceReading
from tray_app.core.refresh_policy import jitter_of, next_due
from tray_app.core.settings import Settings

FLEET: Final = 100_000
GOAL: Final = 2.0
"""The peak second of the returns is at most so many times their mean."""
OUTAGE: Final = timedelta(minutes=10)
_INTERVAL: Final = Settings().refresh_interval
_OUTAGE_BEGINS: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_SHORTEST_ANSWER: Final = timedelta(milliseconds=50)
_ANSWER_SPREAD: Final = timedelta(milliseconds=300)
_BALANCE: Final = Usd.of_cents(12_34)
_PART: Final = 5_000

FAILURES: Final[dict[str, Problem]] = {
    "refused": Offline(ConnectionFault.REFUSED),
    "503": ServerTrouble(503, ""),
    "503, Retry-After 60": ServerTrouble(503, "", timedelta(seconds=60)),
    "429, Retry-After 60": RateLimited(timedelta(seconds=60)),
}
"""What the server answers in the outage."""
STARTS: Final[dict[str, tuple[timedelta, timedelta]]] = {
    "random times": (timedelta(minutes=20), timedelta(minutes=5.5)),
    "one moment, an hour before": (timedelta(hours=1), timedelta(0)),
    "one moment, ten minutes before": (timedelta(minutes=10), timedelta(0)),
    "one moment, as it begins": (timedelta(0), timedelta(0)),
}
"""How long before the outage the last one starts, and over how long the starts are spread."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a fleet did; seconds count from the outage's end."""

    requests: Counter[int]
    """How many requests left in each second until everybody had returned."""
    returns: list[float]
    """When each installation succeeded again."""

    @property
    def window(self) -> float:
        """How many seconds after the outage's end the last one returned."""
        return max(self.returns)

    @property
    def peak_to_mean(self) -> float:
        """The peak second of the returns over their mean in the window.

        A smaller fleet is counted in spans that are longer in proportion, so that a span holds
        as many returns, and as much chance, as a second holds for a hundred thousand.
        """
        span = FLEET / len(self.returns)
        counts = Counter(int(moment // span) for moment in self.returns)
        return max(counts.values()) / span / (len(self.returns) / self.window)

    @property
    def peak_to_regular(self) -> float:
        """The peak second of all requests after the outage over the mean without any outage."""
        counts = [count for second, count in self.requests.items() if second >= 0]
        return max(counts) / (len(self.returns) / (_INTERVAL / _SECOND))


@dataclass(frozen=True, slots=True)
class Scenario:
    """When the installations started, what the outage looks like, and how long it lasts."""

    start: str
    failure: str
    outage: timedelta = OUTAGE
    copies: bool = False
    """All are copies of one disk image, with the same share of their own."""


def simulate(installations: int, scenario: Scenario, seed: int = 0) -> Course:
    """Return what so many installations did; the same arguments give the same course."""
    chance = random.Random(f"{seed} {scenario.start} {scenario.failure}")  # noqa: S311 — repeatable, not secret
    course = Course(Counter(), [])
    for _ in range(installations):
        _follow_one(course, scenario, chance)
    return course


def main() -> int:
    """Print the spread of every scenario; exit code 1 where a peak exceeds twice the mean."""
    installations = int(sys.argv[1]) if len(sys.argv) > 1 else FLEET
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else OUTAGE / timedelta(minutes=1)
    outage = timedelta(minutes=minutes)
    print(f"{installations} installations, interval {_INTERVAL}, outage {outage}")
    worst = 0.0
    with ProcessPoolExecutor() as pool:
        for start, failure in itertools.product(STARTS, FAILURES):
            course = _simulate_in_parallel(pool, installations, Scenario(start, failure, outage))
            worst = max(worst, course.peak_to_mean)
            print(f"{start}; {failure}: {_summary(course)}", flush=True)
        copies = Scenario("one moment, as it begins", "503", outage, copies=True)
        course = _simulate_in_parallel(pool, installations, copies)
        print(f"(without a goal) copies of one disk image; 503: {_summary(course)}")
    print(f"worst: {worst:.2f} (goal: at most {GOAL})")
    return int(worst > GOAL)


def _summary(course: Course) -> str:
    return (
        f"peak second {course.peak_to_mean:.2f} of the mean in {course.window:.0f} s,"
        f" {course.peak_to_regular:.2f} of the requests on any other day"
    )


def _simulate_in_parallel(
    pool: ProcessPoolExecutor, installations: int, scenario: Scenario
) -> Course:
    parts = [
        pool.submit(simulate, min(_PART, installations - done), scenario, done)
        for done in range(0, installations, _PART)
    ]
    whole = Course(Counter(), [])
    for part in parts:
        whole.requests.update(part.result().requests)
        whole.returns.extend(part.result().returns)
    return whole


def _follow_one(course: Course, scenario: Scenario, chance: random.Random) -> None:
    lead, spread = STARTS[scenario.start]
    problem = FAILURES[scenario.failure]
    outage_ends = _OUTAGE_BEGINS + scenario.outage
    own_share = 0.5 if scenario.copies else chance.random()
    now = _OUTAGE_BEGINS - lead - spread * chance.random()
    state = AccountState()
    while True:
        course.requests[(now - outage_ends) // _SECOND] += 1
        state = reduce(state, FetchStarted(now, jitter_of(own_share, chance.random())))
        answered = now + _SHORTEST_ANSWER + _ANSWER_SPREAD * chance.random()
        if now >= outage_ends:
            course.returns.append((now - outage_ends) / _SECOND)
            return
        if now >= _OUTAGE_BEGINS:
            state = reduce(state, FetchFailed(state.generation, problem, answered))
        else:
            reading = BalanceReading(_BALANCE, answered)
            state = reduce(state, FetchSucceeded(state.generation, reading))
        due = next_due(state, _INTERVAL)
        assert due is not None, "the policy asks again by itself in each of these cases"
        now = due


if __name__ == "__main__":
    sys.exit(main())
