"""Waiting for a state with a deadline, the only way in which these tests wait."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERVAL: Final = 0.01

T = TypeVar("T")


class NeverHappenedError(AssertionError):
    """The awaited state did not come before its deadline; the message names it."""


def wait_for(probe: Callable[[], T | None], timeout: float, what: str) -> T:
    """Poll ``probe`` until it answers with something true and return that answer.

    ``timeout`` is in seconds. Raises :class:`NeverHappenedError` with ``what`` and the last answer.
    """
    deadline = time.monotonic() + timeout
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            raise NeverHappenedError(f"not within {timeout:g} s: {what}; last answer: {answer!r}")
        time.sleep(_INTERVAL)
