"""When to ask again: interval, back-off, Retry-After, and when not to ask at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

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

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState

_AT_ONCE: Final = datetime.min.replace(tzinfo=UTC)
LONGEST_WAIT: Final = timedelta(minutes=30)
MANUAL_SPACING: Final = timedelta(seconds=10)
_FIRST_BACK_OFF: Final = timedelta(minutes=1)
# However little a reply asks for, each failure after the first doubles the wait.
_SHORTEST_ASKED_WAIT: Final = timedelta(seconds=10)
# The regular interval is stretched by up to a tenth, so that programs that were started at
# the same moment (log-in in an office) drift apart.
_INTERVAL_STRETCH: Final = 0.1


def next_due(state: AccountState, interval: timedelta) -> datetime | None:
    """Return when the next request is due (UTC), or None while only the user can start one.

    None also while one is in flight. The first request is due at once. Back-off doubles from a
    minute to half an hour; the state's jitter places each wait between half of it and the whole.
    """
    if state.in_flight:
        return None
    if state.last_attempt_at is None:
        return _AT_ONCE
    wait = _wait(state, interval)
    return None if wait is None else state.last_attempt_at + wait


def is_due(state: AccountState, now: datetime, interval: timedelta) -> bool:
    """Return whether a request is due at ``now`` (UTC).

    A clock that was set back to before the last attempt makes it due: no one can tell how long
    ago that was.
    """
    due = next_due(state, interval)
    if due is None:
        return False
    return due <= now or _clock_went_back(state, now)


def manual_refresh_due(state: AccountState, now: datetime) -> datetime | None:
    """Return when a refresh that the user asks for at ``now`` may leave; None while in flight.

    At most one each ten seconds, and not before the time that Novita asked to wait for.
    """
    if state.in_flight:
        return None
    if state.last_attempt_at is None or _clock_went_back(state, now):
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


def _clock_went_back(state: AccountState, now: datetime) -> bool:
    return state.last_attempt_at is not None and now < state.last_attempt_at


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
            return _spread(LONGEST_WAIT, state.jitter)
        case RateLimited(retry_after=timedelta() as asked):
            return _asked_wait(asked, state)
        case ServerTrouble(retry_after=timedelta() as asked):
            return max(_asked_wait(asked, state), _back_off(state))
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


def _asked_wait(asked: timedelta, state: AccountState) -> timedelta:
    """Return at least what was asked for, a little more so that not all return at once."""
    wait = min(max(asked, _doubled(_SHORTEST_ASKED_WAIT, state)), LONGEST_WAIT)
    return wait + wait * (_INTERVAL_STRETCH * state.jitter)


def _back_off(state: AccountState) -> timedelta:
    return _spread(min(_doubled(_FIRST_BACK_OFF, state), LONGEST_WAIT), state.jitter)


def _doubled(first: timedelta, state: AccountState) -> timedelta:
    # After eight doublings every cap holds anyway; the bound keeps the power small for ever.
    doublings = min(max(state.failures - 1, 0), 8)
    return first * (1 << doublings)


def _spread(longest: timedelta, jitter: float) -> timedelta:
    return longest * (0.5 + 0.5 * jitter)
