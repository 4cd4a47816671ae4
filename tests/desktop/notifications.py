"""The desktop notifications that dunst received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.desktop.bus import BusObject

if TYPE_CHECKING:
    from tests.desktop.bus import SessionBus

NAME: Final = "org.freedesktop.Notifications"
_DUNST: Final = BusObject(NAME, "/org/freedesktop/Notifications", "org.dunstproject.cmd0")


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification as it reached the desktop."""

    app_name: str
    summary: str
    body: str


def count_displayed(bus: SessionBus) -> int:
    """Return how many notifications dunst shows now."""
    return int(bus.property(_DUNST, "displayedLength"))


def open_menu(bus: SessionBus) -> None:
    """Let dunst offer the actions of what it shows, by the ``dmenu`` of its settings."""
    bus.call(_DUNST, "ContextMenuCall")


def choose_default(bus: SessionBus) -> None:
    """Let dunst invoke the first notification's default action."""
    bus.call(_DUNST, "NotificationAction", "u", (0,))


def close_and_read(bus: SessionBus) -> list[Notification]:
    """Close what is on the screen and return all notifications so far, the newest first.

    dunst lists only those which are closed.
    """
    bus.call(_DUNST, "NotificationCloseAll")
    (rows,) = bus.call(_DUNST, "NotificationListHistory")
    return [
        Notification(
            app_name=row["appname"][1],
            summary=row["summary"][1],
            body=row["body"][1],
        )
        for row in rows
    ]
