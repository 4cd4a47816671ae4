"""What the refresher makes of a sleep, of a clock that is set, and of hints about the network."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.ui.samples import NOON
from tests.ui.test_refresher import MINUTE, OFFLINE, SECOND, Bench
from tray_app.core.problem import RateLimited
from tray_app.core.settings import Settings
from tray_app.ui.refresher import Refresher, now_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

HOUR = 60 * MINUTE


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    assert qapp is not None
    bench = Bench(Settings())
    yield bench
    bench.refresher.stop()


def ended(bench: Bench) -> list[None]:
    """Note how often the request under way is given up."""
    notes: list[None] = []
    bench.refresher.fetch_outdated.connect(lambda: notes.append(None))
    return notes


def test_after_a_sleep_it_asks_at_the_first_look_and_notes_the_sleep(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + 8 * HOUR)
    assert bench.requests == [(1, False), (2, False)]
    assert bench.refresher.state.resumed_at == NOON + 8 * HOUR


def test_after_a_sleep_a_failure_of_the_network_is_tried_again_within_seconds(
    bench: Bench,
) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + 8 * HOUR)
    bench.answer(OFFLINE)
    assert bench.refresher._next_look.interval() == 3_001
    bench.look_at(bench.now + 3 * SECOND)
    assert len(bench.requests) == 3


def test_a_look_that_comes_a_little_late_is_no_sleep(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + 44 * SECOND)
    assert bench.refresher.state.resumed_at is None


def test_an_answer_that_comes_before_the_first_look_tells_of_the_sleep_too(bench: Bench) -> None:
    bench.refresher.start()
    bench.now += 8 * HOUR
    bench.answer(OFFLINE)
    assert bench.refresher.state.resumed_at == bench.now
    assert bench.refresher._next_look.interval() == 3_001


def test_a_request_that_slept_is_given_up_and_made_again_at_once(bench: Bench) -> None:
    bench.refresher.start()
    given_up = ended(bench)
    bench.look_at(NOON + 8 * HOUR)
    bench.look_at(NOON + 8 * HOUR + SECOND)
    assert given_up == [None]
    bench.answer(None)
    assert bench.requests == [(1, False), (2, False)]


def test_a_hint_asks_within_two_seconds_after_a_failure(bench: Bench) -> None:
    bench.drawn = 0.9
    bench.refresher.start()
    bench.answer(OFFLINE)
    bench.now += 20 * SECOND
    bench.refresher.on_network_returned()
    assert bench.refresher._next_look.interval() <= 2_001
    bench.look_at(bench.now + 2 * SECOND)
    assert len(bench.requests) == 2


def test_a_hint_changes_nothing_while_all_is_well_nor_where_novita_asks_to_wait(
    bench: Bench,
) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.refresher.on_network_returned()
    assert bench.refresher._next_look.interval() == 30_001
    bench.look_at(NOON + 5 * MINUTE)
    bench.answer(RateLimited(10 * MINUTE))
    bench.refresher.on_network_returned()
    assert bench.refresher._next_look.interval() == 30_001
    assert len(bench.requests) == 2


def test_a_hint_gives_up_a_request_that_left_before_it_but_not_one_that_just_left(
    bench: Bench,
) -> None:
    bench.refresher.start()
    given_up = ended(bench)
    bench.now += 2 * SECOND
    bench.refresher.on_network_returned()
    assert given_up == []
    bench.now += 5 * SECOND
    bench.refresher.on_network_returned()
    bench.refresher.on_network_returned()
    assert given_up == [None]
    bench.answer(None)
    assert len(bench.requests) == 2


def test_another_way_gives_up_a_request_however_young_once_and_asks_anew(bench: Bench) -> None:
    bench.refresher.start()
    given_up = ended(bench)
    bench.refresher.go_another_way()
    bench.refresher.go_another_way()
    assert given_up == [None]
    bench.answer(None)
    assert bench.requests == [(1, False), (2, False)]
    bench.refresher.go_another_way()
    assert given_up == [None, None]


def test_another_way_is_tried_soon_where_the_old_one_failed_and_else_when_it_is_due(
    bench: Bench,
) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.refresher.go_another_way()
    bench.look_at(NOON + 5 * SECOND)
    assert len(bench.requests) == 1
    bench.look_at(NOON + 6 * MINUTE)
    bench.answer(OFFLINE)
    bench.now += 20 * SECOND
    bench.refresher.go_another_way()
    bench.look_at(bench.now + 2 * SECOND)
    assert len(bench.requests) == 3


def test_a_request_that_somebody_else_ended_waits_for_a_look(bench: Bench) -> None:
    bench.refresher.start()
    bench.answer(None)
    assert len(bench.requests) == 1


def test_no_hint_is_taken_after_the_stop(bench: Bench) -> None:
    bench.refresher.start()
    bench.answer(OFFLINE)
    bench.refresher.stop()
    state = bench.refresher.state
    bench.refresher.on_network_returned()
    bench.refresher.go_another_way()
    assert bench.refresher.state == state


@pytest.mark.skipif(sys.platform == "win32", reason="the zone cannot be changed so there")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "Europe/Berlin"])
def test_another_time_zone_is_neither_a_sleep_nor_a_clock_that_was_set(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """Nor is summer time: every time here is UTC."""
    assert qapp is not None
    requests: list[int] = []
    refresher = Refresher(Settings())
    refresher.fetch_requested.connect(lambda generation, _: requests.append(generation))
    refresher.start()
    refresher.on_fetch_finished(1, OFFLINE)
    before = now_utc()
    try:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert abs(now_utc() - before) < MINUTE
        refresher.on_look()
    finally:
        monkeypatch.undo()
        os.environ.setdefault("TZ", "")
        time.tzset()
    assert refresher.state.resumed_at is None
    assert requests == [1]
    refresher.stop()
