"""The Secret Service asked for its state, in ways that open no prompt.

docs: the freedesktop.org Secret Service API: ReadAlias, SearchItems and the property Locked
prompt nobody.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.adapters.session_bus import BusObject, NoAnswerError, NoBusError, SessionBus
from tray_app.core.checkup import KeyringFound, KeyringState
from tray_app.core.problem import KeyringFailed, KeyringMissing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

_NAME: Final = "org.freedesktop.secrets"
_SERVICE: Final = BusObject(_NAME, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service")
_COLLECTION: Final = "org.freedesktop.Secret.Collection"
_ITEM: Final = "org.freedesktop.Secret.Item"
_NO_COLLECTION: Final = "/"
_BACKEND: Final = "Secret Service"


def secret_service_state(attributes: Mapping[str, str], limit: timedelta) -> KeyringFound:
    """Return the state of the default collection, and whether it has an item of ``attributes``.

    ``limit`` is for each question.
    """
    try:
        with SessionBus(limit) as bus:
            return _state(bus, attributes)
    except NoBusError:
        return KeyringFound(_BACKEND, problem=KeyringMissing())


def _is_there(bus: SessionBus) -> bool:
    try:
        return bus.has_owner(_NAME)
    except NoAnswerError:
        return False


def _state(bus: SessionBus, attributes: Mapping[str, str]) -> KeyringFound:
    try:
        # This starts a service that the bus knows how to start.
        (path,) = bus.call(_SERVICE, "ReadAlias", "s", "default")
    except NoAnswerError:
        return KeyringFound(
            _BACKEND, problem=KeyringFailed() if _is_there(bus) else KeyringMissing()
        )
    backend = _backend(bus)
    if path == _NO_COLLECTION:
        return KeyringFound(backend, KeyringState.NOT_SET_UP, stored=False)
    collection = BusObject(_NAME, path, _COLLECTION)
    try:
        locked = bus.property(collection, "Locked")
        (items,) = bus.call(collection, "SearchItems", "a{ss}", dict(attributes))
        # An open database may still ask before it hands out a single item.
        locked = locked or any(bus.property(BusObject(_NAME, i, _ITEM), "Locked") for i in items)
    except NoAnswerError:
        return KeyringFound(backend, problem=KeyringFailed())
    if locked:
        # Some do not search what is locked.
        return KeyringFound(backend, KeyringState.LOCKED, stored=True if items else None)
    return KeyringFound(backend, KeyringState.OPEN, stored=bool(items))


def _backend(bus: SessionBus) -> str:
    """Return the service with the name of the program behind it, where the system tells."""
    try:
        command = Path(f"/proc/{bus.pid_of(_NAME)}/cmdline").read_bytes()
    except (NoAnswerError, OSError):
        return _BACKEND
    program = Path(command.split(b"\0")[0].decode(errors="replace")).name
    return f"{_BACKEND} ({program})" if program else _BACKEND
