"""A notification service on a real bus that does only what the test tells it, when it tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # the same
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # the same

from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

NAME: Final = "org.freedesktop.Notifications"
_OBJECT: Final = DBusAddress("/org/freedesktop/Notifications", interface=NAME)
_TIMEOUT: Final = 5.0


class Call:
    """One call that came: its method, its values, its hints without their signatures."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.method = str(message.header.fields[HeaderFields.member])
        self.values: tuple[Any, ...] = tuple(message.body)

    @property
    def replaces(self) -> int:
        """The number of the message that a Notify replaces."""
        return int(self.values[1])

    @property
    def actions(self) -> list[str]:
        """The keys and labels of a Notify."""
        return list(self.values[5])

    @property
    def hints(self) -> dict[str, Any]:
        """The hints of a Notify."""
        return {name: value for name, (_signature, value) in self.values[6].items()}


class NotificationStandIn:
    """Owns the service's name from its start; a context manager. It answers nothing by itself."""

    def __init__(self, address: str, *, owns_name: bool = True) -> None:
        self._connection = open_dbus_connection(address)
        if owns_name:
            request = message_bus.RequestName(NAME)
            assert self._connection.send_and_get_reply(request, timeout=_TIMEOUT).body == (1,)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the bus; the name is free then."""
        self._connection.close()

    def poll(self) -> Call | None:
        """Return the next call that has come, None where there is none yet."""
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return None
            if message.header.message_type is MessageType.method_call:
                return Call(message)

    def next_call(self, method: str, turn: Callable[[], object] = lambda: None) -> Call:
        """Return the next call, which must be of this method; ``turn`` lets the caller run."""

        def came() -> Call | None:
            turn()
            return self.poll()

        call = wait_for(came, _TIMEOUT, method)
        assert call.method == method, call.values
        return call

    def answer(self, call: Call, signature: str, *values: object) -> None:
        """Answer a call."""
        self._connection.send(new_method_return(call.message, signature, values))

    def refuse(self, call: Call) -> None:
        """Answer a call with an error."""
        self._connection.send(new_error(call.message, "org.freedesktop.DBus.Error.LimitsExceeded"))

    def tell(self, member: str, signature: str, *values: object) -> None:
        """Send a signal to everybody."""
        self._connection.send(new_signal(_OBJECT, member, signature, values))

    def tell_only(self, receiver: str, member: str, signature: str, *values: object) -> None:
        """Send a signal to one program, whatever it listens to."""
        signal = new_signal(_OBJECT, member, signature, values)
        signal.header.fields[HeaderFields.destination] = receiver
        self._connection.send(signal)


def sender_of(call: Call) -> str:
    """Return the caller's own name on the bus."""
    return str(call.message.header.fields[HeaderFields.sender])
