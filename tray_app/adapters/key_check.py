"""The keyring's state and the key in force, found out without a prompt where that can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.adapters.key_store import ACCOUNT, SERVICE
from tray_app.core.checkup import KeyFound, KeyringFound, KeyringState, KeySource
from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import NoKey, ProblemError

if TYPE_CHECKING:
    from datetime import timedelta

    from tray_app.adapters.key_store import KeyStore
    from tray_app.core.api_key import ApiKey

# docs: "Keys begin with sk_", the vendor's page on key management.
_PREFIX: Final = "sk_"
# keyring's names for what it stores by, in its default scheme.
_ATTRIBUTES: Final = {"service": SERVICE, "username": ACCOUNT}


@dataclass(frozen=True, slots=True)
class KeyInForce:
    """What can be told of the key, and the key itself, which no repr shows."""

    found: KeyFound
    key: ApiKey | None = None


def keyring_found(platform: str, limit: timedelta) -> KeyringFound:
    """Return the state of the platform's keyring; ``limit`` is for each question.

    Keychain and Credential Manager tell theirs only when they are asked for the key.
    """
    if platform == "darwin":
        return KeyringFound("Keychain", KeyringState.OPEN)
    if platform == "win32":
        return KeyringFound("Credential Manager", KeyringState.OPEN)
    from tray_app.adapters.secret_service_state import (  # noqa: PLC0415 — needs Linux's package
        secret_service_state,
    )

    return secret_service_state(_ATTRIBUTES, limit)


def environment_key(store: KeyStore) -> KeyInForce:
    """Return the key of ``NOVITA_API_KEY``, which overrides the keyring's."""
    return _read(store, KeySource.ENVIRONMENT)


def stored_key(store: KeyStore, keyring: KeyringFound) -> KeyInForce:
    """Return the keyring's key, unless asking for it would open a prompt."""
    if keyring.problem is not None or keyring.state is KeyringState.LOCKED:
        return KeyInForce(KeyFound(None))
    if keyring.stored is False:
        return KeyInForce(KeyFound(None, NoKey()))
    return _read(store, KeySource.KEYRING)


def _read(store: KeyStore, source: KeySource) -> KeyInForce:
    try:
        key = store.read()
    except ProblemError as error:
        return KeyInForce(KeyFound(source, error.problem))
    return KeyInForce(KeyFound(source, looks_like_one=key.reveal().startswith(_PREFIX)), key)
