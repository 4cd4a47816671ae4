"""What was told of an account, and until when the user wants to hear no more."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.light_dataclass import dataclass
from tray_app.core.spent_by_day import beginning_of

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.alert import Alert

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


class SnoozeSpan(Enum):
    """For how long nothing is said; the values are kept in a file."""

    HOUR = "hour"
    TODAY = "today"
    """Until the user's next midnight."""
    TOP_UP = "top-up"
    """Until money is paid in; what a payment would not cure is told all the same."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A time without messages."""

    span: SnoozeSpan
    since: datetime
    """Aware, UTC."""
    until: datetime | None
    """Aware, UTC; None where a top-up ends it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message that was given."""

    alerts: tuple[Alert, ...]
    """The gravest first; one at least."""
    at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True)
class AlertMemory:
    """Kept from one start to the next."""

    under_way: frozenset[str] = frozenset()
    """Episodes that were told or need not be, and have not ended."""
    last_top_up_at: datetime | None = None
    """Aware, UTC: of the last top-up that is known; None before the first look."""
    without_figure: timedelta = timedelta(0)
    """For how long the program has run since the last reading."""
    snooze: Snooze | None = None
    told: Told | None = None
    """The last message, for the menu."""
    unsaid: frozenset[str] = frozenset()
    """Those under way that the first reading kept to itself because they were not critical."""
    key_mark: str | None = None
    """Of the key whose account it is about, as the history knows it; None before a reading."""
    settled: bool = field(default=False, compare=False)
    """Whether a reading was judged since the start, or since the rules changed; not kept."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was told and nothing is snoozed."""
        return self.told is None and self.snooze is None

    def snoozed(self, span: SnoozeSpan, now: datetime, zone: tzinfo) -> AlertMemory:
        """Return the memory of a user who wants to hear nothing from ``now`` (UTC) on."""
        until: datetime | None
        match span:
            case SnoozeSpan.HOUR:
                until = now + _HOUR
            case SnoozeSpan.TODAY:
                until = beginning_of(now.astimezone(zone).date() + _DAY, zone)
            case SnoozeSpan.TOP_UP:
                until = None
            case _:
                assert_never(span)
        return replace(self, snooze=Snooze(span, now, until))

    def woken(self) -> AlertMemory:
        """Return the memory of a user who wants to be told again."""
        return replace(self, snooze=None)

    def unsettled(self) -> AlertMemory:
        """Return the memory after other rules came into force: what holds already is no news."""
        return replace(self, settled=False)
