"""What has happened to one account, and how each event changes it.

The state stores facts: the last reading, the last problem, what is in flight. The words that
people use for it (fresh, stale, offline …) are derived from it in :mod:`tray_app.core.status`.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, assert_never

from tray_app.core.eagerness import Eagerness, waits_for_network
from tray_app.core.level import Level, Thresholds, is_by_time, level_of
from tray_app.core.light_dataclass import dataclass
from tray_app.core.outlook import carried_over, time_left
from tray_app.core.problem import NoKey

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from tray_app.core.outlook import Outlook
    from tray_app.core.problem import Problem
    from tray_app.core.reading import BalanceReading


@dataclass(frozen=True, slots=True)
class AccountState:
    """The facts about one account; every time is aware and in UTC."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    reading: BalanceReading | None = None
    """The last one that succeeded: no failure removes it."""
    level: Level | None = None
    """The level of ``reading``; kept, because hysteresis depends on the one before."""
    level_before: Level | None = None
    """The level that held before ``reading``: the one that its own outlook is judged by."""
    outlook: Outlook | None = None
    """What the history says; between a reading and its own outlook the one before, carried over."""
    problem: Problem | None = None
    """How the last attempt failed; None after a success and before the first attempt."""
    generation: int = 0
    """Counts fetches and key changes: an answer to an older one is dropped."""
    in_flight: bool = False
    failures: int = 0
    """Failed attempts since the last success."""
    last_attempt_at: datetime | None = None
    """When the last attempt began or, once it has ended, when it ended."""
    jitter: float = 0.0
    """The last attempt's random share, from 0 up to 1: spreads the next one."""
    resumed_at: datetime | None = None
    """When the clock last showed that the program had been asleep."""
    eagerness: Eagerness = field(default_factory=Eagerness)


@dataclass(frozen=True, slots=True)
class FetchStarted:
    """A request leaves; it carries the next generation."""

    at: datetime
    jitter: float
    asked_by_user: bool = False


@dataclass(frozen=True, slots=True)
class FetchSucceeded:
    """The request of this generation brought a reading."""

    generation: int
    reading: BalanceReading


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """The request of this generation met a problem."""

    generation: int
    problem: Problem
    at: datetime


@dataclass(frozen=True, slots=True)
class FetchAbandoned:
    """The program itself ended the request of this generation: neither success nor failure."""

    generation: int


@dataclass(frozen=True, slots=True)
class OutlookChanged:
    """The history was asked what it says about a reading."""

    outlook: Outlook


@dataclass(frozen=True, slots=True)
class LastKnown:
    """The history remembers a reading from before this start."""

    reading: BalanceReading


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """Another key, perhaps another account: nothing that was known holds any more."""


@dataclass(frozen=True, slots=True)
class ThresholdsChanged:
    """The user drew the levels elsewhere."""

    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Resumed:
    """The program was asleep until now."""

    at: datetime


