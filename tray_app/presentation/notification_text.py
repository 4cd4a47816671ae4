"""A message as the desktop's notification service takes it, by what that service can do.

Capabilities, urgencies and timeouts: https://specifications.freedesktop.org/notification-spec/ 1.3.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.notification import DEFAULT_ACTION, Notification
from tray_app.presentation.alert_message import MessageAction, Urgency, action_label
from tray_app.presentation.markup import escaped

if TYPE_CHECKING:
    from tray_app.core.notification import Picture
    from tray_app.presentation.alert_message import Message

_LONGEST_SUMMARY: Final = 200
_LONGEST_BODY: Final = 2_000
_MILLISECOND: Final = timedelta(milliseconds=1)
_UNTIL_DISMISSED: Final = 0
_AS_THE_SERVICE_LIKES: Final = -1
# A service that keeps no list shows a message once: long enough for a look away from the screen.
_LOW_SHOWS: Final = timedelta(seconds=15)
_NORMAL_SHOWS: Final = timedelta(seconds=45)


def notification_of(
    message: Message, capabilities: frozenset[str], picture: Picture | None = None
) -> Notification:
    """Return the message with what the service lacks left out, and what it would misread escaped.

    Without a place for a body, the summary says it.
    """
    summary = plain_text(message.title, _LONGEST_SUMMARY).replace("\n", " ")
    body = plain_text(message.body, _LONGEST_BODY)
    if body and "body" not in capabilities:
        summary, body = f"{summary} – {body}".replace("\n", " "), ""
    if "body-markup" in capabilities:
        body = escaped(body)
    return Notification(
        summary=summary,
        body=body,
        actions=_actions(message) if "actions" in capabilities else (),
        urgency=_urgency(message.urgency),
        timeout_ms=_timeout_ms(message.urgency, keeps_a_list="persistence" in capabilities),
        picture=picture,
    )


def plain_text(text: str, longest: int) -> str:
    """Return at most ``longest`` characters, without those that no message has: a name is typed.

    A NUL or half a surrogate pair would be no string to D-Bus, whose bus hangs up on it.
    """
    clean = "".join(" " if _is_unprintable(sign) else sign for sign in text).strip()
    return clean if len(clean) <= longest else clean[: longest - 1].rstrip() + "…"


def _is_unprintable(sign: str) -> bool:
    return sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs"}


def _actions(message: Message) -> tuple[tuple[str, str], ...]:
    default = (DEFAULT_ACTION, action_label(MessageAction.OPEN_WINDOW))
    return (default, *((action.value, action_label(action)) for action in message.actions))


def _urgency(urgency: Urgency) -> int:
    match urgency:
        case Urgency.LOW:
            return 0
        case Urgency.NORMAL:
            return 1
        case Urgency.CRITICAL:
            return 2
        case _:
            assert_never(urgency)


def _timeout_ms(urgency: Urgency, *, keeps_a_list: bool) -> int:
    match urgency:
        case Urgency.CRITICAL:
            return _UNTIL_DISMISSED
        case _ if keeps_a_list:
            return _AS_THE_SERVICE_LIKES
        case Urgency.LOW:
            return _LOW_SHOWS // _MILLISECOND
        case Urgency.NORMAL:
            return _NORMAL_SHOWS // _MILLISECOND
        case _:
            assert_never(urgency)
