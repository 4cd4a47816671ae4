"""A connection to the session bus that no Secret Service can leave hanging."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageFlag,
    MessageType,
    new_method_call,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    DBusConnection,
    Proxy,
)
from secretstorage.util import PROMPT_IFACE, add_match_rules

if TYPE_CHECKING:
    from jeepney import Message

_NAME: Final = "org.freedesktop.secrets"
_BUS: Final = "org.freedesktop.DBus"
_SIGNALS_HEARD_WITHIN: Final = 1.0
"""Seconds."""


class ServiceGoneError(Exception):
    """The service left the bus while it was asked, perhaps with a prompt open."""


class WatchedConnection(DBusConnection):  # type: ignore[misc]  # untyped in jeepney
    """A connection on which every wait ends when the Secret Service leaves the bus.

    The bus answers the calls of a service that died, but nobody sends the signal that a prompt
    of its was answered.
    """

    _prompt: DBusAddress | None = None

    def send_and_get_reply(self, message: Message, *, timeout: float | None = None) -> Message:
        """Send a call and return its reply; remembers the prompt that it may open."""
        fields = message.header.fields
        if fields.get(HeaderFields.interface) == PROMPT_IFACE:
            self._prompt = DBusAddress(fields[HeaderFields.path], _NAME, PROMPT_IFACE)
        return super().send_and_get_reply(message, timeout=timeout)

    def dismiss_prompt(self) -> None:
        """Take the prompt away, if one is open; may be called from another thread.

        gnome-keyring leaves it open when whoever asked for it has gone (measured).
        """
        if self._prompt is not None:
            call = new_method_call(self._prompt, "Dismiss")
            call.header.flags |= MessageFlag.no_reply_expected
            # There may be no bus any more.
            with suppress(OSError):
                self.send(call)

    def receive(self, *, timeout: float | None = None) -> Message:
        """Return the next message; ServiceGoneError if it tells that the service has left."""
        message = self._next_message(timeout)
        if _tells_that_the_service_left(message):
            raise ServiceGoneError
        return message

    def _next_message(self, timeout: float | None) -> Message:
        """Wait for a message; on the main thread, so that Ctrl-C is never overlooked.

        A signal that arrives after Python last looked for one and before the system begins to wait
        does not end the wait. Other threads hear of no signal, and sleep on.
        """
        while timeout is None and threading.current_thread() is threading.main_thread():
            # What has come of a message by then is kept.
            with suppress(TimeoutError):
                return super().receive(timeout=_SIGNALS_HEARD_WITHIN)
        return super().receive(timeout=timeout)


def watch_service(bus: WatchedConnection) -> None:
    """Have the bus tell of answered prompts, and of a service that leaves."""
    add_match_rules(bus)
    rule = MatchRule(type="signal", sender=_BUS, interface=_BUS, member="NameOwnerChanged")
    rule.add_arg_condition(0, _NAME)
    Proxy(message_bus, bus).AddMatch(rule)


def _tells_that_the_service_left(message: Message) -> bool:
    if message.header.message_type is not MessageType.signal:
        return False
    fields = message.header.fields
    if (fields.get(HeaderFields.sender), fields.get(HeaderFields.member)) != (
        _BUS,
        "NameOwnerChanged",
    ):
        return False
    name, old_owner, _new_owner = message.body
    return bool(name == _NAME and old_owner)
