"""From when on, as people type it: a day, a moment, or how far back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.spent_by_day import beginning_of

if TYPE_CHECKING:
    from datetime import tzinfo

_SPAN: Final = re.compile(r"([0-9]{1,5})([hdw])", re.ASCII)
_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# No account is older, and not every system can tell the local time of long before.
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(9000, 1, 1, tzinfo=UTC)


class InvalidSinceError(ValueError):
    """Nothing of that; the message says what is understood and never repeats the text."""

    def __init__(self) -> None:
        super().__init__(
            "takes a day such as 2026-11-01, a time such as 2026-11-01T12:00, or how far back: "
            "24h, 7d, 4w"
        )


def since_of(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment (UTC) that is meant by ``text``, typed at ``now`` (UTC).

    ``24h``, ``7d``, ``4w`` count back from now, days as 24 hours. Otherwise it is ISO 8601: a day
    begins as in ``zone``, and a time without a zone is one of ``zone``. Raises InvalidSinceError.
    """
    try:
        moment = _moment(text, now, zone)
    except (ValueError, OverflowError):
        raise InvalidSinceError from None
    if not _EARLIEST <= moment < _LATEST:
        raise InvalidSinceError
    return moment


def _moment(text: str, now: datetime, zone: tzinfo) -> datetime:
    span = _SPAN.fullmatch(text)
    if span is not None:
        return now - int(span[1]) * _UNITS[span[2]]
    if _DAY.fullmatch(text):
        return beginning_of(date.fromisoformat(text), zone)
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
