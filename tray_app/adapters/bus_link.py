"""A connection to the session's bus (D-Bus) that never waits: for an event loop of any kind.

Addresses and handshake: https://dbus.freedesktop.org/doc/dbus-specification.html.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from itertools import count
from typing import TYPE_CHECKING, Final

from jeepney import Message, Parser  # type: ignore[import-untyped]  # no py.typed
from jeepney.auth import Authenticator  # type: ignore[import-untyped]  # the same
from jeepney.bus import get_connectable_addresses  # type: ignore[import-untyped]  # the same
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # the same

if TYPE_CHECKING:
    from collections.abc import Mapping

_AT_ONCE: Final = 65_536

_log = logging.getLogger(__name__)


class BusLostError(Exception):
    """There is no bus, it does not let this program in, or it has gone."""


class BusLink:
    """A link to the bus over a connected socket; what is sent before the handshake's end waits.

    A bus that takes nothing more is given up: its socket then reads as ended.
    """

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(0)
        self._connection = connection
        self._serials = count(1)
        self._parser = Parser()
        self._authenticator: Authenticator | None = Authenticator()
        self._waiting = b""
        self._write(self._authenticator.data_to_send())
        self.send(message_bus.Hello())

    def fileno(self) -> int:
        """Return the descriptor that can be read when something has come, or the bus has gone."""
        return self._connection.fileno()

    def send(self, message: Message) -> int:
        """Send a message; return the number that its reply names."""
        serial = next(self._serials)
        content = message.serialise(serial)
        if self._authenticator is not None:
            self._waiting += content
        else:
            self._write(content)
        return serial

    def receive(self) -> list[Message]:
        """Return what has come, which may be nothing yet; raises BusLostError."""
        try:
            received = self._connection.recv(_AT_ONCE)
        except BlockingIOError:
            return []
        except OSError as error:
            raise BusLostError(type(error).__name__) from None
        if not received:
            raise BusLostError("ended")
        try:
            if self._authenticator is None:
                return list(self._parser.feed(received))
            self._shake_hands(self._authenticator, received)
        except Exception as error:  # noqa: BLE001 — jeepney raises all kinds where a bus speaks none
            raise BusLostError(type(error).__name__) from None
        return []

    def close(self) -> None:
        """Close the socket; what was sent still arrives."""
        self._connection.close()

    def _shake_hands(self, authenticator: Authenticator, received: bytes) -> None:
        authenticator.feed(received)
        if authenticator.authenticated:
            # jeepney hands out nothing more then, though the bus still waits for this word.
            self._authenticator = None
            self._write(b"BEGIN\r\n" + self._waiting)
            self._waiting = b""

    def _write(self, content: bytes) -> None:
        try:
            is_whole = self._connection.send(content) == len(content)
        except OSError:
            is_whole = False
        if not is_whole:
            _log.info("the session bus takes no more")
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)


def open_link(environ: Mapping[str, str]) -> BusLink:
    """Return a link to the session's bus; raises BusLostError where there is none."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # A bus whose backlog is full does not make this wait.
    connection.settimeout(0)
    try:
        connection.connect(next(get_connectable_addresses(_address(environ))))
    except Exception as error:  # noqa: BLE001 — jeepney has no class of its own for an odd address
        connection.close()
        raise BusLostError(type(error).__name__) from None
    return BusLink(connection)


def _address(environ: Mapping[str, str]) -> str:
    given = environ.get("DBUS_SESSION_BUS_ADDRESS")
    return given or f"unix:path={environ.get('XDG_RUNTIME_DIR', '')}/bus"
