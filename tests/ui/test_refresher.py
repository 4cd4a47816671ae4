from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.ui.samples import NOON, reading_of
from tray_app.core.money import Usd
from tray_app.core.problem import (
    ConnectionFault,
    KeyringLocked,
    KeyringMissing,
    NoKey,
    Offline,
    Problem,
    ServerTrouble,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.settings import Settings
from tray_app.ui.refresher import Refresher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tray_app.core.account_state import AccountState

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
OFFLINE = Offline(ConnectionFault.REFUSED)


class Bench:
    """A refresher whose clock the test sets; notes the requests and the signals."""

    def __init__(self, settings: Settings) -> None:
        self.now = NOON
        self.drawn = 0.0
        self.requests: list[tuple[int, bool]] = []
        self.states: list[AccountState] = []
        self.refresher = Refresher(
            settings, clock=lambda: self.now, own_share=lambda: 0.0, draw_share=lambda: self.drawn
        )
        self.refresher.fetch_requested.connect(lambda *request: self.requests.append(request))
        self.refresher.state_changed.connect(lambda: self.states.append(self.refresher.state))

    def answer(self, outcome: object, generation: int | None = None) -> None:
        current = self.refresher.state.generation
        self.refresher.on_fetch_finished(current if generation is None else generation, outcome)  # type: ignore[arg-type]  # a signal's object

    def succeed(self, cents: int = 1_234) -> None:
        self.answer(reading_of(cents, self.now))

    def look_at(self, now: datetime) -> None:
        self.now = now
        self.refresher.on_look()

    def look_until(self, now: datetime) -> None:
        """Look as the timer does, so that no time seems to have been slept through."""
        while self.now < now:
            self.look_at(min(self.now + 30 * SECOND, now))

    def will_look(self) -> bool:
        return self.refresher._next_look.isActive()


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    assert qapp is not None
    bench = Bench(Settings(refresh_interval=5 * MINUTE))
    yield bench
    bench.refresher.stop()


def test_the_start_asks_at_once_and_not_in_the_users_name(bench: Bench) -> None:
    bench.refresher.start()
    assert bench.requests == [(1, False)]
    assert bench.refresher.state.in_flight
    assert bench.will_look()


def test_it_asks_when_due_and_not_before(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + 5 * MINUTE - SECOND)
    assert len(bench.requests) == 1
    bench.look_at(NOON + 5 * MINUTE)
    assert bench.requests == [(1, False), (2, False)]


def test_one_look_after_a_long_sleep_asks_once(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + timedelta(hours=9))
    bench.look_at(NOON + timedelta(hours=9) + SECOND)
    assert len(bench.requests) == 2


def test_only_one_request_is_in_flight(bench: Bench) -> None:
    bench.refresher.start()
    bench.look_at(NOON + timedelta(days=1))
    bench.refresher.on_refresh_asked()
    assert len(bench.requests) == 1


def test_a_look_that_asks_nothing_says_that_time_passed(bench: Bench, qtbot: QtBot) -> None:
    bench.refresher.start()
    bench.succeed()
    with qtbot.waitSignal(bench.refresher.time_passed):
        bench.look_at(NOON + MINUTE)


def test_it_looks_by_itself_and_asks_when_due(qtbot: QtBot) -> None:
    bench = Bench(Settings(refresh_interval=timedelta(milliseconds=40), simulated=True))
    bench.refresher.start()
    bench.succeed()
    # The clock stands, so the request that the timer was set for is not due yet.
    with qtbot.waitSignals([bench.refresher.time_passed] * 2):
        assert len(bench.requests) == 1
    with qtbot.waitSignal(bench.refresher.fetch_requested):
        bench.now += SECOND
    bench.refresher.stop()


def test_it_wakes_at_the_due_time_and_every_half_minute_before(bench: Bench) -> None:
    bench.refresher.start()
    assert bench.refresher._next_look.interval() == 30_001
    bench.succeed()
    assert bench.refresher._next_look.interval() == 30_001
    bench.look_at(NOON + 5 * MINUTE - 12 * SECOND)
    assert bench.refresher._next_look.interval() == 12_001
    assert bench.refresher._next_look.timerType() is Qt.TimerType.PreciseTimer


def test_the_jitter_is_mostly_its_own_and_the_own_share_is_read_once() -> None:
    bench, shares = Bench(Settings()), [0.8]
    bench.refresher._read_own_share = shares.pop
    for bench.drawn, jitter in ((0.0, 0.6), (0.4, 0.7)):
        bench.refresher.on_key_changed()
        assert bench.refresher.state.jitter == pytest.approx(jitter)
    bench.refresher.stop()


def test_an_answer_to_an_older_request_is_dropped(bench: Bench) -> None:
    bench.refresher.start()
    bench.refresher.on_key_changed()
    current = bench.refresher.state
    shown = len(bench.states)
    bench.answer(reading_of(999), generation=1)
    bench.answer(WrongKey(""), generation=1)
    bench.answer(None, generation=1)
    assert (bench.refresher.state, len(bench.states)) == (current, shown)


def test_a_second_answer_to_the_same_request_is_dropped(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed(1_000)
    bench.answer(reading_of(1), generation=1)
    reading = bench.refresher.state.reading
    assert reading is not None
    assert reading.available == Usd.of_cents(1_000)


def test_another_key_forgets_all_and_asks_at_once(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.now += SECOND
    bench.refresher.on_refresh_asked()
    del bench.states[:]
    bench.refresher.on_key_changed()
    assert bench.states
    assert all((state.reading, state.level) == (None, None) for state in bench.states)
    assert bench.requests[1:] == [(3, False)]
    assert not bench.refresher._postponed.isActive()


@pytest.mark.parametrize("problem", [OFFLINE, ServerTrouble(500, ""), WrongKey(""), NoKey()])
def test_a_failure_keeps_the_last_reading(bench: Bench, problem: Problem) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + 5 * MINUTE)
    bench.answer(problem)
    reading = bench.refresher.state.reading
    assert reading is not None
    assert (reading.available, bench.refresher.state.problem) == (Usd.of_cents(1_234), problem)


def test_a_failure_counts_from_when_it_came_by_the_same_clock(bench: Bench) -> None:
    bench.refresher.start()
    bench.now += 20 * SECOND
    bench.answer(OFFLINE)
    assert bench.refresher.state.last_attempt_at == NOON + 20 * SECOND
    bench.look_until(NOON + 79 * SECOND)
    assert len(bench.requests) == 1
    bench.look_at(NOON + 80 * SECOND)
    assert len(bench.requests) == 2


def test_an_abandoned_request_is_made_again_at_the_next_look(bench: Bench) -> None:
    bench.refresher.start()
    bench.answer(None)
    assert bench.will_look()
    bench.refresher.on_look()
    assert bench.requests == [(1, False), (2, False)]


@pytest.mark.parametrize("problem", [KeyringLocked(), KeyringMissing(), WrongKey("")])
def test_time_is_told_of_while_only_the_user_can_change_anything(
    bench: Bench, problem: Problem, qtbot: QtBot
) -> None:
    bench.refresher.start()
    bench.answer(problem)
    assert bench.will_look()
    with qtbot.waitSignal(bench.refresher.time_passed):
        bench.look_at(NOON + MINUTE)
    assert bench.requests == [(1, False)]


def test_no_timer_runs_without_a_key_until_the_user_acts(bench: Bench) -> None:
    bench.refresher.start()
    bench.answer(NoKey())
    assert not bench.will_look()
    bench.now += MINUTE
    bench.refresher.on_refresh_asked()
    assert bench.will_look()
    bench.answer(NoKey())
    assert not bench.will_look()
    bench.refresher.on_key_changed()
    assert bench.will_look()


def test_it_goes_on_looking_while_the_age_of_a_reading_grows(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON + 5 * MINUTE)
    bench.answer(WrongKey(""))
    assert bench.will_look()


def test_a_clock_that_was_set_back_makes_a_request_due(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.look_at(NOON - timedelta(hours=3))
    assert len(bench.requests) == 2
    bench.succeed()
    bench.look_at(NOON - timedelta(hours=3) + MINUTE)
    assert len(bench.requests) == 2


def test_no_request_leaves_after_the_stop_even_when_a_late_answer_comes(bench: Bench) -> None:
    bench.refresher.start()
    bench.refresher.stop()
    bench.succeed()
    assert not bench.will_look()
    assert not bench.refresher._postponed.isActive()


def test_an_unchanged_state_is_not_told(bench: Bench) -> None:
    bench.refresher.start()
    bench.succeed()
    told = len(bench.states)
    bench.look_until(NOON + MINUTE)
    assert len(bench.states) == told


@pytest.mark.parametrize("goes_well", [True, False])
def test_an_error_inside_while_an_answer_is_taken_in_does_not_end_the_polling(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, goes_well: bool
) -> None:
    bench.refresher.start()
    with monkeypatch.context() as patch:
        patch.setattr(f"{Refresher.__module__}.reduce", fail_inside)
        with pytest.raises(ZeroDivisionError):
            bench.answer(reading_of(1_234, bench.now) if goes_well else OFFLINE)
    assert not bench.refresher.state.in_flight
    assert bench.refresher.state.problem == UnexpectedReply("internal error, ZeroDivisionError")
    bench.look_until(NOON + 2 * MINUTE)
    assert len(bench.requests) == 2
    bench.succeed()
    assert bench.refresher.state.problem is None


def test_an_error_inside_a_look_does_not_end_the_looking(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.refresher.start()
    bench.succeed()
    bench.refresher._next_look.stop()
    with monkeypatch.context() as patch:
        patch.setattr(f"{Refresher.__module__}.is_due", fail_inside)
        with pytest.raises(ZeroDivisionError):
            bench.look_at(NOON + MINUTE)
    assert bench.will_look()


def test_a_request_that_counts_as_under_way_is_under_way(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(bench.refresher, "_plan_next_look", fail_inside)
        with pytest.raises(ZeroDivisionError):
            bench.refresher.start()
    assert bench.refresher.state.in_flight
    assert bench.requests == [(1, False)]


def fail_inside(*_: object) -> None:
    raise ZeroDivisionError
