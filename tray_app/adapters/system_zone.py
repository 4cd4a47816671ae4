"""The system's time zone, by the standard library alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class SystemZone(tzinfo):
    """The zone in which the user's clock runs, with every change of it that the system knows.

    Other than the zone of ``datetime.astimezone()``, which is the offset of one moment, this one
    is right before and after a clock change, and for an hour that comes twice.
    """

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """Return the difference from UTC; None without a moment."""
        if moment is None:
            return None
        wall = moment.replace(tzinfo=None, microsecond=0)
        # Of an hour that the clock skips, fold says which offset is meant (PEP 495); the time that
        # ``astimezone`` makes of it lies behind the change, and from Python 3.13 on says so.
        at = datetime.fromtimestamp(wall.timestamp(), UTC)
        return wall - at.replace(tzinfo=None)

    def dst(self, moment: datetime | None, /) -> timedelta | None:  # noqa: ARG002 — tzinfo's
        """Return None: the system says how far UTC is, not for which reason."""
        return None

    def tzname(self, moment: datetime | None, /) -> str | None:
        """Return the system's abbreviation; None without a moment."""
        return None if moment is None else _local(moment).tzname()

    def fromutc(self, moment: datetime, /) -> datetime:
        """Return the same moment on the user's clock."""
        local = moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)
        # Where the clock shows it for the second time, the first lies at another offset.
        first = local.replace(fold=0)
        return (
            first if first.astimezone(UTC) == moment.replace(tzinfo=UTC) else local.replace(fold=1)
        )

    def __repr__(self) -> str:
        return "SystemZone()"


def _local(moment: datetime) -> datetime:
    """Return a wall clock's time with the offset that the system gives it, ``fold`` respected."""
    return moment.replace(tzinfo=None).astimezone()
