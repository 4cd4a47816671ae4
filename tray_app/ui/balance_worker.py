"""Keyring and HTTP, off the main thread."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from tray_app.core.error_trace import error_trace
from tray_app.core.problem import (
    KeyringFailed,
    KeyringProblem,
    Problem,
    ProblemError,
    RequestAbortedError,
    UnexpectedReply,
    WrongKey,
)
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.api_key import ApiKey
    from tray_app.ui.ports import BalanceSource, KeyStore

FetchOutcome = BalanceReading | Problem | None
"""A reading, a problem, or None where the program itself ended the request."""

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class BalanceWorker(QObject):
    """Answers requests one after the other in the thread that it is moved to.

    The store and the source are made there at the first request, so that their imports cost the
    icon nothing. The keyring is asked once: the key is kept until it is rejected, replaced here,
    or the user asks for a refresh, which may well be because it was replaced elsewhere. A keyring
    that was locked, missing, refused or failed is asked again only when the user does something.
    Each request is answered exactly once, whatever happens.
    """

    fetch_finished = Signal(int, object)
    """The request's generation and its FetchOutcome."""
    reading_taken = Signal(object, str)
    """A BalanceReading that was answered, and the mark of the key that it was read with."""
    key_replaced = Signal()
    """The keyring holds another key than the one in use until now."""
    key_tested = Signal(int, object)
    """The test's number and its FetchOutcome."""
    key_saved = Signal(object)
    """The Problem, or None when the key is stored."""
    key_deleted = Signal(object)
    """The Problem, or None when no key is stored any more."""
    failed_inside = Signal()
    """An error that nobody foresaw was logged, and answered as a problem."""
    keyring_asked = Signal()
    keyring_answered = Signal()
    """In turns with ``keyring_asked``; in between the worker can do nothing else."""

    def __init__(
        self,
        make_key_store: Callable[[], KeyStore],
        make_source: Callable[[], BalanceSource],
    ) -> None:
        super().__init__()
        self._make_key_store = make_key_store
        self._make_source = make_source
        self._key_store: KeyStore | None = None
        self._source: BalanceSource | None = None
        self._key: ApiKey | None = None
        self._last_used_key: ApiKey | None = None
        self._keyring_problem: KeyringProblem | None = None
        self._under_way = threading.Event()
        self._abandoned_up_to = 0

    def abort(self, *, fetches_up_to: int = 0, leaves_keyring: bool = True) -> None:
        """End the request under way; may be called from any thread.

        One that still waits for the keyring leaves it, where the keyring allows that, and ends
        before it reaches the network; so does every fetch up to that generation which still waits
        for its turn. With ``leaves_keyring`` False it waits on: its prompt must not close and open
        again where no user wished for anything.
        """
        self._abandoned_up_to = fetches_up_to
        self._under_way.clear()
        key_store = self._key_store
        if key_store is not None and leaves_keyring:
            key_store.abort()
        source = self._source
        if source is not None:
            source.abort()

    @Slot(int, bool)
    def on_fetch_requested(self, generation: int, asked_by_user: bool) -> None:  # noqa: FBT001 — a signal has positions only
        """Read the balance with the key in force."""
        if generation <= self._abandoned_up_to:
            self.fetch_finished.emit(generation, None)
            return
        before = self._last_used_key
        outcome = self._outcome(lambda: self._fetch(asked_by_user=asked_by_user))
        replaced = before is not None and self._last_used_key != before
        if isinstance(outcome, WrongKey):
            self._key = None
        # Perhaps another account: its figures must not follow those of the old one.
        self.fetch_finished.emit(generation, None if replaced else outcome)
        if replaced:
            self.key_replaced.emit()
        elif isinstance(outcome, BalanceReading) and self._last_used_key is not None:
            self.reading_taken.emit(outcome, self._last_used_key.mark)

    @Slot(int, object)
    def on_key_test_requested(self, number: int, key: ApiKey) -> None:
        """Read the balance with a key that is not stored."""
        self.key_tested.emit(number, self._outcome(lambda: self._ask(key)))

    @Slot(object)
    def on_key_save_requested(self, key: ApiKey) -> None:
        """Store a key."""
        problem = self._store_problem(lambda store: store.save(key))
        if problem is None:
            self._forget_key()
        self.key_saved.emit(problem)

    @Slot()
    def on_key_delete_requested(self) -> None:
        """Remove the stored key."""
        problem = self._store_problem(lambda store: store.delete())
        if problem is None:
            self._forget_key()
        self.key_deleted.emit(problem)

    @Slot(object)
    def on_source_outdated(self, make_source: Callable[[], BalanceSource]) -> None:
        """Ask another source from the next request on, which makes it."""
        outdated, self._source = self._source, None
        self._make_source = make_source
        if outdated is not None:
            outdated.close()

    @Slot()
    def on_thread_finished(self) -> None:
        """Close what the thread opened; runs in that thread."""
        if self._source is not None:
            self._source.close()

    def _fetch(self, *, asked_by_user: bool) -> BalanceReading:
        if self._key is None:
            if self._keyring_problem is not None and not asked_by_user:
                # A prompt that was dismissed must not come back by itself.
                raise ProblemError(self._keyring_problem)
            self._key = self._ask_keyring(lambda store: store.read())
        elif asked_by_user:
            self._key = self._read_again(self._key)
        self._last_used_key = self._key
        return self._ask(self._key)

    def _read_again(self, known: ApiKey) -> ApiKey:
        try:
            return self._ask_keyring(lambda store: store.read())
        except ProblemError as error:
            if isinstance(error.problem, KeyringProblem):
                # The keyring cannot say that the key which works is no longer the one.
                return known
            self._key = None
            raise

    def _ask(self, key: ApiKey) -> BalanceReading:
        source = self._opened_source()
        if not self._under_way.is_set():
            raise RequestAbortedError
        return source.fetch_balance(key)

    def _ask_keyring(self, question: Callable[[KeyStore], _T]) -> _T:
        store = self._opened_store()
        self._keyring_problem = None
        self.keyring_asked.emit()
        try:
            return question(store)
        except ProblemError as error:
            if isinstance(error.problem, KeyringProblem):
                self._keyring_problem = error.problem
            raise
        finally:
            self.keyring_answered.emit()

    def _forget_key(self) -> None:
        self._key = None
        self._last_used_key = None

    def _outcome(self, fetch: Callable[[], BalanceReading]) -> FetchOutcome:
        self._under_way.set()
        try:
            return fetch()
        except ProblemError as error:
            return error.problem
        except RequestAbortedError:
            return None
        except BaseException as error:  # noqa: BLE001 — PySide ends the process at a SystemExit
            return self._unforeseen(error)

    def _store_problem(self, change: Callable[[KeyStore], object]) -> Problem | None:
        try:
            self._ask_keyring(change)
        except ProblemError as error:
            return error.problem
        except RequestAbortedError:
            # Left for another wish of the user's: how far it came is not known.
            return KeyringFailed()
        except BaseException as error:  # noqa: BLE001 — PySide ends the process at a SystemExit
            return self._unforeseen(error)
        return None

    def _opened_store(self) -> KeyStore:
        if self._key_store is None:
            self._key_store = self._make_key_store()
        return self._key_store

    def _opened_source(self) -> BalanceSource:
        if self._source is None:
            self._source = self._make_source()
        return self._source

    def _unforeseen(self, error: BaseException) -> Problem:
        """Log where it happened, but not its message, which may hold what must not be logged."""
        _log.error("unforeseen\n%s", error_trace(error))
        self.failed_inside.emit()
        return UnexpectedReply(f"internal error, {type(error).__name__}")
