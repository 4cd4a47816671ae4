"""Calls back where something takes too long."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta


class Watchdog:
    """Watches one thing at a time, in a thread that is kept from one to the next.

    A thread for each, as ``threading.Timer`` is one, took a quarter of a request's CPU time.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._expire: Callable[[], None] | None = None
        self._due = 0.0
        """By the monotonic clock, in seconds."""

    def watch(self, limit: timedelta, expire: Callable[[], None]) -> None:
        """Call ``expire``, in the watchdog's thread, unless ``rest`` is called within ``limit``."""
        with self._changed:
            self._due = time.monotonic() + limit.total_seconds()
            self._expire = expire
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
                # It may raise, where the system has no thread left: the next one tries again.
                thread.start()
                self._thread = thread
            self._changed.notify()

    def rest(self) -> None:
        """Let what is watched take as long as it likes; a call that has begun goes on."""
        with self._changed:
            self._expire = None
            self._changed.notify()

    def end(self) -> None:
        """Let the thread go; it begins anew with the next thing to watch."""
        with self._changed:
            self._expire = self._thread = None
            self._changed.notify()

    def _run(self) -> None:
        while expire := self._next_expired():
            expire()

    def _next_expired(self) -> Callable[[], None] | None:
        """Wait until something takes too long; return None where the thread was let go."""
        with self._changed:
            while self._thread is threading.current_thread():
                left = self._due - time.monotonic()
                if self._expire is None:
                    self._changed.wait()
                elif left > 0:
                    self._changed.wait(left)
                else:
                    expire, self._expire = self._expire, None
                    return expire
            return None