@dataclass(frozen=True, slots=True)
class NetworkReturned:
    """Something hints that the network is there again; it may be wrong."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ClockWentBack:
    """The clock shows a time long before the last attempt."""

    at: datetime


Event = (
    FetchStarted
    | FetchSucceeded
    | FetchFailed
    | FetchAbandoned
    | OutlookChanged
    | LastKnown
    | KeyChanged
    | ThresholdsChanged
    | Resumed
    | NetworkReturned
    | ClockWentBack
)


def reduce(state: AccountState, event: Event) -> AccountState:
    """Return the state after the event; an answer to an older generation changes nothing."""
    match event:
        case FetchStarted():
            return _started(state, event)
        case OutlookChanged(outlook):
            return _foreseen(state, outlook)
        case LastKnown(reading):
            return _remembering(state, reading)
        case KeyChanged():
            return AccountState(thresholds=state.thresholds, generation=state.generation + 1)
        case ThresholdsChanged(thresholds):
            return _judged_anew(state, thresholds)
        case Resumed(at):
            # What failed before the sleep says nothing about now.
            failures = min(state.failures, 1)
            eagerness = state.eagerness.opened(at)
            return replace(state, resumed_at=at, failures=failures, eagerness=eagerness)
        case NetworkReturned(at):
            return replace(state, eagerness=state.eagerness.opened(at))
        case ClockWentBack(at):
            # A figure whose age nobody knows is read anew; every other wait begins anew.
            reads_anew = state.problem is None and not state.in_flight
            return replace(state, last_attempt_at=None if reads_anew else at)
        case FetchSucceeded() | FetchFailed() | FetchAbandoned():
            if not state.in_flight or event.generation != state.generation:
                return state
            return _finished(replace(state, in_flight=False), event)
        case _:
            assert_never(event)


def decisive_time(state: AccountState) -> timedelta | None:
    """Return the time left where it makes the level, rather than the amount; else None."""
    if state.reading is None or state.level is None:
        return None
    by_time = is_by_time(state.level, state.reading.available, state.thresholds)
    return time_left(state.outlook) if by_time else None


def _started(state: AccountState, event: FetchStarted) -> AccountState:
    # One that follows an abandoned one may do so because of the window, too.
    is_early = waits_for_network(state.problem) or state.last_attempt_at is None
    is_quick = is_early and state.eagerness.allows(event.at)
    return replace(
        state,
        generation=state.generation + 1,
        in_flight=True,
        last_attempt_at=event.at,
        jitter=event.jitter,
        # Whoever asks wants to know what is wrong, after a sleep too.
        resumed_at=None if event.asked_by_user else state.resumed_at,
        eagerness=state.eagerness.spent(event.at) if is_quick else state.eagerness,
    )


def _foreseen(state: AccountState, outlook: Outlook) -> AccountState:
    reading = state.reading
    if reading is None or outlook.as_of != reading.taken_at:
        # A newer reading has overtaken it, or another key: its own outlook is on the way.
        return state
    # What was carried over until now was a guess, and must not count as a level that was entered.
    level = level_of(reading.available, state.thresholds, state.level_before, time_left(outlook))
    return replace(state, outlook=outlook, level=level)


def _remembering(state: AccountState, reading: BalanceReading) -> AccountState:
    """Begin with what was known at the last end; whatever this run has read is newer."""
    if state.reading is not None or isinstance(state.problem, NoKey):
        return state
    return replace(state, reading=reading, level=level_of(reading.available, state.thresholds))


def _judged_anew(state: AccountState, thresholds: Thresholds) -> AccountState:
    level = None
    if state.reading is not None:
        # Levels that were entered by the thresholds before say nothing about these.
        level = level_of(state.reading.available, thresholds, lasts=time_left(state.outlook))
    return replace(state, thresholds=thresholds, level=level, level_before=None)


def _outlook_for(state: AccountState, reading: BalanceReading) -> Outlook | None:
    """Return what is foreseen at a new reading, before the history was asked about it."""
    if state.outlook is None or state.reading is None:
        return None
    return carried_over(state.outlook, state.reading, reading)


def after_failure(state: AccountState, problem: Problem, at: datetime) -> AccountState:
    """Return the state after an attempt that ended with ``problem`` at ``at`` (UTC)."""
    return replace(
        state, in_flight=False, problem=problem, failures=state.failures + 1, last_attempt_at=at
    )


def _finished(
    state: AccountState, event: FetchSucceeded | FetchFailed | FetchAbandoned
) -> AccountState:
    match event:
        case FetchSucceeded(_, reading):
            outlook = _outlook_for(state, reading)
            return replace(
                state,
                reading=reading,
                level=level_of(
                    reading.available, state.thresholds, state.level, time_left(outlook)
                ),
                level_before=state.level,
                outlook=outlook,
                problem=None,
                failures=0,
                last_attempt_at=reading.taken_at,
            )
        case FetchFailed(_, problem, at):
            is_quick = waits_for_network(problem) and state.eagerness.allows(at)
            # Quick tries do not add to the back-off that follows them.
            failures = max(state.failures, 1) if is_quick else state.failures + 1
            return replace(state, problem=problem, failures=failures, last_attempt_at=at)
        case FetchAbandoned():
            # It counts for nothing, so the next one is due at once.
            return replace(state, last_attempt_at=None)
        case _:
            assert_never(event)
