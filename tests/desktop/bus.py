"""The session bus as the tests read it: plain calls, and who owns which name."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    MatchRule,
    MessageType,
    new_method_call,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    DBusConnection,
    open_dbus_connection,
)
from jeepney.low_level import HeaderFields  # type: ignore[import-untyped]  # no py.typed

if TYPE_CHECKING:
    from collections.abc import Iterator

CALL_TIMEOUT: Final = 5.0

_PROPERTIES: Final = "org.freedesktop.DBus.Properties"


@dataclass(frozen=True, slots=True)
class BusObject:
    """An object on the bus seen through one of its interfaces."""

    name: str
    path: str
    interface: str


_BUS: Final = BusObject("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class BusError(Exception):
    """The called program answered with an error; ``name`` is the error's name on the bus."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


class SessionBus:
    """A blocking connection to one bus, for reading; close it when done."""

    def __init__(self, address: str) -> None:
        self._connection: DBusConnection = open_dbus_connection(address)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def call(
        self, target: BusObject, method: str, signature: str = "", body: tuple[object, ...] = ()
    ) -> tuple[Any, ...]:
        """Call a method and return the reply's values, variants as ``(signature, value)``.

        Raises :class:`BusError` on an error reply, ``TimeoutError`` after 5 s.
        """
        address = DBusAddress(target.path, bus_name=target.name, interface=target.interface)
        message = new_method_call(address, method, signature or None, body)
        reply = self._connection.send_and_get_reply(message, timeout=CALL_TIMEOUT)
        if reply.header.message_type is MessageType.error:
            error_name = str(reply.header.fields[HeaderFields.error_name])
            raise BusError(error_name, " ".join(str(part) for part in reply.body))
        return tuple(reply.body)

    def property(self, target: BusObject, prop: str) -> Any:  # noqa: ANN401 — types are on the bus
        """Return one property's value without its signature."""
        properties = BusObject(target.name, target.path, _PROPERTIES)
        ((_signature, value),) = self.call(properties, "Get", "ss", (target.interface, prop))
        return value

    def has_owner(self, name: str) -> bool:
        """Whether a program owns ``name`` now."""
        (owned,) = self.call(_BUS, "NameHasOwner", "s", (name,))
        return bool(owned)

    def pid_of(self, name: str) -> int:
        """Return the id of the program that owns ``name``."""
        (pid,) = self.call(_BUS, "GetConnectionUnixProcessID", "s", (name,))
        return int(pid)

    @contextmanager
    def listening(self, interface: str, member: str) -> Iterator[Signals]:
        """Collect the signals ``member`` of ``interface``, whoever sends them, while inside."""
        rule = MatchRule(type="signal", interface=interface, member=member)
        self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=CALL_TIMEOUT)
        with self._connection.filter(rule, queue=deque()) as queue:
            yield Signals(self, queue)
        self._connection.send_and_get_reply(message_bus.RemoveMatch(rule), timeout=CALL_TIMEOUT)


class Signals:
    """The signals that came since listening began."""

    def __init__(self, bus: SessionBus, queue: deque[Any]) -> None:
        self._bus = bus
        self._queue = queue

    @property
    def bodies(self) -> list[tuple[Any, ...]]:
        """The values of each signal so far, in order; what is still on its way is read first."""
        # The bus keeps the order, so that all sent before this round trip are in the queue after.
        self._bus.has_owner(_BUS.name)
        return [tuple(message.body) for message in self._queue]

    def next(self, timeout: float) -> tuple[Any, ...]:
        """Return the values of the oldest one not taken yet, once it is there.

        Raises ``TimeoutError`` after so many seconds.
        """
        message = self._bus._connection.recv_until_filtered(self._queue, timeout=timeout)
        return tuple(message.body)
