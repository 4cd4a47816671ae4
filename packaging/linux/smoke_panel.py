"""A panel's part on a session bus: icons register with it, show it pixels, and have a menu."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import Any, Final

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    HeaderFields,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    open_dbus_connection,
)

_WATCHER: Final = "org.kde.StatusNotifierWatcher"
_ITEM: Final = "org.kde.StatusNotifierItem"
_MENU: Final = "com.canonical.dbusmenu"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_LEAST_FILLED: Final = 0.2
_LEAST_WHITE: Final = 0.02
"""Parts of an icon's pixels."""


class Panel(threading.Thread):
    """Answers programs that register their icons, until the bus ends."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._address = address
        self._icons: list[tuple[str, str]] = []
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(_WATCHER))
        self.start()

    def icon(self) -> Icon | None:
        """Return the first icon that was registered."""
        return Icon(open_dbus_connection(self._address), *self._icons[0]) if self._icons else None

    def run(self) -> None:
        """Answer until the bus ends."""
        with contextlib.suppress(OSError, EOFError):
            while True:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self._connection.send(self._answer(message))

    def _answer(self, message: Any) -> Any:  # noqa: ANN401 — jeepney has no types
        fields = message.header.fields
        member = fields[HeaderFields.member]
        known: dict[object, tuple[str, object]] = {
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
            "RegisteredStatusNotifierItems": ("as", [name for name, _ in self._icons]),
        }
        if member == "RegisterStatusNotifierItem":
            (service,) = message.body
            # A path of the sender's, or a bus name whose object has the usual path.
            of_sender = (fields[HeaderFields.sender], service)
            is_path = service.startswith("/")
            self._icons.append(of_sender if is_path else (service, "/StatusNotifierItem"))
            return new_method_return(message)
        if member == "Get" and message.body[1] in known:
            return new_method_return(message, "v", (known[message.body[1]],))
        if member == "GetAll":
            return new_method_return(message, "a{sv}", (known,))
        if member == "RegisterStatusNotifierHost":
            return new_method_return(message)
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


@dataclass(frozen=True, slots=True)
class Icon:
    """A registered icon; all is asked of its program anew."""

    _bus: Any
    _name: str
    _path: str

    def shows(self, fill: tuple[int, int, int]) -> bool:
        """Tell whether, in some size, it has this red, green and blue, and white signs on it."""
        ((_, pixmaps),) = self._call(self._path, _PROPERTIES, "Get", "ss", (_ITEM, "IconPixmap"))
        for _width, _height, argb in pixmaps:
            raw = bytes(argb)
            pixels = [raw[start : start + 4] for start in range(0, len(raw), 4)]
            filled = pixels.count(bytes((255, *fill))) / len(pixels)
            white = pixels.count(b"\xff\xff\xff\xff") / len(pixels)
            if filled > _LEAST_FILLED and white > _LEAST_WHITE:
                return True
        return False

    def choose(self, label: str) -> bool:
        """Choose a row of the menu; False where it has none of that name, as at first."""
        ((_, menu),) = self._call(self._path, _PROPERTIES, "Get", "ss", (_ITEM, "Menu"))
        self._call(menu, _MENU, "AboutToShow", "i", (0,))
        _revision, (_root, _properties, rows) = self._call(
            menu, _MENU, "GetLayout", "iias", (0, -1, [])
        )
        labels = {}
        for _, (number, properties, _children) in rows:
            labels[str(properties.get("label", ("s", ""))[1]).replace("_", "")] = number
        if label not in labels:
            return False
        self._call(menu, _MENU, "Event", "isvu", (labels[label], "clicked", ("i", 0), 0))
        return True

    def _call(
        self, path: str, interface: str, member: str, signature: str, body: tuple[object, ...]
    ) -> tuple[Any, ...]:
        address = DBusAddress(path, bus_name=self._name, interface=interface)
        message = new_method_call(address, member, signature, body)
        reply = self._bus.send_and_get_reply(message, timeout=5)
        assert reply.header.message_type is not MessageType.error, (member, reply.body)
        return tuple(reply.body)
