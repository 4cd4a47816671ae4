"""A key store whose answers are late: they come when the test says so."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tests.ui.memory_key_store import MemoryKeyStore
from tray_app.core.problem import RequestAbortedError


@dataclass(slots=True)
class SlowKeyStore(MemoryKeyStore):
    """Answers once ``answer`` was called, as a keyring does whose prompt stands open.

    ``can_be_left`` is False for one that holds whoever asks until it has answered.
    """

    can_be_left: bool = True
    questions: int = 0
    left: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _answers: bool = False
    _aborts: int = 0

    def answer(self) -> None:
        """Answer the question that waits, and every later one at once."""
        with self._changed:
            self._answers = True
            self._changed.notify_all()

    def abort(self) -> None:
        with self._changed:
            self._aborts += 1
            self._changed.notify_all()

    def _answer(self) -> None:
        with self._changed:
            self.questions += 1
            aborts = self._aborts
            self._changed.wait_for(
                lambda: self._answers or (self.can_be_left and self._aborts > aborts)
            )
            if not self._answers:
                self.left += 1
                raise RequestAbortedError
        # Named, because super() knows the class from before slots made another of it.
        MemoryKeyStore._answer(self)
