"""A message to the user, as a value: what it says, how urgent it is, what can be done about it."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.translation import tr


class Urgency(Enum):
    """How long a message stays, and whether it may break into what the user does."""

    LOW = "good to know"
    NORMAL = "worth a look"
    CRITICAL = "stays until the user has seen it"


class MessageAction(Enum):
    """What a message offers; the value is the name by which the desktop tells of the choice."""

    OPEN_WINDOW = "open-window"
    OPEN_BILLING = "open-billing"
    SNOOZE_HOUR = "snooze-hour"
    SNOOZE_TODAY = "snooze-today"
    SNOOZE_TOP_UP = "snooze-top-up"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; it takes the place of the one before. Texts are in the user's language."""

    title: str
    body: str
    urgency: Urgency = Urgency.NORMAL
    actions: tuple[MessageAction, ...] = ()
    """In the order of their buttons."""


def action_label(action: MessageAction) -> str:
    """Return the words on an action's button."""
    match action:
        case MessageAction.OPEN_WINDOW:
            return tr("Show details")
        case MessageAction.OPEN_BILLING:
            return tr("Open billing")
        case MessageAction.SNOOZE_HOUR:
            return tr("Snooze for an hour")
        case MessageAction.SNOOZE_TODAY:
            return tr("Snooze today")
        case MessageAction.SNOOZE_TOP_UP:
            return tr("Snooze until a top-up")
        case _:
            assert_never(action)
