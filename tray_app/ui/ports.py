"""What the user interface needs from outside the process; ``app`` hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tray_app.core.alert_memory import AlertMemory
    from tray_app.core.api_key import ApiKey
    from tray_app.core.autostart import AutostartProblem, AutostartStatus
    from tray_app.core.configuration import Configuration, ProxyChoice
    from tray_app.core.history import ChartPoint, Entry
    from tray_app.core.notification import Notification, NotificationEvent
    from tray_app.core.reading import BalanceReading
    from tray_app.core.remembered import Remembered
    from tray_app.core.settings import Settings
    from tray_app.core.settings_fault import SettingsFault
    from tray_app.core.spend_series import SpendSeries
    from tray_app.presentation.alert_message import Message
    from tray_app.presentation.source import Source


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

    def spends(self, since: datetime) -> SpendSeries:
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

    def has_history(self) -> bool:
        """Return whether there is one; asking for one that is not there would begin it."""
        ...

    def make_history(self) -> History:
        """Return the history; nothing is opened yet."""
        ...

    def recall_history(self, history: History) -> Remembered | None:
        """Return what it remembers at its end; None where nothing was recorded yet."""
        ...

    def export_history(self, history: History, path: str) -> None:
        """Write every entry to a file of the user's; may raise OSError too."""
        ...


class AlertStore(Protocol):
    """Keeps what was told of an account; nothing here raises."""

    def load(self) -> AlertMemory:
        """Return what was kept."""
        ...

    def save(self, memory: AlertMemory) -> None:
        """Keep it, in place of what was kept before."""
        ...


class LoadedSettings(Protocol):
    """What a settings file says."""

    @property
    def configuration(self) -> Configuration:
        """What is in force by it."""
        ...

    @property
    def faults(self) -> tuple[SettingsFault, ...]:
        """What in it is not."""
        ...

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        ...


class SettingsStore(Protocol):
    """Where it is kept what the user chose; load and save may raise SettingsError."""

    @property
    def path(self) -> Path:
        """The file, which need not be there."""
        ...

    def load(self) -> LoadedSettings:
        """Return what the file says."""
        ...

    def save(self, configuration: Configuration) -> None:
        """Let the file say this."""
        ...


class Autostart(Protocol):
    """Whether the next login starts the tray; each call may raise AutostartError."""

    @property
    def hindrance(self) -> AutostartProblem | None:
        """Why it can never be turned on here; None where it can."""
        ...

    def status(self) -> AutostartStatus:
        """Return what the next login does."""
        ...

    def turn_on(self) -> None:
        """Let the next login start this program."""
        ...

    def turn_off(self) -> None:
        """Let the next login start nothing."""
        ...


class AccountHome(HistoryHome, Protocol):
    """What the session of one account needs from outside the process."""

    @property
    def account(self) -> str:
        """The account's name."""
        ...

    @property
    def log_mark(self) -> str:
        """What begins the account's lines in the log; empty where there is one account."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings in force for the account."""
        ...

    @property
    def proxy(self) -> ProxyChoice:
        """By which proxy the account is asked."""
        ...

    @property
    def source(self) -> Source:
        """Where the figures come from, as far as the user must know."""
        ...

    def under(self, configuration: Configuration) -> AccountHome:
        """Return the same account's by another configuration."""
        ...

    def own_share(self) -> float:
        """Return this installation's share of jitter, from 0 up to 1."""
        ...

    def make_key_store(self) -> KeyStore:
        """Return where the account's key is kept."""
        ...

    def make_client(self) -> BalanceSource:
        """Return who asks for the balance."""
        ...

    def open_alert_store(self) -> AlertStore:
        """Return where it is kept what the account's alerts have told."""
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
