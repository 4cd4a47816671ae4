"""Decides when to ask, and keeps what is known about the account."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tray_app.core.account_state import (
    AccountState,
    Event,
    FetchAbandoned,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    KeyChanged,
    reduce,
)
from tray_app.core.reading import BalanceReading
from tray_app.core.refresh_policy import is_due, manual_refresh_due, next_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.settings import Settings
    from tray_app.ui.balance_worker import FetchOutcome

_SLOWEST_HEARTBEAT: Final = timedelta(seconds=30)


def now_utc() -> datetime:
    """Return the wall clock's time, aware and in UTC."""
    return datetime.now(UTC)


class Refresher(QObject):
    """Owns the account's state; lives on the main thread.

    A coarse heartbeat compares the wall clock with the time that the policy names, rather than a
    timer of that length: after a sleep it is the clock that tells how much time went by.
    """

    state_changed = Signal()
    time_passed = Signal()
    """The heartbeat: ages and waits may read differently now."""
    fetch_requested = Signal(int, bool)
    """The generation, and whether the user asked; answered with exactly one ``fetch_finished``."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = now_utc,
        draw_jitter: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._draw_jitter = draw_jitter
        self._stopped = False
        self._state = AccountState(thresholds=settings.thresholds)
        self._heartbeat = QTimer(self)
        self._heartbeat.setTimerType(Qt.TimerType.CoarseTimer)
        beat = min(_SLOWEST_HEARTBEAT, settings.refresh_interval / 2)
        self._heartbeat.setInterval(beat // timedelta(milliseconds=1))
        self._heartbeat.timeout.connect(self.on_heartbeat)
        self._postponed = QTimer(self)
        self._postponed.setSingleShot(True)
        self._postponed.timeout.connect(self.on_refresh_asked)

    @property
    def state(self) -> AccountState:
        """What is known now."""
        return self._state

    def start(self) -> None:
        """Ask for the first reading and keep the balance fresh from now on."""
        self.on_heartbeat()

    def stop(self) -> None:
        """Let no more request leave."""
        self._stopped = True
        self._heartbeat.stop()
        self._postponed.stop()

    @Slot()
    def on_heartbeat(self) -> None:
        """Start a request if one is due."""
        if self._stopped:
            return
        if is_due(self._state, self._clock(), self._settings.refresh_interval):
            self._start_fetch(asked_by_user=False)
        else:
            self.time_passed.emit()
        self._keep_beating_while_something_can_change()

    @Slot()
    def on_refresh_asked(self) -> None:
        """Start a request for the user, as soon as politeness allows."""
        if self._stopped:
            return
        now = self._clock()
        due = manual_refresh_due(self._state, now)
        if due is None:
            return
        if due <= now:
            self._start_fetch(asked_by_user=True)
        else:
            # Rounded up: a timer that fires a moment early would only be set again.
            self._postponed.start((due - now) // timedelta(milliseconds=1) + 1)

    @Slot(int, object)
    def on_fetch_finished(self, generation: int, outcome: FetchOutcome) -> None:
        """Take in the worker's answer."""
        event: Event
        match outcome:
            case BalanceReading():
                event = FetchSucceeded(generation, outcome)
            case None:
                event = FetchAbandoned(generation)
            case problem:
                event = FetchFailed(generation, problem, self._clock())
        self._take(event)

    @Slot()
    def on_key_changed(self) -> None:
        """Forget what belongs to the old key and ask with the new one."""
        self._take(KeyChanged())
        if self._stopped:
            return
        self._start_fetch(asked_by_user=False)

    def _start_fetch(self, *, asked_by_user: bool) -> None:
        self._postponed.stop()
        self._take(FetchStarted(self._clock(), self._draw_jitter()))
        self.fetch_requested.emit(self._state.generation, asked_by_user)

    def _take(self, event: Event) -> None:
        before = self._state
        self._state = reduce(before, event)
        if self._state != before:
            self._keep_beating_while_something_can_change()
            self.state_changed.emit()

    def _keep_beating_while_something_can_change(self) -> None:
        """Beat while a request may come due or a shown age grows; otherwise cost nothing."""
        waits = next_due(self._state, self._settings.refresh_interval) is not None
        beats = waits or self._state.in_flight or self._state.reading is not None
        if beats and not self._stopped and not self._heartbeat.isActive():
            self._heartbeat.start()
        elif not beats:
            self._heartbeat.stop()
