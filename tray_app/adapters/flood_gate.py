"""How much may be logged in an hour, so that a fault in a loop fills no disk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SAME_IN_A_WINDOW: Final = 5
ALL_IN_A_WINDOW: Final = 1_000
WINDOW_SECONDS: Final = 3_600


class FloodGate:
    """Lets the same text through five times an hour, and a thousand texts of any kind."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.left_out = 0
        """Texts that did not pass in the window that runs."""
        self._clock = clock
        self._began: float | None = None
        self._all = 0
        self._passed: dict[str, int] = {}

    def passes(self, text: str) -> bool:
        """Return whether this text may be written now; counts it either way."""
        seen = self._passed.get(text, 0)
        if seen >= SAME_IN_A_WINDOW or self._all >= ALL_IN_A_WINDOW:
            self.left_out += 1
            return False
        self._passed[text] = seen + 1
        self._all += 1
        return True

    def was_last(self, text: str) -> bool:
        """Return whether the next one of this text will not pass."""
        return self._passed.get(text, 0) >= SAME_IN_A_WINDOW or self._all >= ALL_IN_A_WINDOW

    def renewed(self) -> int:
        """Begin a new window if the old one is over; return how many that one left out."""
        now = self._clock()
        if self._began is not None and 0 <= now - self._began < WINDOW_SECONDS:
            return 0
        left_out, self.left_out = self.left_out, 0
        self._began, self._all = now, 0
        self._passed.clear()
        return left_out
