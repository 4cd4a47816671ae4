"""Keeps the API key in the keyring of the operating system, and nowhere else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

from tray_app.adapters.keyring_backend import platform_backend
from tray_app.adapters.keyring_problem import keyring_problem
from tray_app.core.api_key import ApiKey, InvalidApiKeyError
from tray_app.core.problem import (
    KeyringFailed,
    KeyringMissing,
    NoKey,
    ProblemError,
    RequestAbortedError,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

SERVICE: Final = "novita-tray"
ACCOUNT: Final = "default"

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


@runtime_checkable
class EndableKeyring(Protocol):
    """A keyring whose question under way can be ended from another thread."""

    def abort(self) -> None:
        """End it, if there is one, with RequestAbortedError."""
        ...


@runtime_checkable
class ListingKeyring(Protocol):
    """A keyring that tells under which names a service has entries."""

    def usernames(self, service: str) -> tuple[str, ...]:
        """Return the names, without asking for any secret."""
        ...


class KeyStore:
    """The key of the environment or of the keyring.

    ``environment_key`` (``NOVITA_API_KEY``) overrides the keyring for reading; saving and
    deleting always mean the keyring, where the key is kept under the name of its ``account``. Every
    method may block as long as an unlock prompt stands open, so none belongs on a thread that
    people wait for. Every failure is a ProblemError that says what is wrong with the keyring, or
    with the key in it; there is no other place that a key could go to.
    """

    def __init__(
        self,
        environment_key: str | None = None,
        backend: Callable[[], KeyringBackend] = platform_backend,
        account: str = ACCOUNT,
    ) -> None:
        self._environment_key = (environment_key or "").strip()
        self._account = account
        self._make_backend = backend
        self._backend: KeyringBackend | None = None

    @property
    def overridden(self) -> bool:
        """Whether the environment's key is used in place of the keyring's."""
        return bool(self._environment_key)

    def read(self) -> ApiKey:
        """Return the key in force; ProblemError with NoKey where there is none."""
        if self._environment_key:
            return _parsed(self._environment_key)
        key = self.read_stored()
        if key is None:
            raise ProblemError(NoKey())
        return key

    def read_stored(self) -> ApiKey | None:
        """Return the keyring's key, whatever the environment says; None where there is none."""
        text = self._ask(lambda backend: backend.get_password(SERVICE, self._account))
        return None if text is None else _parsed(text)

    def save(self, key: ApiKey) -> None:
        """Store the key; one that is there is updated in place."""
        self._ask(lambda backend: backend.set_password(SERVICE, self._account, key.reveal()))

    def delete(self) -> bool:
        """Remove the key, or whatever else is stored in its place; return whether there was any."""
        if not self._holds_something():
            return False
        try:
            self._ask(lambda backend: backend.delete_password(SERVICE, self._account))
        except ProblemError as error:
            if error.problem != KeyringFailed() or not self._holds_nothing():
                raise
            # Another program was faster.
            return False
        return True

    def stored_accounts(self) -> tuple[str, ...]:
        """Return whose keys are stored; nothing where the keyring does not tell without them.

        Keychain and Credential Manager are asked for one name at a time.
        """
        return self._ask(
            lambda backend: (
                backend.usernames(SERVICE) if isinstance(backend, ListingKeyring) else ()
            )
        )

    def abort(self) -> None:
        """End the question under way where the keyring allows it; may be called from any thread.

        It is answered with RequestAbortedError. Keychain and Credential Manager do not allow it.
        """
        backend: object = self._backend
        if isinstance(backend, EndableKeyring):
            backend.abort()

    def _holds_something(self) -> bool:
        try:
            return self.read_stored() is not None
        except ProblemError as error:
            if isinstance(error.problem, WrongKey):
                return True
            raise

    def _holds_nothing(self) -> bool:
        try:
            return not self._holds_something()
        except ProblemError:
            return False

    def _ask(self, question: Callable[[KeyringBackend], _T]) -> _T:
        backend = self._opened_backend()
        try:
            return question(backend)
        except RequestAbortedError:
            raise
        except Exception as error:  # noqa: BLE001 — each back-end raises what its platform does
            problem = keyring_problem(error)
            _log.info("keyring: %s: %r", type(error).__name__, problem)
            raise ProblemError(problem) from None

    def _opened_backend(self) -> KeyringBackend:
        if self._backend is None:
            try:
                self._backend = self._make_backend()
            except Exception as error:  # noqa: BLE001 — importing it raises whatever it lacks
                _log.info("keyring: cannot be opened: %s", type(error).__name__)
                raise ProblemError(KeyringMissing()) from None
        return self._backend


def _parsed(text: str) -> ApiKey:
    try:
        return ApiKey.of_pasted(text)
    except InvalidApiKeyError:
        raise ProblemError(WrongKey("")) from None
