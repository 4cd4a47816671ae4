"""Builds what both the tray and the command line ask: the key store and the client.

Every import of httpx, keyring and the simulator happens in these functions, so that whoever
calls them decides when the cost falls.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import tray_app
from tray_app import PROGRAM_NAME
from tray_app.adapters.paths import SETTINGS_NAME, file_name_of, folders_of
from tray_app.core.account_name import DEFAULT_ACCOUNT
from tray_app.core.configuration import Account, Configuration, ProxyChoice, ProxyKind
from tray_app.core.light_dataclass import dataclass
from tray_app.core.settings import Settings
from tray_app.presentation.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

    from tray_app.adapters.alert_file import AlertFile, NoAlertFile
    from tray_app.adapters.autostart import Autostart
    from tray_app.adapters.history_export import Readable
    from tray_app.adapters.history_file import HistoryFile
    from tray_app.adapters.key_store import KeyStore
    from tray_app.adapters.network_watch import NetworkWatch
    from tray_app.adapters.notification_service import NotificationService
    from tray_app.adapters.novita_client import Inspection, NovitaClient
    from tray_app.adapters.settings_file import SettingsFile
    from tray_app.core.remembered import Remembered
    from tray_app.demo import DemoKeyStore, DemoSource
    from tray_app.recall import Recallable

NOVITA_API_URL: Final = "https://api.novita.ai"
KEY_VARIABLE: Final = "NOVITA_API_KEY"
_USER_AGENT: Final = f"novita-tray/{tray_app.__version__}"


def take_environment_key() -> str:
    """Return ``NOVITA_API_KEY`` and remove it, so that no child inherits it, a browser least."""
    return os.environ.pop(KEY_VARIABLE, "")


def demo_configuration() -> Configuration:
    """Return what holds in the demo: its figures move faster."""
    from tray_app.demo import DEMO_REFRESH_INTERVAL

    settings = Settings(refresh_interval=DEMO_REFRESH_INTERVAL, simulated=True)
    return Configuration((Account(settings=settings),))


@dataclass(frozen=True, slots=True)
class Connection:
    """Which account is asked: the demo's, or a real one at an address."""

    demo: bool = False
    api_url: str = NOVITA_API_URL
    """As :func:`tray_app.core.api_url.parse_api_url` returns it; the demo has its own."""
    environment_key: str = field(default="", repr=False)
    """What ``NOVITA_API_KEY`` held; see :func:`take_environment_key`."""
    configuration: Configuration = field(default_factory=Configuration)
    """What the user chose, as :func:`loaded_settings` found it."""
    account: str = DEFAULT_ACCOUNT
    """Whose key, history and settings are meant; the demo has one account."""
    environment_account: str | None = None
    """The one account that is asked with the environment's key; None while none was named."""

    @property
    def settings(self) -> Settings:
        """The settings in force for the account."""
        account = self.configuration.account(self.account)
        return Settings() if account is None else account.settings

    def for_account(self, name: str, configuration: Configuration) -> Connection:
        """Return the same for an account of a configuration.

        The environment's key is that of the first account when this is first asked, and stays its
        own when the order changes: another one must never be asked with it.
        """
        first = configuration.accounts[0].name
        return replace(
            self,
            configuration=configuration,
            account=name,
            environment_account=self.environment_account or first,
        )

    def under(self, configuration: Configuration) -> Connection:
        """Return the same account's by another configuration.

        The environment's key stays with the account that has it, whichever is the first now.
        """
        return replace(self, configuration=configuration)

    @property
    def own_environment_key(self) -> str:
        """The environment's key where it is this account's; else empty."""
        is_own = self.environment_account in {None, self.account}
        return self.environment_key if is_own else ""

    @property
    def proxy(self) -> ProxyChoice:
        """By which proxy the account is asked; the demo has its server on this computer."""
        return ProxyChoice(ProxyKind.NONE) if self.demo else self.configuration.proxy

    @property
    def log_mark(self) -> str:
        """What begins the account's lines in the log; empty where there is one account."""
        return f"{self.account}: " if len(self.configuration.accounts) > 1 else ""

    def has_settings(self) -> bool:
        """Return whether there is a settings file; what reads one is loaded for it alone."""
        # Also what cannot be looked at is there: whoever opens it learns why.
        return not self.demo and os.path.lexists(_settings_path())

    def make_settings_file(self) -> SettingsFile | None:
        """Return the file of what the user chose; None where nothing is kept, as in the demo."""
        if self.demo:
            return None
        from tray_app.adapters.settings_file import SettingsFile

        return SettingsFile(_settings_path())

    def open_alert_store(self) -> AlertFile | NoAlertFile:
        """Return where it is kept what the account's alerts have told."""
        from tray_app.adapters.alert_file import AlertFile, NoAlertFile

        if self.demo:
            return NoAlertFile()
        return AlertFile(_alerts_path(self.account))

    @property
    def zone(self) -> tzinfo:
        """The user's time zone, in which days begin and times are told."""
        from tray_app.adapters.system_zone import SystemZone

        return SystemZone()

    def has_history(self) -> bool:
        """Return whether there is a history; asking for one that is not there would begin it."""
        # Also what cannot be looked at is there: whoever opens it learns why.
        return self.demo or os.path.lexists(self._history_path())

    def make_history(self) -> HistoryFile:
        """Return where readings are kept; the demo's is in memory, with a past of its own."""
        return self._history(timedelta(seconds=2))

    def make_impatient_history(self) -> HistoryFile:
        """Return the same for whoever would rather do without it than wait."""
        return self._history(timedelta(seconds=0.1))

    def _history(self, patience: timedelta) -> HistoryFile:
        from tray_app.adapters.history_file import HistoryFile

        if self.demo:
            from tray_app.demo import demo_history

            return demo_history(self.zone)
        path = self._history_path()
        return HistoryFile(path, self.account, zone=self.zone, patience=patience)

    def _history_path(self) -> Path:
        # One file each: what breaks, is deleted or held by another program is one account's.
        return folders_of(os.environ).data / file_name_of("history", self.account, "db")

    def recall_history(self, history: Recallable) -> Remembered | None:
        """Return what the history remembers at its end; None where nothing was recorded yet."""
        from tray_app.recall import recall

        return recall(history)

    def export_history(self, history: Readable, path: str) -> None:
        """Write every entry of the history to a file as CSV."""
        from tray_app.adapters.history_export import export_csv

        export_csv(history, path)

    def own_share(self) -> float:
        """Return this installation's share of jitter, from 0 up to 1; the demo keeps none."""
        if self.demo:
            return random.random()  # noqa: S311 — spreads load, guards nothing
        from tray_app.adapters.own_share import own_share

        return own_share(folders_of(os.environ).data)

    def watch_network(self) -> NetworkWatch | None:
        """Return what tells of a network that comes; None where the system has no such thing."""
        from tray_app.adapters.network_watch import watch_network

        return watch_network()

    def make_autostart(self) -> Autostart:
        """Return what lets the next login start this program, or not."""
        from tray_app.adapters.autostart import make_autostart

        return make_autostart(os.environ, sys.platform)

    def run_alert_command(self, path: str, payload: Mapping[str, object]) -> None:
        """Start the user's own program with an alert; returns at once."""
        from tray_app.adapters.alert_command import run_alert_command

        run_alert_command(path, payload)

    def open_notifications(self) -> NotificationService | None:
        """Return the way to the desktop's notification service; None where Qt's is the only one."""
        if sys.platform != "linux":
            return None
        from tray_app.adapters.notification_service import open_notifications

        return open_notifications(PROGRAM_NAME, os.environ)

    def qt_loads_network_quickly(self) -> bool:
        """Return whether Qt's source of network hints waits for nobody; may block a second."""
        from tray_app.adapters.network_service import network_service_is_quick

        return network_service_is_quick()

    def make_key_store(self) -> KeyStore | DemoKeyStore:
        """Return where the key is kept."""
        if self.demo:
            from tray_app.demo import DemoKeyStore

            return DemoKeyStore()
        return self.make_keyring_store()

    def make_keyring_store(self) -> KeyStore:
        """Return the store of real keys, with the environment's override."""
        from tray_app.adapters.key_store import KeyStore

        return KeyStore(self.own_environment_key, account=self.account)

    def forget_account(self, account: str) -> None:
        """Remove key and alerts of an account that is gone; one of the same name begins anew.

        Returns at once, as the keyring may not.
        """
        if self.demo:
            return
        from tray_app.adapters.alert_file import AlertFile
        from tray_app.adapters.key_removal import remove_key

        AlertFile(_alerts_path(account)).remove()
        remove_key(account)

    def make_client(self) -> NovitaClient | DemoSource:
        """Return a client for the address; the demo's brings its own server."""
        if self.demo:
            from tray_app.demo import DemoSource

            return DemoSource(lambda url: _client_for(url, self.proxy))
        return _client_for(self.api_url, self.proxy)

    def make_inspecting_client(self, inspection: Inspection, budget: timedelta) -> NovitaClient:
        """Return a client for the real address that also shows the connection."""
        from tray_app.adapters.novita_client import NovitaClient

        return NovitaClient(
            self.api_url, _USER_AGENT, budget=budget, inspection=inspection, proxy=self.proxy
        )

    @property
    def source(self) -> Source:
        """What the user must know about where the figures come from."""
        return Source(
            demo=self.demo,
            key_from_environment=not self.demo and bool(self.own_environment_key.strip()),
            api_url=None if self.demo or self.api_url == NOVITA_API_URL else self.api_url,
            # Keychain and Credential Manager let nobody go before they have answered.
            keyring_can_be_left=sys.platform not in {"darwin", "win32"},
        )


def _settings_path() -> Path:
    return folders_of(os.environ).config / SETTINGS_NAME


def _alerts_path(account: str) -> Path:
    return folders_of(os.environ).data / file_name_of("alerts", account, "json")


def _client_for(url: str, proxy: ProxyChoice) -> NovitaClient:
    from tray_app.adapters.novita_client import NovitaClient

    return NovitaClient(url, _USER_AGENT, proxy=proxy)
