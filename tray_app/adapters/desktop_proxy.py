"""The proxy that the Linux desktop is set to, from the desktop portal on the session bus.

The portal stands before GNOME's, KDE's and others' settings, automatic configuration (PAC)
included: https://flatpak.github.io/xdg-desktop-portal/docs/, org.freedesktop.portal.ProxyResolver.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Parser,
    new_method_call,
)
from jeepney.bus import get_connectable_addresses  # type: ignore[import-untyped]  # the same
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # the same
from jeepney.io.blocking import prep_socket  # type: ignore[import-untyped]  # the same

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

PATIENCE: Final = timedelta(seconds=1)
"""How long the bus and the portal may take together; the portal may have to be started first."""
_RESOLVER: Final = DBusAddress(
    "/org/freedesktop/portal/desktop",
    bus_name="org.freedesktop.portal.Desktop",
    interface="org.freedesktop.portal.ProxyResolver",
)
_HELLO_SERIAL: Final = 1
_LOOKUP_SERIAL: Final = 2

_log = logging.getLogger(__name__)


def look_up(url: str, environ: Mapping[str, str]) -> list[str]:
    """Return the addresses through which the desktop wants the URL reached, best first.

    ``direct://`` among them means without a proxy. Empty where there is no bus or no portal that
    knows of proxies. Raises TimeoutError when no answer came in time.
    """
    bus = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not bus:
        return []
    deadline = time.monotonic() + PATIENCE.total_seconds()
    try:
        address = next(get_connectable_addresses(bus))
        with prep_socket(address, timeout=PATIENCE.total_seconds()) as connection:
            return _ask(connection, url, deadline)
    except TimeoutError:
        raise
    except Exception:  # noqa: BLE001 — jeepney's reader raises all kinds where a bus speaks none
        _log.info("the session bus cannot be asked for a proxy")
        return []


def _ask(connection: socket.socket, url: str, deadline: float) -> list[str]:
    # jeepney's own connection waits for the bus without a limit.
    question = new_method_call(_RESOLVER, "Lookup", "s", (url,))
    connection.sendall(
        message_bus.Hello().serialise(_HELLO_SERIAL) + question.serialise(_LOOKUP_SERIAL)
    )
    parser = Parser()
    while True:
        message = parser.get_next_message()
        if message is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
            received = connection.recv(4096)
            if not received:
                raise ConnectionResetError
            parser.add_data(received)
        elif message.header.fields.get(HeaderFields.reply_serial) == _LOOKUP_SERIAL:
            return _addresses(message)


def _addresses(reply: Message) -> list[str]:
    if reply.header.message_type is not MessageType.method_return:
        return []
    body: Any = reply.body
    match body:
        case ([*addresses],) if all(isinstance(address, str) for address in addresses):
            return addresses
        case _:
            return []
