"""The session's or the system's bus (D-Bus), asked a few questions with a limit for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    MessageType,
    Properties,
    new_method_call,
)
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    open_dbus_connection,
)

if TYPE_CHECKING:
    from datetime import timedelta
    from types import TracebackType


class BusObject(NamedTuple):
    """An object of a program on the bus, seen through one of its interfaces."""

    name: str
    path: str
    interface: str


_BUS: Final = BusObject("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class NoBusError(Exception):
    """There is no such bus, or it does not let this program in."""


class NoAnswerError(Exception):
    """The program asked is not there, broke off, took too long, or does not know the question."""


class SessionBus:
    """A connection to the bus that ``DBUS_SESSION_BUS_ADDRESS`` names; a context manager.

    Or to the system's. Raises NoBusError where there is none. ``limit`` is for each question.
    """

    def __init__(self, limit: timedelta, *, is_system: bool = False) -> None:
        self._limit_seconds = limit.total_seconds()
        bus = "SYSTEM" if is_system else "SESSION"
        try:
            self._connection = open_dbus_connection(bus, auth_timeout=self._limit_seconds)
        except Exception as error:  # noqa: BLE001 — jeepney has no class of its own for it:
            # KeyError without the variable, OSError, RuntimeError, ValueError and others.
            raise NoBusError(type(error).__name__) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    def call(
        self, target: BusObject, method: str, signature: str = "", *arguments: object
    ) -> tuple[Any, ...]:
        """Return the values of the reply; raises NoAnswerError."""
        address = DBusAddress(target.path, bus_name=target.name, interface=target.interface)
        return self._answer(new_method_call(address, method, signature or None, arguments))

    def property(self, target: BusObject, name: str) -> Any:  # noqa: ANN401 — types are on the bus
        """Return the value of a property; raises NoAnswerError."""
        address = DBusAddress(target.path, bus_name=target.name, interface=target.interface)
        ((_signature, value),) = self._answer(Properties(address).get(name))
        return value

    def has_owner(self, name: str) -> bool:
        """Return whether a program goes by this name now; raises NoAnswerError."""
        (owned,) = self.call(_BUS, "NameHasOwner", "s", name)
        return bool(owned)

    def pid_of(self, name: str) -> int:
        """Return the id of the program that goes by this name; raises NoAnswerError."""
        (pid,) = self.call(_BUS, "GetConnectionUnixProcessID", "s", name)
        return int(pid)

    def _answer(self, message: object) -> tuple[Any, ...]:
        try:
            reply = self._connection.send_and_get_reply(message, timeout=self._limit_seconds)
        except (OSError, TimeoutError) as error:
            raise NoAnswerError(type(error).__name__) from None
        if reply.header.message_type is MessageType.error:
            raise NoAnswerError("the answer is an error")
        return tuple(reply.body)
