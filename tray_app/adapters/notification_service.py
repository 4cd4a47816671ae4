"""The desktop's notification service (org.freedesktop.Notifications), spoken to without waiting.

Messages and hints: https://specifications.freedesktop.org/notification-spec/ 1.3.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from jeepney import (  # type: ignore[import-untyped]  # no py.typed
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    new_method_call,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # the same

from tray_app.adapters.bus_link import BusLink, BusLostError, open_link
from tray_app.core.notification import (
    ActionInvoked,
    BusLost,
    CapabilitiesTold,
    NotificationClosed,
    NotificationShown,
    QuestionRefused,
    ServiceReplaced,
    TokenGiven,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tray_app.core.notification import Notification, NotificationEvent, Picture

NAME: Final = "org.freedesktop.Notifications"
_SERVICE: Final = DBusAddress(
    "/org/freedesktop/Notifications", bus_name=NAME, interface="org.freedesktop.Notifications"
)
_BUS: Final = "org.freedesktop.DBus"
# The name of the desktop entry, by which desktops keep their settings for each program.
_DESKTOP_ENTRY: Final = "novita-tray"
# A class of the program's own, as the specification wants it named.
_CATEGORY: Final = "x-novita-tray.balance"

_log = logging.getLogger(__name__)


class NotificationService:
    """Asks one thing after the other; what comes of it is among the events of :meth:`receive`.

    The bus starts the service where it can. Signals of any other program are not listened to.
    """

    def __init__(self, link: BusLink, app_name: str) -> None:
        self._link = link
        self._app_name = app_name
        self._questions: dict[int, str] = {}
        self._owner: str | None = None
        owners = MatchRule(type="signal", sender=_BUS, interface=_BUS, member="NameOwnerChanged")
        owners.add_arg_condition(0, NAME)
        for rule in (owners, MatchRule(type="signal", sender=NAME, interface=NAME)):
            link.send(message_bus.AddMatch(rule))

    def fileno(self) -> int:
        """Return the descriptor that can be read when there are events."""
        return self._link.fileno()

    def ask_capabilities(self) -> None:
        """Ask what the service can do: CapabilitiesTold or QuestionRefused."""
        self._ask("GetCapabilities")

    def notify(self, notification: Notification, replaces: int) -> None:
        """Show a message in place of the one of that number, 0 for none.

        NotificationShown or QuestionRefused. The texts hold no NUL and no lone surrogate.
        """
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", notification.urgency),
            "category": ("s", _CATEGORY),
            "desktop-entry": ("s", _DESKTOP_ENTRY),
        }
        if notification.picture is not None:
            hints["image-data"] = ("(iiibiiay)", _image_data(notification.picture))
        self._ask(
            "Notify",
            "susssasa{sv}i",
            self._app_name,
            replaces,
            "",
            notification.summary,
            notification.body,
            [part for action in notification.actions for part in action],
            hints,
            notification.timeout_ms,
        )

    def withdraw(self, number: int) -> None:
        """Close the message of that number, if it is still there."""
        self._link.send(new_method_call(_SERVICE, "CloseNotification", "u", (number,)))

    def receive(self) -> list[NotificationEvent]:
        """Return what has happened since, in order."""
        try:
            messages = self._link.receive()
        except BusLostError as error:
            _log.info("the session bus is lost: %s", error)
            return [BusLost()]
        events = (self._event_of(message) for message in messages)
        return [event for event in events if event is not None]

    def close(self) -> None:
        """Leave the bus; what was asked before still arrives."""
        self._link.close()

    def _ask(self, method: str, signature: str | None = None, *values: object) -> None:
        serial = self._link.send(new_method_call(_SERVICE, method, signature, values))
        self._questions[serial] = method

    def _event_of(self, message: Message) -> NotificationEvent | None:
        fields = message.header.fields
        match message.header.message_type:
            case MessageType.method_return | MessageType.error:
                method = self._questions.pop(fields.get(HeaderFields.reply_serial), None)
                if method is None:
                    return None
                return self._answer(method, message)
            case MessageType.signal if fields.get(HeaderFields.sender) == _BUS:
                return self._left(message)
            case MessageType.signal if fields.get(HeaderFields.sender) == self._owner:
                return _event_of_signal(fields.get(HeaderFields.member), message.body)
            case _:
                return None

    def _answer(self, method: str, message: Message) -> NotificationEvent:
        body: Any = message.body
        if message.header.message_type is MessageType.error:
            error_name = message.header.fields.get(HeaderFields.error_name)
            _log.info("no notification: %s answered %s", method, error_name)
            return QuestionRefused()
        self._owner = message.header.fields.get(HeaderFields.sender)
        match method, body:
            case "GetCapabilities", ([*words],):
                return CapabilitiesTold(frozenset(word for word in words if isinstance(word, str)))
            case "Notify", (int(number),) if number:
                return NotificationShown(number)
            case _:
                return QuestionRefused()

    def _left(self, message: Message) -> NotificationEvent | None:
        body: Any = message.body
        match message.header.fields.get(HeaderFields.member), body:
            case "NameOwnerChanged", (str(name), str(before), _) if name == NAME and before:
                self._owner = None
                return ServiceReplaced()
            case _:
                return None


def open_notifications(app_name: str, environ: Mapping[str, str]) -> NotificationService | None:
    """Return the way to the service, which may not be there; None without a session bus."""
    try:
        return NotificationService(open_link(environ), app_name)
    except BusLostError as error:
        _log.info("no session bus for notifications: %s", error)
        return None


def _event_of_signal(member: str | None, body: Any) -> NotificationEvent | None:  # noqa: ANN401 — types are on the bus
    match member, body:
        case "ActionInvoked", (int(number), str(key)):
            return ActionInvoked(number, key)
        case "ActivationToken", (int(number), str(token)):
            return TokenGiven(number, token)
        case "NotificationClosed", (int(number), int()):
            return NotificationClosed(number)
        case _:
            return None


def _image_data(picture: Picture) -> tuple[int, int, int, bool, int, int, bytes]:
    """Return width, height, bytes a row, alpha, bits a sample, channels, and the pixels."""
    return picture.size_px, picture.size_px, 4 * picture.size_px, True, 8, 4, picture.rgba
