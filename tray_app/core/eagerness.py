"""Trying again quickly for a moment: after a sleep, and when the network has returned.

The first try then often fails, because name resolution or DHCP is not ready yet; but the usual
back-off would leave an old figure for minutes. What follows is bounded twice: by a window after
what gave rise to it, and by an allowance, so that a network that comes and goes is not a reason to
ask more and more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateRejected,
    Offline,
    ProxyFailed,
    TimedOut,
    UnexpectedReply,
)

if TYPE_CHECKING:
    from tray_app.core.problem import Problem

WINDOW: Final = timedelta(seconds=15)
MOST_TRIES: Final = 10
"""How many quick tries may follow each other, over all windows."""
EARNED_EACH: Final = timedelta(minutes=2)
"""How long it takes until one more is allowed."""
_SETTLING: Final = timedelta(seconds=2)
_BETWEEN: Final = timedelta(seconds=3)
_BETWEEN_SPREAD: Final = timedelta(seconds=1)


def waits_for_network(problem: Problem | None) -> bool:
    """Return whether another network, or the same one anew, may end the problem.

    Not where Novita itself gave an answer: that one asked to be left alone.
    """
    return isinstance(
        problem,
        Offline
        | ProxyFailed
        | CertificateRejected
        | TimedOut
        # Log-in pages and firewalls of a network answer in Novita's place.
        | BlockedBeforeApi
        | UnexpectedReply,
    )


@dataclass(frozen=True, slots=True)
class Eagerness:
    """When quick tries are allowed; every time is aware and in UTC."""

    since: datetime | None = None
    until: datetime | None = None
    earned_at: datetime | None = None
    """When the whole allowance is there again."""

    def opened(self, at: datetime) -> Eagerness:
        """Return it with a window from ``at`` on; one that is open already only lasts longer."""
        since = self.since if self._in_window(at) else at
        return replace(self, since=since, until=at + WINDOW)

    def spent(self, at: datetime) -> Eagerness:
        """Return it after a quick try at ``at``."""
        return replace(self, earned_at=at + self._owed(at) + EARNED_EACH)

    def allows(self, at: datetime) -> bool:
        """Return whether a quick try may leave at ``at``."""
        return self._in_window(at) and self._owed(at) + EARNED_EACH <= MOST_TRIES * EARNED_EACH

    def next_try(self, last_attempt_at: datetime, jitter: float) -> datetime | None:
        """Return when the next quick try is due, or None where the window allows none.

        A returning network gets a moment to settle, spread by the jitter, since it may have
        returned for a whole town.
        """
        if self.since is None:
            return None
        settled = self.since + _SETTLING * jitter
        due = max(settled, last_attempt_at + _BETWEEN + _BETWEEN_SPREAD * jitter)
        return due if self.allows(due) else None

    def _in_window(self, at: datetime) -> bool:
        # A clock that was set back to before it closes it, too.
        return self.since is not None and self.until is not None and self.since <= at < self.until

    def _owed(self, at: datetime) -> timedelta:
        owed = timedelta(0) if self.earned_at is None else self.earned_at - at
        # More than can be owed at all: the clock was set back, and nobody knows how much it is.
        return owed if timedelta(0) < owed <= MOST_TRIES * EARNED_EACH else timedelta(0)
