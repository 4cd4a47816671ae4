"""The time zone that this computer is set to, with its summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """What the system's clock shows, now and at any other moment.

    ``datetime.now().astimezone().tzinfo`` is only the offset of now, and wrong beyond the next
    change of the clock. A zone that is chosen while the program runs is followed wherever the
    system's C library follows it.
    """

    def utcoffset(self, local: datetime | None) -> timedelta | None:
        """Return the offset at a wall time, by its ``fold`` where there are two (PEP 495)."""
        if local is None:
            return None
        return local.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, _local: datetime | None) -> None:
        """Nobody asks for it."""

    def tzname(self, local: datetime | None) -> str | None:
        """Return the system's name for the offset, such as ``CEST``."""
        return None if local is None else local.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, at: datetime) -> datetime:
        """Return the wall time at a moment, the second of two with fold 1."""
        shown = at.replace(tzinfo=UTC).astimezone()
        wall = shown.replace(tzinfo=self)
        return wall if wall.utcoffset() == shown.utcoffset() else wall.replace(fold=1)
