"""The familiar word for a state, derived and never stored."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tray_app.core.problem import (
    CertificateRejected,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    ProxyFailed,
    TimedOut,
    WrongKey,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.account_state import AccountState
    from tray_app.core.problem import Problem
    from tray_app.core.reading import BalanceReading

QUIET_AFTER_SLEEP: Final = timedelta(minutes=1)
"""How long failures are not spoken of: the network needs a while to come back."""
_CLOCK_CORRECTION: Final = timedelta(minutes=1)


class Status(Enum):
    """What matters most about an account at a moment."""

    NO_KEY = auto()
    KEYRING_CLOSED = auto()
    """The keyring is locked, missing, refuses or fails: the problem says which."""
    WRONG_KEY = auto()
    LOADING = auto()
    """No reading yet, and nothing has gone wrong."""
    FRESH = auto()
    """The reading is recent; a short failure does not change that."""
    STALE = auto()
    """The reading is old."""
    OFFLINE = auto()
    """The reading is old or missing, because Novita cannot be reached."""
    FAILING = auto()
    """There is no reading, because Novita's answer brought none."""


# These stand before any reading: only the user can end them.
_SETTLED: Final = {
    NoKey: Status.NO_KEY,
    KeyringLocked: Status.KEYRING_CLOSED,
    KeyringMissing: Status.KEYRING_CLOSED,
    KeyringRefused: Status.KEYRING_CLOSED,
    KeyringFailed: Status.KEYRING_CLOSED,
    WrongKey: Status.WRONG_KEY,
}


def status_of(state: AccountState, now: datetime, stale_after: timedelta) -> Status:
    """Return the status at ``now`` (UTC); a reading is old beyond ``stale_after``."""
    problem = shown_problem(state, now)
    settled = _SETTLED.get(type(problem))
    if settled is not None:
        return settled
    age = None if state.reading is None else age_of(state.reading, now)
    if age is not None and age <= stale_after:
        return Status.FRESH
    if isinstance(problem, Offline | ProxyFailed | TimedOut | CertificateRejected):
        return Status.OFFLINE
    if state.reading is not None:
        return Status.STALE
    return Status.LOADING if problem is None else Status.FAILING


def shown_problem(state: AccountState, now: datetime) -> Problem | None:
    """Return the problem to tell at ``now`` (UTC).

    In the first minute after a sleep that is none which may pass by itself.
    """
    if is_quiet(state, now) and type(state.problem) not in _SETTLED:
        return None
    return state.problem


def is_quiet(state: AccountState, now: datetime) -> bool:
    """Return whether failures are not spoken of at ``now`` (UTC)."""
    if state.resumed_at is None:
        return False
    return timedelta(0) <= now - state.resumed_at < QUIET_AFTER_SLEEP


def age_of(reading: BalanceReading, now: datetime) -> timedelta | None:
    """Return how old the reading is at ``now`` (UTC).

    None where the clock was set back to before it: nobody can tell then. A clock that was only
    corrected by less than a minute counts as no time at all.
    """
    age = now - reading.taken_at
    return None if age < -_CLOCK_CORRECTION else max(age, timedelta(0))
