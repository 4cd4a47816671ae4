"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

NOW: Final = int(datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC).timestamp())
"""Unix seconds, on no boundary of an hour, a day, a week or a month."""


class Clock:
    """Returns `now`, in Unix seconds, when called."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now
