"""A program that polls, told by the rules of the core alone, with a clock that may jump.

It does what ``tray_app.ui.refresher`` does: it looks when the rules say so, takes in what the clock
tells, and asks when something is due. Two times pass: the wall clock's, and the one of timers,
which stands still in a sleep and knows nothing of a clock that is set.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.core.samples import NOW, reading_of
from tray_app.core.account_state import (
    AccountState,
    FetchAbandoned,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    KeyChanged,
    NetworkReturned,
    reduce,
)
from tray_app.core.clock_jump import clock_jump
from tray_app.core.refresh_policy import (
    is_due,
    is_outdated,
    manual_refresh_due,
    next_look,
)
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from tray_app.core.account_state import Event
    from tray_app.core.problem import Problem

INTERVAL: Final = Settings().refresh_interval
_NOTHING: Final = timedelta(0)


class PollingModel:
    """``awake`` is the timers' time since the start, ``asked`` when requests left by themselves."""

    def __init__(self) -> None:
        self.wall = NOW
        self.awake = timedelta(0)
        self.state = AccountState()
        self.asked: list[timedelta] = []
        self.jitter = 0.0
        self._planned: datetime | None = None
        self._look_at: timedelta | None = None
        self._outdated: int | None = None
        self._look()

    def pass_time(self, span: timedelta) -> None:
        """Let both clocks go on, and look whenever the timer fires on the way."""
        until = self.awake + span
        while self._look_at is not None and self._look_at <= until:
            self._advance(self._look_at - self.awake)
            self._look()
        self._advance(until - self.awake)

    def move_clock(self, span: timedelta) -> None:
        """Sleep, or set the clock: only the wall's time changes."""
        self.wall += span

    def succeed(self, dollars: str = "1") -> None:
        """Answer the request in flight with a reading."""
        self._read_clock()
        self.take(FetchSucceeded(self.state.generation, reading_of(dollars, self.wall)))

    def fail(self, problem: Problem) -> None:
        """Answer the request in flight with a problem."""
        self._read_clock()
        self.take(FetchFailed(self.state.generation, problem, self.wall))

    def hint(self) -> None:
        """Say that the network may have returned."""
        self._read_clock()
        self.take(NetworkReturned(self.wall))
        self._end_if_outdated()

    def change_key(self) -> None:
        """Use another key, as the user does."""
        self.take(KeyChanged())
        self._ask(by_itself=False)

    def ask_for_user(self) -> None:
        """Ask if politeness allows it at this moment."""
        self._read_clock()
        due = manual_refresh_due(self.state, self.wall)
        if due is not None and due <= self.wall:
            self._ask(by_itself=False)

    def take(self, event: Event) -> None:
        """Reduce an event and plan the next look."""
        before, self.state = self.state, reduce(self.state, event)
        if self.state != before:
            self._plan()

    def most_asked_within(self, span: timedelta) -> int:
        """Return how many requests left by themselves in the busiest span of the timers' time."""
        counts = (
            sum(first <= moment < first + span for moment in self.asked) for first in self.asked
        )
        return max(counts, default=0)

    @property
    def looks_within(self) -> timedelta | None:
        """How long until the next look, by the timers' time; None when none is planned."""
        return None if self._look_at is None else self._look_at - self.awake

    def _advance(self, span: timedelta) -> None:
        span = max(span, _NOTHING)
        self.awake += span
        self.wall += span

    def _look(self) -> None:
        self._read_clock()
        if is_due(self.state, self.wall, INTERVAL):
            self._ask(by_itself=True)
        else:
            self._plan()

    def _ask(self, *, by_itself: bool) -> None:
        assert not self.state.in_flight, "two requests at once"
        if by_itself:
            self.asked.append(self.awake)
        self.take(FetchStarted(self.wall, self.jitter, asked_by_user=not by_itself))

    def _read_clock(self) -> None:
        jump = clock_jump(self.state, self.wall, self._planned)
        if jump is not None:
            self.take(jump)
            self._end_if_outdated()

    def _end_if_outdated(self) -> None:
        generation = self.state.generation
        if generation != self._outdated and is_outdated(self.state, self.wall):
            self._outdated = generation
            self.take(FetchAbandoned(generation))
            self._look()

    def _plan(self) -> None:
        wait = next_look(self.state, self.wall, INTERVAL)
        self._planned = None if wait is None else self.wall + wait
        # A timer fires a little later than now, however short it is.
        self._look_at = None if wait is None else self.awake + wait + timedelta(milliseconds=1)
