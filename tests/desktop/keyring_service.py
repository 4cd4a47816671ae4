"""The Secret Service of the tests: how it is started, locked and asked for its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.desktop.bus import BusError, BusObject

if TYPE_CHECKING:
    from tests.desktop.bus import SessionBus

NAME: Final = "org.freedesktop.secrets"
PASSWORD: Final = b"a keyring for tests"
COMMAND: Final = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")

_SERVICE: Final = BusObject(NAME, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service")
_COLLECTION: Final = "org.freedesktop.Secret.Collection"
_NO_COLLECTION: Final = "/"


def is_unlocked(bus: SessionBus) -> bool:
    """Whether a Secret Service is there whose default collection can be read."""
    if not bus.has_owner(NAME):
        return False
    try:
        collection = _default_collection(bus)
        return collection.path != _NO_COLLECTION and not bus.property(collection, "Locked")
    except BusError:
        # The name may be taken a moment before the objects stand.
        return False


def lock(bus: SessionBus) -> None:
    """Lock the default collection."""
    collection = _default_collection(bus)
    bus.call(_SERVICE, "Lock", "ao", ([collection.path],))
    assert bus.property(collection, "Locked"), f"{collection.path} did not lock"


def _default_collection(bus: SessionBus) -> BusObject:
    (path,) = bus.call(_SERVICE, "ReadAlias", "s", ("default",))
    return BusObject(NAME, str(path), _COLLECTION)
