"""What the user interface needs from outside the process; ``app`` hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tray_app.core.api_key import ApiKey
    from tray_app.core.history import ChartPoint, Entry
    from tray_app.core.notification import Notification, NotificationEvent
    from tray_app.core.reading import BalanceReading
    from tray_app.core.remembered import Remembered
    from tray_app.core.spend import Spend
    from tray_app.presentation.alert_message import Message


class BalanceSource(Protocol):
    """Asks for the balance; one thread uses it, any thread may abort."""

    def fetch_balance(self, key: ApiKey) -> BalanceReading:
        """Return a reading, or raise ProblemError or RequestAbortedError."""
        ...

    def abort(self) -> None:
        """End the request under way, if there is one."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class KeyStore(Protocol):
    """Keeps the API key; one thread uses it, any thread may abort.

    Every question may block as long as a prompt of the keyring stands open, and may raise
    ProblemError or RequestAbortedError.
    """

    @property
    def overridden(self) -> bool:
        """Whether another key than the stored one is in force."""
        ...

    def read(self) -> ApiKey:
        """Return the key in force."""
        ...

    def save(self, key: ApiKey) -> None:
        """Store the key, in place of one that is there."""
        ...

    def delete(self) -> bool:
        """Remove the key; return whether there was one."""
        ...

    def abort(self) -> None:
        """End the question under way, if there is one and the keyring allows it."""
        ...


class History(Protocol):
    """Keeps what was read; one thread uses it. Every call may raise HistoryError."""

    def append(self, reading: BalanceReading, key_mark: str | None) -> Entry:
        """Record a reading; return it with what happened since the one before."""
        ...

    def last(self) -> Entry | None:
        """Return the newest entry."""
        ...

    def key_mark(self) -> str | None:
        """Return which key the newest entry was made with."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, oldest first."""
        ...

    def spends(self, since: datetime) -> list[Spend]:
        """Return what was spent in each time that ends after ``since``, oldest first."""
        ...

    def eventful(self, since: datetime) -> tuple[Entry, ...]:
        """Return the entries that tell of more than spending, oldest first."""
        ...

    def chart_points(self, since: datetime, until: datetime, most: int) -> tuple[ChartPoint, ...]:
        """Return at most ``most`` points for a drawing."""
        ...

    def changed_elsewhere(self) -> bool:
        """Return whether another program has written since this was last asked."""
        ...

    def fold(self, now: datetime) -> None:
        """Make what is old smaller."""
        ...

    def delete(self) -> None:
        """Remove everything for good."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class HistoryHome(Protocol):
    """Where a history comes from, and what is done with it outside of the user interface."""

    def make_history(self) -> History:
        """Return the history; nothing is opened yet."""
        ...

    def recall_history(self, history: History) -> Remembered | None:
        """Return what it remembers at its end; None where nothing was recorded yet."""
        ...

    def export_history(self, history: History, path: str) -> None:
        """Write every entry to a file of the user's; may raise OSError too."""
        ...


class NetworkWatch(Protocol):
    """Tells when something about this computer's network has changed."""

    def fileno(self) -> int:
        """Return the descriptor that can be read when something has changed."""
        ...

    def gained(self) -> bool:
        """Take in what has changed; return whether there is a way out that was not there."""
        ...

    def close(self) -> None:
        """Give the descriptor back."""
        ...


class Lock(Protocol):
    """Belongs to at most one program at a time."""

    def take(self) -> bool:
        """Return False where another program holds it."""
        ...


class Notifications(Protocol):
    """The desktop's notification service; nothing here waits for it.

    One question is asked at a time, and its answer is among the events.
    """

    def fileno(self) -> int:
        """Return the descriptor that can be read when there are events."""
        ...

    def ask_capabilities(self) -> None:
        """Ask what the service can do."""
        ...

    def notify(self, notification: Notification, replaces: int) -> None:
        """Show a message in place of the one of that number, 0 for none."""
        ...

    def withdraw(self, number: int) -> None:
        """Close a message; this has no answer."""
        ...

    def receive(self) -> list[NotificationEvent]:
        """Return what has happened since, in order."""
        ...

    def close(self) -> None:
        """Give the descriptor back."""
        ...


class TrayBalloon(Protocol):
    """The tray icon's own way to show a message."""

    def show_balloon(self, message: Message) -> None:
        """Show it, without its actions, while the icon stays as it is."""
        ...
