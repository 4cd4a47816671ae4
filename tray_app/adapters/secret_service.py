"""The Secret Service of Linux desktops, asked so that no question is left hanging."""

from __future__ import annotations

import socket
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from jeepney.bus import get_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    DBusConnection,
    prep_socket,
)
from keyring.backends import SecretService
from keyring.errors import KeyringLocked, PasswordDeleteError
from secretstorage import (
    Collection,
    ItemNotFoundException,
    SecretServiceNotAvailableException,
    create_collection,
)

from tray_app.adapters.watched_bus import WatchedConnection, watch_service
from tray_app.core.problem import RequestAbortedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretstorage import Item

_APPLICATION: Final = "novita-tray"
_LABEL: Final = "Novita API key"


class WatchedSecretService(SecretService.Keyring):
    """The default collection, over a new connection for each question.

    A service that was restarted is therefore found again. ``abort`` ends a question from another
    thread and takes the prompt away that it may have opened.

    WORKAROUND(keyring 25.7: its own back-end waits for ever when the service dies behind a prompt,
    offers to make a collection when one is only read, takes any of several entries, and deletes
    one of them; measured against gnome-keyring 42): remove when keyring does none of these.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # untyped in keyring
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._bus: WatchedConnection | None = None
        self._aborted = False

    def abort(self) -> None:
        """End the question under way, if there is one, with RequestAbortedError."""
        with self._lock:
            self._aborted = True
            if self._bus is not None:
                self._bus.dismiss_prompt()
            if self._socket is not None:
                # The bus may have closed it already.
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def get_password(self, service: str, username: str) -> str | None:
        """Return the newest entry's secret; None where there is no entry or no collection."""
        with self._asked() as bus:
            collection = _default_collection(bus)
            if collection is None:
                return None
            _unlock(collection)
            try:
                entries = self._entries(collection, service, username)
                secret = _secret(entries[0]) if entries else None
            except ItemNotFoundException:
                # Deleted by another program a moment ago.
                return None
        return None if secret is None else secret.decode("utf-8")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Replace the secret in place, or make an entry; no other entry keeps an old one."""
        secret = password.encode("utf-8")
        with self._asked() as bus:
            collection = _default_collection(bus)
            if collection is None:
                collection = create_collection(bus, "Default", "default")
            _unlock(collection)
            with suppress(ItemNotFoundException):
                entries = self._entries(collection, service, username)
                if entries:
                    _unlock(entries[0])
                    entries[0].set_secret(secret)
                    _delete(entries[1:])
                    return
            attributes = self._query(service, username, application=_APPLICATION)
            collection.create_item(_LABEL, attributes, secret, replace=True)

    def delete_password(self, service: str, username: str) -> None:
        """Delete every entry."""
        with self._asked() as bus:
            collection = _default_collection(bus)
            if collection is not None:
                _unlock(collection)
                entries = self._entries(collection, service, username)
                for entry in entries:
                    _unlock(entry)
                    entry.delete()
                if entries:
                    return
        raise PasswordDeleteError("there is no such entry")

    def usernames(self, service: str) -> tuple[str, ...]:
        """Return under which names the service has entries; locked ones tell that too."""
        attribute = self.schemes[self.scheme]["username"]
        with self._asked() as bus:
            collection = _default_collection(bus)
            if collection is None:
                return ()
            entries = collection.search_items(self._query(service))
            names = {entry.get_attributes().get(attribute, "") for entry in entries}
        return tuple(sorted(names - {""}))

    def _entries(self, collection: Collection, service: str, username: str) -> list[Item]:
        """Return the entries of that user, whoever made them; the newest first."""
        attributes = self._query(service, username)
        return sorted(
            collection.search_items(attributes), key=lambda item: item.get_modified(), reverse=True
        )

    @contextmanager
    def _asked(self) -> Iterator[DBusConnection]:
        with self._lock:
            self._aborted = False
        try:
            with self._opened_socket() as opened, closing(WatchedConnection(opened)) as bus:
                with self._lock:
                    self._bus = bus
                try:
                    watch_service(bus)
                    yield bus
                except KeyboardInterrupt:
                    bus.dismiss_prompt()
                    raise
                finally:
                    with self._lock:
                        self._bus = None
        except Exception:
            if self._aborted:
                raise RequestAbortedError from None
            raise

    @contextmanager
    def _opened_socket(self) -> Iterator[socket.socket]:
        """Connect to the session bus; the socket can be shut down until the end of the block."""
        try:
            opened = prep_socket(get_bus("SESSION"))
        except (KeyError, ValueError, RuntimeError, OSError) as error:
            # The address is not set, cannot be read, or leads nowhere.
            raise SecretServiceNotAvailableException("no session bus") from error
        with opened:
            with self._lock:
                if self._aborted:
                    raise RequestAbortedError
                self._socket = opened
            try:
                yield opened
            finally:
                with self._lock:
                    self._socket = None


def _default_collection(bus: DBusConnection) -> Collection | None:
    try:
        return Collection(bus)
    except ItemNotFoundException:
        return None


def _unlock(locked: Collection | Item) -> None:
    """Have the user asked where it is locked; KeyringLocked when it stays so."""
    if locked.is_locked() and (locked.unlock() or locked.is_locked()):
        raise KeyringLocked("the prompt was dismissed")


def _secret(entry: Item) -> bytes:
    _unlock(entry)
    return entry.get_secret()


def _delete(entries: list[Item]) -> None:
    for entry in entries:
        # Gone already, or the user wants to keep it: the newest one is read.
        with suppress(ItemNotFoundException, KeyringLocked):
            _unlock(entry)
            entry.delete()
