"""Time zones by a list of their changes, so that no test needs the system's tzdata."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOUR: Final = timedelta(hours=1)


class Zone(tzinfo):
    """A zone whose clock shows UTC and ``offset`` until the changes (UTC) set other offsets."""

    def __init__(
        self, offset: timedelta, changes: Sequence[tuple[datetime, timedelta]] = ()
    ) -> None:
        self._first = offset
        self._changes = changes

    def utcoffset(self, local: datetime | None) -> timedelta:
        """Return the offset at a wall time, as PEP 495 has it where there are none or two."""
        assert local is not None
        wall = local.replace(tzinfo=UTC)
        offset = self._first
        for at, changed in self._changes:
            # In a gap and in a repeated hour, fold 0 goes by the offset before the change.
            counts = min(offset, changed) if local.fold else max(offset, changed)
            if wall < at + counts:
                break
            offset = changed
        return offset

    def dst(self, _local: datetime | None) -> None:
        """Nobody asks for it."""

    def tzname(self, _local: datetime | None) -> str:
        """Return a name for failures to show."""
        return "a zone of the test's own"

    def fromutc(self, at: datetime) -> datetime:
        """Return the wall time at a moment, the second of two with fold 1."""
        moment = at.replace(tzinfo=UTC)
        before = offset = self._first
        changed_at = None
        for changed_at_next, changed in self._changes:
            if moment < changed_at_next:
                break
            before, offset, changed_at = offset, changed, changed_at_next
        is_second = changed_at is not None and moment - changed_at < before - offset
        return (at + offset).replace(fold=int(is_second))


CENTRAL_EUROPE: Final = Zone(
    _HOUR,
    [
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 2 * _HOUR),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), _HOUR),
    ],
)
"""The clock goes from 2:00 to 3:00, and back from 3:00 to 2:00."""
MIDNIGHT_CHANGES: Final = Zone(
    -4 * _HOUR,
    [
        (datetime(2026, 9, 6, 4, tzinfo=UTC), -3 * _HOUR),
        (datetime(2026, 11, 1, 4, tzinfo=UTC), -4 * _HOUR),
    ],
)
"""The clock goes from 0:00 to 1:00, and back from 1:00 to 0:00."""
LORD_HOWE: Final = Zone(
    timedelta(hours=11),
    [
        (datetime(2026, 4, 4, 15, tzinfo=UTC), timedelta(hours=10, minutes=30)),
        (datetime(2026, 10, 3, 15, 30, tzinfo=UTC), timedelta(hours=11)),
    ],
)
"""The clock goes back and forth by half an hour at 2:00."""
INDIA: Final = Zone(timedelta(hours=5, minutes=30))
"""Half an hour off, all the year."""
ZONES: Final = (CENTRAL_EUROPE, MIDNIGHT_CHANGES, LORD_HOWE, INDIA)
