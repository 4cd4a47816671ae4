"""Keeps the API key in the keyring of the operating system, and nowhere else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, TypeVar

from tray_app.adapters.keyring_backend import platform_backend
from tray_app.core.api_key import ApiKey, InvalidApiKeyError
from tray_app.core.problem import (
    KeyringLocked,
    KeyringMissing,
    NoKey,
    Problem,
    ProblemError,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

SERVICE: Final = "novita-tray"
_ACCOUNT: Final = "default"
# By name, because each exists only where its library does: SecretStorage's and keyring's.
_LOCKED_ERRORS: Final = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
_LOCKED_DBUS_ERROR: Final = "org.freedesktop.Secret.Error.IsLocked"

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


class KeyStore:
    """The key of the environment or of the keyring.

    ``environment_key`` (``NOVITA_API_KEY``) overrides the keyring for reading; saving and
    deleting always mean the keyring. Every method may block as long as an unlock prompt stands
    open, so none belongs on a thread that people wait for. Every failure is a ProblemError with
    KeyringLocked or KeyringMissing; there is no other place that a key could go to.
    """

    def __init__(
        self,
        environment_key: str | None = None,
        backend: Callable[[], KeyringBackend] = platform_backend,
    ) -> None:
        self._environment_key = (environment_key or "").strip()
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
        text = self._ask(lambda backend: backend.get_password(SERVICE, _ACCOUNT))
        return None if text is None else _parsed(text)

    def save(self, key: ApiKey) -> None:
        """Store the key; one that is there is updated in place."""
        self._ask(lambda backend: backend.set_password(SERVICE, _ACCOUNT, key.reveal()))

    def delete(self) -> bool:
        """Remove the key; return whether there was one."""
        if self._ask(lambda backend: backend.get_password(SERVICE, _ACCOUNT)) is None:
            return False
        self._ask(lambda backend: backend.delete_password(SERVICE, _ACCOUNT))
        return True

    def _ask(self, question: Callable[[KeyringBackend], _T]) -> _T:
        try:
            if self._backend is None:
                self._backend = self._make_backend()
            return question(self._backend)
        except Exception as error:  # noqa: BLE001 — each back-end raises what its platform does
            problem = _problem_of(error)
            _log.info("keyring: %s: %r", type(error).__name__, problem)
            raise ProblemError(problem) from None


def _parsed(text: str) -> ApiKey:
    try:
        return ApiKey.of_pasted(text)
    except InvalidApiKeyError:
        raise ProblemError(WrongKey("")) from None


def _problem_of(error: BaseException) -> Problem:
    current: BaseException | None = error
    while current is not None:
        named = {kind.__name__ for kind in type(current).__mro__}
        if named & _LOCKED_ERRORS or getattr(current, "name", "") == _LOCKED_DBUS_ERROR:
            return KeyringLocked()
        current = current.__cause__ or current.__context__
    return KeyringMissing()
