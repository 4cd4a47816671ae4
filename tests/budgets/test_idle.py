"""What happens while nothing happens: threads, timers, looks at the clock, and requests an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.budgets.measured import measured
from tests.ui.samples import NOON
from tests.ui.test_refresher import OFFLINE, Bench
from tray_app.core.problem import NoKey, Problem, RateLimited, ServerTrouble, WrongKey
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

LOOKS_AN_HOUR: Final = 120
"""Two a minute; those at which a request leaves come besides."""
_HOUR: Final = timedelta(hours=1)
_MILLISECOND: Final = timedelta(milliseconds=1)


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    assert qapp is not None
    bench = Bench(Settings())
    yield bench
    bench.refresher.stop()


def looks_in(bench: Bench, span: timedelta, answer: Problem | None) -> int:
    """Let the timer fire whenever it would, and each request be answered at once."""
    begin, looks = bench.now, 0
    bench.refresher.start()
    while True:
        if bench.refresher.state.in_flight:
            bench.succeed() if answer is None else bench.answer(answer)
        timer = bench.refresher._next_look
        if not timer.isActive() or bench.now + timer.interval() * _MILLISECOND > begin + span:
            return looks
        looks += 1
        bench.look_at(bench.now + timer.interval() * _MILLISECOND)


def test_an_hour_of_success_has_twelve_requests_and_two_looks_a_minute(bench: Bench) -> None:
    looks = looks_in(bench, _HOUR, None)
    assert len(bench.requests) == 12
    assert looks <= LOOKS_AN_HOUR + len(bench.requests)


@pytest.mark.parametrize(
    ("problem", "requests"),
    [
        (OFFLINE, 14),
        (ServerTrouble(503, ""), 14),
        (RateLimited(timedelta(minutes=10)), 7),
        (WrongKey(""), 3),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_hour_of_trouble_costs_hardly_more(
    bench: Bench, problem: Problem, requests: int
) -> None:
    looks = looks_in(bench, _HOUR, problem)
    assert len(bench.requests) <= requests
    assert looks <= LOOKS_AN_HOUR + len(bench.requests)


def test_without_a_key_nothing_runs(bench: Bench) -> None:
    assert looks_in(bench, _HOUR, NoKey()) == 0
    assert not bench.refresher._next_look.isActive()
    assert bench.now == NOON


def test_one_timer_runs_between_readings_and_two_threads_wait() -> None:
    assert len(measured().timers) == 1
    assert measured().qt_threads == ("history", "worker")
