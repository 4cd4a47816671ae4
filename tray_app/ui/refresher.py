"""Decides when to ask, and keeps what is known about the account."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray_app.core.account_state import (
    AccountState,
    Event,
    FetchAbandoned,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    KeyChanged,
    LastKnown,
    NetworkReturned,
    OutlookChanged,
    ThresholdsChanged,
    after_failure,
    reduce,
)
from tray_app.core.clock_jump import clock_jump
from tray_app.core.problem import UnexpectedReply
from tray_app.core.reading import BalanceReading
from tray_app.core.refresh_policy import (
    LONGEST_LOOK_AWAY,
    is_due,
    is_outdated,
    jitter_of,
    manual_refresh_due,
    next_look,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.outlook import Outlook
    from tray_app.core.settings import Settings
    from tray_app.ui.balance_worker import FetchOutcome

# Qt.TimerType, as the property takes it: by its name the whole namespace Qt would be loaded, whose
# enumerations take 25 ms and 0.7 MB.
_PRECISE: Final = 0
_COARSE: Final = 1
_MILLISECOND: Final = timedelta(milliseconds=1)


def now_utc() -> datetime:
    """Return the wall clock's time, aware and in UTC."""
    return datetime.now(UTC)


class Refresher(QObject):
    """Owns the account's state; lives on the main thread.

    One timer wakes it when the policy says that the clock must be looked at: at a request's due
    time, and else every half minute. It is the clock that decides, rather than a timer of the
    whole length: after a sleep only the clock tells how much time went by.
    """

    state_changed = Signal()
    time_passed = Signal()
    """Ages and waits may read differently now."""
    key_changed = Signal()
    """What is known from here on is another key's, perhaps another account's."""
    fetch_requested = Signal(int, bool)
    """The generation, and whether the user asked; answered with exactly one ``fetch_finished``."""
    fetch_outdated = Signal()
    """What is asked for under way goes a way that is no longer the one: end it, a new one follows.

    It may wait for an answer that cannot come.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = now_utc,
        own_share: Callable[[], float] = random.random,
        draw_share: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._read_own_share = own_share
        self._own_share: float | None = None
        self._draw_share = draw_share
        self._stopped = False
        self._outdated: int | None = None
        self._planned_look: datetime | None = None
        self._holds = 0
        self._state = AccountState(thresholds=settings.thresholds)
        self._next_look = QTimer(self)
        self._next_look.setSingleShot(True)
        self._next_look.timeout.connect(self.on_look)
        self._postponed = QTimer(self)
        self._postponed.setSingleShot(True)
        self._postponed.timeout.connect(self.on_refresh_asked)

    @property
    def state(self) -> AccountState:
        """What is known now."""
        return self._state

    def apply(self, settings: Settings) -> None:
        """Go on by other settings from now on."""
        self._settings = settings
        if settings.thresholds != self._state.thresholds:
            self._take(ThresholdsChanged(settings.thresholds))
        self.on_look()

    def start(self) -> None:
        """Ask for the first reading and keep the balance fresh from now on."""
        self.on_look()

    def stop(self) -> None:
        """Let no more request leave."""
        self._stopped = True
        self._next_look.stop()
        self._postponed.stop()

    def hold(self) -> None:
        """Let no request leave by itself until ``release``, which is called once for each hold."""
        self._holds += 1

    def release(self) -> None:
        """Go on with what came due meanwhile."""
        self._holds -= 1
        self.on_look()

    @Slot()
    def on_look(self) -> None:
        """Look at the clock, and start a request if one is due."""
        if self._stopped:
            return
        # Whatever goes wrong inside below, the clock is looked at again.
        self._next_look.start(LONGEST_LOOK_AWAY // _MILLISECOND)
        now = self._read_clock()
        if not self._holds and is_due(self._state, now, self._settings.refresh_interval):
            self._start_fetch(asked_by_user=False)
        else:
            self.time_passed.emit()
            self._plan_next_look()

    @Slot()
    def on_refresh_asked(self) -> None:
        """Start a request for the user, as soon as politeness allows."""
        if self._stopped:
            return
        now = self._read_clock()
        due = manual_refresh_due(self._state, now)
        if due is None:
            return
        if due <= now:
            self._start_fetch(asked_by_user=True)
        else:
            # Rounded up: a timer that fires a moment early would only be set again.
            self._postponed.start((due - now) // _MILLISECOND + 1)

    def ask_anew(self) -> None:
        """Start a request for the user in place of the one under way, which the caller ended."""
        self._take(FetchAbandoned(self._state.generation))
        self.on_refresh_asked()

    @Slot(int, object)
    def on_fetch_finished(self, generation: int, outcome: FetchOutcome) -> None:
        """Take in the worker's answer."""
        now = self._read_clock()
        event: Event
        match outcome:
            case BalanceReading():
                event = FetchSucceeded(generation, outcome)
            case None:
                event = FetchAbandoned(generation)
            case problem:
                event = FetchFailed(generation, problem, now)
        self._take(event)
        if outcome is None and generation == self._outdated:
            self.on_look()

    @Slot(object)
    def on_outlook_changed(self, outlook: Outlook) -> None:
        """Take in what the history says about a reading."""
        self._take(OutlookChanged(outlook))

    @Slot(object)
    def on_last_known(self, reading: BalanceReading) -> None:
        """Take in what was known at the last end: it shows with its age until there is news."""
        self._take(LastKnown(reading))

    @Slot()
    def on_network_returned(self) -> None:
        """Take a hint: ask soon where the network was what failed."""
        if self._stopped:
            return
        now = self._read_clock()
        self._take(NetworkReturned(now))
        self._end_if_outdated(now)

    def go_another_way(self) -> None:
        """Ask by another way from now on: at once what is under way, soon what failed on the old.

        Whoever calls has seen to it that the next request goes that way.
        """
        if self._stopped:
            return
        self._take(NetworkReturned(self._read_clock()))
        if self._state.in_flight:
            self._end_request()

    @Slot()
    def on_key_changed(self) -> None:
        """Forget what belongs to the old key and ask with the new one."""
        self._take(KeyChanged())
        self.key_changed.emit()
        if self._stopped:
            return
        self._start_fetch(asked_by_user=False)

    def _start_fetch(self, *, asked_by_user: bool) -> None:
        self._postponed.stop()
        before = self._state.generation
        try:
            self._take(FetchStarted(self._clock(), self._drawn_jitter(), asked_by_user))
        finally:
            # What counts as under way must be under way, whatever went wrong inside.
            if self._state.generation != before:
                self.fetch_requested.emit(self._state.generation, asked_by_user)

    def _take(self, event: Event) -> None:
        before = self._state
        try:
            self._state = reduce(before, event)
        except Exception as error:
            if isinstance(event, FetchSucceeded | FetchFailed):
                # What has ended must not count as under way for ever: it is tried again later.
                problem = UnexpectedReply(f"internal error, {type(error).__name__}")
                self._state = after_failure(before, problem, self._clock())
                self._plan_next_look()
            raise
        if self._state != before:
            self._plan_next_look()
            self.state_changed.emit()

    def _read_clock(self) -> datetime:
        """Return the time, after taking in what the clock tells besides it."""
        now = self._clock()
        jump = clock_jump(self._state, now, self._planned_look)
        if jump is not None:
            self._take(jump)
            self._end_if_outdated(now)
        return now

    def _end_if_outdated(self, now: datetime) -> None:
        if is_outdated(self._state, now):
            self._end_request()

    def _end_request(self) -> None:
        if self._outdated != self._state.generation:
            self._outdated = self._state.generation
            self.fetch_outdated.emit()

    def _drawn_jitter(self) -> float:
        if self._own_share is None:
            # Read at the first request: the icon shows by then.
            self._own_share = self._read_own_share()
        return jitter_of(self._own_share, self._draw_share())

    def _plan_next_look(self) -> None:
        now = self._clock()
        wait = next_look(self._state, now, self._settings.refresh_interval)
        if wait is None or self._stopped:
            self._next_look.stop()
            self._planned_look = None
            return
        if self._holds:
            # What is due waits for the release, not for the clock.
            wait = LONGEST_LOOK_AWAY
        self._planned_look = now + wait
        # A due time is met to the moment: a coarse timer may be early, and would be set twice.
        exact = wait < LONGEST_LOOK_AWAY
        self._next_look.setProperty("timerType", _PRECISE if exact else _COARSE)
        # Rounded up: a moment early would be too early.
        self._next_look.start(wait // _MILLISECOND + 1)
