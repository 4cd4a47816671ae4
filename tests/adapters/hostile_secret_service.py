"""A Secret Service on a real bus that can be told to misbehave at an exact call.

It keeps entries in memory and speaks the plain session. What gnome-keyring cannot be made to do is
scripted by the name of a call: ``service.troubles["GetSecret"] = Refuse(...)``.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
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
from jeepney.bus import get_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # no py.typed
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no py.typed
    DBusConnection,
    prep_socket,
)

if TYPE_CHECKING:
    from types import TracebackType

NAME: Final = "org.freedesktop.secrets"
ACCESS_DENIED: Final = "org.freedesktop.DBus.Error.AccessDenied"
NO_REPLY: Final = "org.freedesktop.DBus.Error.NoReply"
IS_LOCKED: Final = "org.freedesktop.Secret.Error.IsLocked"
PROMPT: Final = "/org/freedesktop/secrets/prompt/p1"
_NOT_SUPPORTED: Final = "org.freedesktop.DBus.Error.NotSupported"
_NO_SUCH_OBJECT: Final = "org.freedesktop.Secret.Error.NoSuchObject"
_DEFAULT: Final = "/org/freedesktop/secrets/aliases/default"
_ENTRIES: Final = "/org/freedesktop/secrets/collection/login/"
_SESSION: Final = "/org/freedesktop/secrets/session/s1"
_SECRET: Final = "org.freedesktop.Secret."


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an error of this name."""

    error: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer with this signature and body, whatever was asked."""

    signature: str
    body: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """Answer only when :meth:`HostileSecretService.release` is called."""


@dataclass(frozen=True, slots=True)
class Death:
    """Leave the bus in place of an answer, or ``after_answer``."""

    after_answer: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """Lose every entry just before answering, as if another program had deleted them."""


Trouble = Refuse | Answer | Silence | Death | Loss


@dataclass(slots=True)
class Entry:
    secret: bytes
    attributes: dict[str, str]
    modified: int = 0
    locked: bool = False


@dataclass(slots=True)
class _Call:
    member: str
    path: str
    interface: str
    body: tuple[Any, ...]
    message: Message = field(repr=False)


class HostileSecretService:
    """Runs in a thread from ``with`` on; calls are noted in ``calls`` in their order."""

    def __init__(self, address: str) -> None:
        self.troubles: dict[str, Trouble] = {}
        self.entries: dict[str, Entry] = {}
        self.calls: list[str] = []
        self.has_collection = True
        self.locked = False
        self.unlocks_at_prompt: bool | None = True
        """What the user does at a prompt: True unlocks, False dismisses, None does not answer."""
        self.prompts = 0
        self._held: list[_Call] = []
        self._made = 0
        self._answering = threading.Lock()
        self._connection = DBusConnection(prep_socket(get_bus(address)))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._asked = threading.Condition()

    def __enter__(self) -> Self:
        reply = self._connection.send_and_get_reply(message_bus.RequestName(NAME), timeout=10)
        assert reply.body == (1,)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.die()
        self._thread.join(10)
        assert not self._thread.is_alive()
        self._connection.close()

    def add(self, secret: bytes, attributes: dict[str, str], *, modified: int = 0) -> str:
        """Store an entry as another program would; return its path."""
        self._made += 1
        path = f"{_ENTRIES}{self._made}"
        self.entries[path] = Entry(secret, attributes, modified)
        return path

    def wait_for_call(self, member: str, count: int = 1) -> None:
        """Wait until a call has come that often."""
        with self._asked:
            assert self._asked.wait_for(lambda: self.calls.count(member) >= count, 20), self.calls

    def release(self) -> None:
        """Answer what was met with silence, and be silent no more."""
        with self._answering:
            self.troubles = {}
            held, self._held = self._held, []
            for call in held:
                self._reply(call)

    def answer_prompt(self, *, dismissed: bool) -> None:
        """Do at the open prompt what the user would do."""
        with self._answering:
            self._complete_prompt(dismissed=dismissed)

    def die(self) -> None:
        """Leave the bus."""
        # The bus sees the end at once; the thread reads it and ends.
        try:
            self._connection.sock.shutdown(2)
        except OSError:
            return

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    with self._answering:
                        self._take(message)
            except OSError:
                # It has left the bus, or the bus has ended.
                return

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        member, body = fields[HeaderFields.member], message.body
        if member in {"Get", "Set"}:
            # A property is named in the body.
            member = f"{member} {body[1]}"
        call = _Call(
            member, fields[HeaderFields.path], fields[HeaderFields.interface], body, message
        )
        with self._asked:
            self.calls.append(member)
            self._asked.notify_all()
        match self.troubles.get(member):
            case None:
                self._reply(call)
            case Refuse(error):
                self._connection.send(new_error(message, error, "s", ("refused",)))
            case Answer(signature, answer):
                self._connection.send(new_method_return(message, signature, answer))
            case Silence():
                self._held.append(call)
            case Death(after_answer):
                if after_answer:
                    self._reply(call)
                self.die()
            case Loss():
                self.entries.clear()
                self._reply(call)

    def _reply(self, call: _Call) -> None:
        try:
            signature, body = self._result(call)
        except LookupError:
            self._connection.send(new_error(call.message, _NO_SUCH_OBJECT, "s", (call.path,)))
        except NotImplementedError:
            self._connection.send(new_error(call.message, _NOT_SUPPORTED, "s", (call.member,)))
        else:
            self._connection.send(new_method_return(call.message, signature, body))
        if call.member == "Prompt":
            self.prompts += 1
            if self.unlocks_at_prompt is not None:
                self._complete_prompt(dismissed=not self.unlocks_at_prompt)

    def _complete_prompt(self, *, dismissed: bool) -> None:
        if not dismissed:
            self.locked = False
        emitter = DBusAddress(PROMPT, bus_name=NAME, interface=f"{_SECRET}Prompt")
        paths = [] if dismissed else [_DEFAULT]
        body = (dismissed, ("ao", paths))
        self._connection.send(new_signal(emitter, "Completed", "bv", body))

    def _result(self, call: _Call) -> tuple[str | None, tuple[object, ...]]:
        match call.member, call.body:
            case "ReadAlias", _:
                return "o", (_DEFAULT if self.has_collection else "/",)
            case "Get Label", _:
                self._look_at(call.path)
                return "v", (("s", "a label"),)
            case "Get Locked", _:
                locked = self.locked if call.path == _DEFAULT else self.entries[call.path].locked
                return "v", (("b", locked),)
            case "Get Modified", _:
                return "v", (("t", self.entries[call.path].modified),)
            case "OpenSession", (algorithm, _):
                if algorithm != "plain":
                    raise NotImplementedError
                return "vo", (("s", ""), _SESSION)
            case "Unlock", (paths,):
                return "aoo", ([], PROMPT) if self.locked else (paths, "/")
            case "Prompt", _:
                return None, ()
            case "SearchItems", (wanted,):
                return "ao", (
                    [
                        path
                        for path, entry in self.entries.items()
                        if wanted.items() <= entry.attributes.items()
                    ],
                )
            case "GetSecret", _:
                secret = self.entries[call.path].secret
                return "(oayays)", ((_SESSION, b"", secret, "text/plain"),)
            case "SetSecret", ((_, _, secret, _),):
                self.entries[call.path].secret = bytes(secret)
                return None, ()
            case "CreateItem", (properties, (_, _, secret, _), _):
                _signature, attributes = properties[f"{_SECRET}Item.Attributes"]
                return "oo", (self.add(bytes(secret), attributes), "/")
            case "Delete", _:
                del self.entries[call.path]
                return "o", ("/",)
            case "CreateCollection", _:
                return "oo", ("/", PROMPT)
            case _:
                raise NotImplementedError

    def _look_at(self, path: str) -> None:
        if path == _DEFAULT:
            if not self.has_collection:
                raise LookupError
        elif path not in self.entries:
            raise LookupError
