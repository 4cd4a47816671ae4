"""A question to the key store that may have to wait for its answer."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tray_app.core.problem import ProblemError, RequestAbortedError

if TYPE_CHECKING:
    from tray_app.adapters.key_store import KeyStore


class Asking(threading.Thread):
    """Reads the key in a thread of its own and keeps what came of it."""

    def __init__(self, store: KeyStore) -> None:
        super().__init__(daemon=True)
        self._store = store
        self.outcome: object = None
        self.start()

    def run(self) -> None:
        try:
            self.outcome = self._store.read()
        except ProblemError as error:
            self.outcome = error.problem
        except RequestAbortedError as error:
            self.outcome = type(error)

    def wait(self) -> object:
        self.join(20)
        assert not self.is_alive()
        return self.outcome
