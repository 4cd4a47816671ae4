"""Questions that may hang, asked in a thread that can be left behind."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from tray_app.core.checkup import Broken, Unfinished

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class LimitedQuestion(Generic[_T]):
    """Asks at once, in a daemon thread; the limit runs from then on.

    The system lets nobody end a name look-up or a keyring's prompt, so one that takes too long is
    left to die with the process.
    """

    def __init__(self, name: str, limit: timedelta, ask: Callable[[], _T]) -> None:
        self._limit = limit
        self._deadline = time.monotonic() + limit.total_seconds()
        self._ask = ask
        self._answers: list[_T | Broken] = []
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def answer(self) -> _T | Unfinished | Broken:
        """Wait for the answer until the limit."""
        self._thread.join(max(self._deadline - time.monotonic(), 0))
        return self._answers[0] if self._answers else Unfinished(self._limit)

    def _run(self) -> None:
        try:
            self._answers.append(self._ask())
        except Exception as error:  # noqa: BLE001 — one broken question must not end the others
            # Not its text: nobody knows what stands in it.
            _log.warning("%s: %s", self._thread.name, type(error).__name__)
            self._answers.append(Broken(type(error).__name__))
