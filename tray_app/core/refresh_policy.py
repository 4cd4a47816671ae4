"""When to ask again: interval, back-off, Retry-After, and when not to ask at all."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.eagerness import waits_for_network
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateRejected,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    PermissionLacking,
    ProxyFailed,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.status import QUIET_AFTER_SLEEP, is_quiet

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState

_AT_ONCE: Final = datetime.min.replace(tzinfo=UTC)
LONGEST_WAIT: Final = timedelta(minutes=30)
MANUAL_SPACING: Final = timedelta(seconds=10)
LONGEST_LOOK_AWAY: Final = timedelta(seconds=30)
_ANSWERED_BY_NOW: Final = timedelta(seconds=3)
_FIRST_BACK_OFF: Final = timedelta(minutes=1)
# Each failure multiplies the wait by this much, and the jitter by as much again: so the waits of
# one failure end where those of the next begin, and programs that failed at the same moment come
# back over the whole of a span. A larger factor leaves gaps and heaps; tests/benchmarks/fleet.py
# measures it.
_GROWTH: Final = 1.35
# After so many steps the cap holds anyway; the bound keeps the power small for ever.
_MOST_STEPS: Final = 16
_MOST_SPREAD_AFTER_ASKED_WAIT: Final = timedelta(minutes=5)
# The regular interval is stretched by up to a tenth, so that programs that were started at
# the same moment (log-in in an office) drift apart.
_INTERVAL_STRETCH: Final = 0.1
# An installation that drew only afresh would wander back to the middle, where all the others
# are: its own share is what keeps it apart. The fresh share is for copies of one disk image,
# which all have the same own one.
_FRESH_PART: Final = 0.25


def jitter_of(own_share: float, fresh_share: float) -> float:
    """Return the jitter of an attempt, from 0 up to 1, like both shares.

    ``own_share`` stays the same for an installation, ``fresh_share`` is drawn for each attempt.
    """
    return own_share + (fresh_share - own_share) * _FRESH_PART


def next_due(state: AccountState, interval: timedelta) -> datetime | None:
    """Return when the next request is due (UTC), or None while only the user can start one.

    None also while one is in flight. The first request is due at once. The state's jitter says
    where in its span each wait lies; the spans of back-off grow from a minute to half an hour.
    """
    if state.in_flight:
        return None
    if state.last_attempt_at is None:
        return _AT_ONCE
    wait = _wait(state, interval)
    if wait is None:
        return None
    due = state.last_attempt_at + wait
    if not waits_for_network(state.problem):
        return due
    quick = state.eagerness.next_try(state.last_attempt_at, state.jitter)
    return due if quick is None else min(due, quick)


def is_due(state: AccountState, now: datetime, interval: timedelta) -> bool:
    """Return whether a request is due at ``now`` (UTC)."""
    due = next_due(state, interval)
    return due is not None and due <= now


def is_outdated(state: AccountState, now: datetime) -> bool:
    """Return whether the request in flight left before the network that is there ``now`` (UTC).

    It may wait for an answer that cannot come any more; a new one would have it sooner.
    """
    return (
        state.in_flight
        and state.last_attempt_at is not None
        and state.eagerness.allows(now)
        and now - state.last_attempt_at >= _ANSWERED_BY_NOW
    )


def hears_network(state: AccountState) -> bool:
    """Return whether a hint that the network has returned would change anything."""
    return state.in_flight or waits_for_network(state.problem)


def next_look(state: AccountState, now: datetime, interval: timedelta) -> timedelta | None:
    """Return how long after ``now`` (UTC) to look at the clock again: None while there is no key.

    That is when the next request is due, so that no common beat gathers the requests of many
    installations; and after half a minute at the latest, because shown ages grow and because a
    timer stands still in a sleep while the clock goes on. An alert may wait for its time, too.
    """
    due = next_due(state, interval)
    is_without_key = isinstance(state.problem, NoKey) and not state.in_flight
    if is_without_key and state.reading is None:
        return None
    looks = [now + LONGEST_LOOK_AWAY]
    # A request that was ended waits for whoever ended it, and else for that look.
    if due is not None and state.last_attempt_at is not None:
        looks.append(due)
    if is_quiet(state, now) and state.resumed_at is not None:
        looks.append(state.resumed_at + QUIET_AFTER_SLEEP)
    return max(min(looks) - now, timedelta(0))


def manual_refresh_due(state: AccountState, now: datetime) -> datetime | None:
    """Return when a refresh that the user asks for at ``now`` may leave; None while in flight.

    At most one each ten seconds, and not before the time that Novita asked to wait for.
    """
    if state.in_flight:
        return None
    if state.last_attempt_at is None:
        return now
    match state.problem:
        case NoKey() | KeyringLocked() | KeyringMissing() | KeyringRefused() | KeyringFailed():
            # Nothing left the computer.
            return now
        case (
            RateLimited(retry_after=timedelta() as asked)
            | ServerTrouble(retry_after=timedelta() as asked)
        ):
            spacing = max(MANUAL_SPACING, min(asked, LONGEST_WAIT))
        case _:
            spacing = MANUAL_SPACING
    return max(now, state.last_attempt_at + spacing)


def _wait(state: AccountState, interval: timedelta) -> timedelta | None:
    match state.problem:
        case None:
            return interval + interval * (_INTERVAL_STRETCH * state.jitter)
        case (
            NoKey()
            | KeyringLocked()
            | KeyringMissing()
            | KeyringRefused()
            | KeyringFailed()
            | WrongKey()
        ):
            return None
        case PermissionLacking() | BlockedBeforeApi():
            return LONGEST_WAIT * (0.5 + 0.5 * state.jitter)
        case (
            RateLimited(retry_after=timedelta() as asked)
            | ServerTrouble(retry_after=timedelta() as asked)
        ):
            return max(_asked_wait(asked, state.jitter), _back_off(state))
        case (
            RateLimited()
            | ServerTrouble()
            | Offline()
            | ProxyFailed()
            | CertificateRejected()
            | TimedOut()
            | UnexpectedReply()
        ):
            return _back_off(state)
        case _:
            assert_never(state.problem)


def _asked_wait(asked: timedelta, jitter: float) -> timedelta:
    """Return at least what was asked for, and up to twice that, so that not all return at once."""
    least = min(asked, LONGEST_WAIT)
    return least + min(least, _MOST_SPREAD_AFTER_ASKED_WAIT) * jitter


def _back_off(state: AccountState) -> timedelta:
    steps = min(max(state.failures - 1, 0), _MOST_STEPS)
    least = min(_FIRST_BACK_OFF * math.pow(_GROWTH, steps), LONGEST_WAIT / _GROWTH)
    return least * math.pow(_GROWTH, state.jitter)
