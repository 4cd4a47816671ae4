"""What the desktop's notification service is told, and what it tells, as values.

The words are those of the Desktop Notifications Specification 1.3,
https://specifications.freedesktop.org/notification-spec/.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from tray_app.core.light_dataclass import dataclass

DEFAULT_ACTION: Final = "default"
"""The key of the action that a click on the message itself invokes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A square picture: rows from the top, four bytes a pixel, red, green, blue, alpha.

    Alpha is not multiplied into the colours. Raises ValueError where the bytes are of another size.
    """

    size_px: int
    rgba: bytes

    def __post_init__(self) -> None:
        if len(self.rgba) != 4 * self.size_px * self.size_px:
            raise ValueError("a picture: four bytes a pixel")


@dataclass(frozen=True, slots=True)
class Notification:
    """One message as the service takes it."""

    summary: str
    """Plain text, whatever the service can do."""
    body: str
    """Plain text, or markup where the service announced ``body-markup``."""
    actions: tuple[tuple[str, str], ...]
    """Keys, which come back in :class:`ActionInvoked`, each with its label."""
    urgency: int
    """0 low, 1 normal, 2 critical."""
    timeout_ms: int
    """Milliseconds until it goes by itself; 0: never; -1: as the service thinks best."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class CapabilitiesTold:
    """The service answered what it can do."""

    capabilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotificationShown:
    """The service took the message; by this number it can be replaced and withdrawn."""

    number: int


@dataclass(frozen=True, slots=True)
class QuestionRefused:
    """The question under way got an error: there is no service, or it does not want it."""


@dataclass(frozen=True, slots=True)
class ServiceReplaced:
    """The service ended, and perhaps another began: what the old one showed and said is void."""


@dataclass(frozen=True, slots=True)
class BusLost:
    """There is no way to any service any more; the last event."""


@dataclass(frozen=True, slots=True)
class ActionInvoked:
    """The user chose an action of a message, or clicked on it."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class TokenGiven:
    """Comes before ActionInvoked: with this token a window may come forward (xdg-activation)."""

    number: int
    token: str


@dataclass(frozen=True, slots=True)
class NotificationClosed:
    """A message is on the screen no more, whoever closed it."""

    number: int


NotificationEvent: TypeAlias = (
    CapabilitiesTold
    | NotificationShown
    | QuestionRefused
    | ServiceReplaced
    | BusLost
    | ActionInvoked
    | TokenGiven
    | NotificationClosed
)
