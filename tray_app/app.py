"""Composition root of the tray: builds everything, owns the order of start and stop."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tray_app.core.problem import NoKey
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.presentation.places import BILLING_URL
from tray_app.presentation.privacy import amounts_are_hidden, hide_amounts
from tray_app.presentation.tray_menu import Command, OtherAccount
from tray_app.presentation.tray_view import OwnState
from tray_app.presentation.wording import Mishap, about_key_text, about_text
from tray_app.ui.accounts import Accounts
from tray_app.ui.alert_voice import SNOOZES, AlertVoice
from tray_app.ui.application import versions_text
from tray_app.ui.kept_look import kept
from tray_app.ui.language import use_language
from tray_app.ui.network_hints import NetworkHints
from tray_app.ui.opener import Opener
from tray_app.ui.os_signals import OsSignals
from tray_app.ui.refresher import now_utc
from tray_app.ui.settings_keeper import SettingsKeeper
from tray_app.ui.settings_opener import SettingsOpener
from tray_app.ui.tray import Tray
from tray_app.ui.unexpected import UnexpectedErrors

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.core.alert import Alert
    from tray_app.presentation.alert_wording import AlertNews
    from tray_app.presentation.tray_view import TrayView
    from tray_app.tray_process import TrayProcess
    from tray_app.ui.account_session import AccountSession
    from tray_app.ui.notifier import Notifier
    from tray_app.ui.single_instance import InstanceServer
    from tray_app.wiring import Connection

_ICON_MAY_TAKE: Final = timedelta(milliseconds=200)
"""The rest of the start waits so long, that the icon need not."""

_log = logging.getLogger(__name__)


class TrayProgram(QObject):
    """The parts of the running program and what joins them."""

    def __init__(
        self, connection: Connection, process: TrayProcess, tray: Tray | None = None
    ) -> None:
        """``tray`` is one that shows its icon already."""
        super().__init__()
        self.errors = UnexpectedErrors(self)
        self._connection = connection
        self._process = process
        self._zone = connection.zone
        self._hints = NetworkHints(
            connection.watch_network, connection.qt_loads_network_quickly, parent=self
        )
        self._tray = tray or Tray(parent=self)
        self._opener = Opener()
        self._key_was_offered = False
        self._tray_is_missing = False
        self._stopped = False
        self._start_is_logged = False
        self._mishap: Mishap | None = None
        self._server: InstanceServer | None = None
        self._signals = OsSignals(self)
        self._voice = AlertVoice(self._made_notifier, parent=self)
        self._keeper = SettingsKeeper(
            connection.make_settings_file(), connection.configuration, parent=self
        )
        self._settings = SettingsOpener(self._keeper, connection.make_autostart, parent=self)
        self._accounts = Accounts(connection.for_account, self._zone, parent=self)
        self._follow_privacy()
        self._accounts.follow(self._keeper.configuration)
        self._view: TrayView | None = None
        self._connect()

    @property
    def shown(self) -> AccountSession:
        """The account whose figure the tray shows."""
        return self._accounts.shown

    @property
    def sessions(self) -> tuple[AccountSession, ...]:
        """Every account, in the user's order."""
        return self._accounts.sessions

    def start(self) -> None:
        """Show what is known, which is nothing yet, and ask."""
        self._show()
        if not self._tray.is_started:
            self._tray.start()
        self._accounts.start()
        QTimer.singleShot(_ICON_MAY_TAKE // timedelta(milliseconds=1), self.on_settled)

    def stop(self, *, for_good: bool = False) -> bool:
        """End every part in its order; does not wait for what cannot be ended.

        ``for_good`` says that the process ends now, and no signal may change how. Returns False
        where a worker still waits for something: then only the process's own end ends it.
        """
        self._log_start()
        self._stopped = True
        self._voice.close()
        self._keep_look(at_end=True)
        self._tray.hide()
        if self._server is not None:
            self._server.close()
        self._hints.set_needed(needed=False)
        ended = self._accounts.stop()
        if not ended:
            _log.info("a worker is still busy: leaving without it")
        # Last: until here a second signal must not cut the end short.
        self._signals.close(for_good=for_good)
        return ended

    def tell_mishap(self, mishap: Mishap) -> None:
        """Show what went wrong inside until the user looks at it."""
        self._mishap = mishap
        self._show()

    @Slot()
    def on_settled(self) -> None:
        """Do what the icon does not wait for."""
        if self._stopped:
            return
        self._log_start()
        self._process.tidy()
        self._listen()
        self._keeper.watch()

    @Slot(str)
    def on_show_requested(self, token: str) -> None:
        """Come forward, because the program was started again."""
        from tray_app.ui.single_instance import pass_on

        pass_on(token)
        self.on_command(Command.OPEN_WINDOW)

    @Slot()
    def on_unexpected_error(self) -> None:
        """Tell that something went wrong inside."""
        self.tell_mishap(Mishap.ERROR)

    @Slot()
    def on_quit_requested(self) -> None:
        """End the program."""
        self._tray.hide()
        QApplication.exit(0)

    @Slot()
    def on_view_may_have_changed(self) -> None:
        """Show the state as it is now."""
        self._show()

    @Slot()
    def on_time_passed(self) -> None:
        """Show what time has changed; be found by further starts again, should that be lost."""
        self._show()
        if self._server is not None and not self._server.can_be_found:
            self._server.close()
            self._server.deleteLater()
            self._listen()

    @Slot()
    def on_state_changed(self) -> None:
        """Show the new state; without a key, ask for one, once."""
        self._show()
        self._hints.set_needed(needed=any(session.hears_network for session in self.sessions))
        if isinstance(self.shown.state.problem, NoKey) and not self._key_was_offered:
            self._key_was_offered = True
            self._ask_for_key()

    @Slot(str)
    def on_key_wanted(self, account: str) -> None:
        """Ask for the key of an account."""
        self.on_command(Command.EDIT_KEY, account)

    @Slot(str)
    def on_account_removed(self, account: str) -> None:
        """Let the key of an account that is gone go, too, and what was told of it."""
        self._connection.forget_account(account)

    @Slot()
    def on_settings_file_wanted(self) -> None:
        """Open the settings file; one that is not there yet is written first."""
        path = self._keeper.written_path()
        if path is not None:
            self._opener.open_file(path)

    @Slot(str, object)
    def on_alerts_due(self, account: str, alerts: tuple[Alert, ...]) -> None:
        """Tell an account's alerts."""
        from tray_app.presentation.alert_wording import AlertNews

        session = self._accounts.named(account)
        if session is not None:
            label = self._accounts.label_of(session)
            self._voice.tell(AlertNews(account, alerts, session.state, label))

    @Slot(object)
    def on_told(self, news: AlertNews) -> None:
        """Let the user's own program know of an account's alerts, too."""
        path = self._keeper.configuration.alert_command
        session = self._accounts.named(news.account)
        if path and session is not None:
            from tray_app.ui.account_reports import payload_of_alerts

            payload = payload_of_alerts(news, session)
            self._connection.run_alert_command(path, payload)

    @Slot()
    def on_network_returned(self) -> None:
        """Let each account that failed for want of a network try again."""
        for session in self.sessions:
            session.refresher.on_network_returned()

    @Slot()
    def on_settings_changed(self) -> None:
        """Let the configuration that is in force now be followed at once."""
        use_language(self._keeper.configuration.language)
        self._follow_privacy()
        self._accounts.follow(self._keeper.configuration)
        self._show()

    @Slot(object, str)
    def on_command(self, command: Command, account: str = "") -> None:
        """Do what a menu row or a button says, for an account or the one that is shown."""
        session = self._accounts.named(account) or self.shown
        match command:
            case Command.OPEN_WINDOW:
                session.details.opened().bring_forward()
            case Command.EDIT_KEY:
                session.key_entry.open(self._accounts.label_of(session))
            case Command.REFRESH:
                for each in self.sessions:
                    each.refresh()
            case Command.OPEN_BILLING:
                self._opener.open_page(BILLING_URL)
            case Command.OPEN_SETTINGS:
                self._settings.open()
            case Command.SNOOZE_HOUR | Command.SNOOZE_TODAY:
                self._voice.withdraw()
                for each in self.sessions:
                    each.alerts.snooze(SNOOZES[command])
            case Command.SNOOZE_TOP_UP:
                self._voice.withdraw()
                # Another account, which nobody means to top up, must not run out in silence.
                told = [each for each in self.sessions if each.was_told_lately]
                for each in (session,) if account else told:
                    each.alerts.snooze(SNOOZES[command])
            case Command.WAKE_ALERTS:
                for each in self.sessions:
                    each.alerts.wake()
            case Command.OPEN_LOGS:
                if self._process.logs is not None:
                    self._open_logs(self._process.logs)
            case Command.EXPORT_HISTORY:
                session.details.opened().ask_where_to_export(now_utc().astimezone().date())
            case Command.DELETE_HISTORY:
                session.details.opened().ask_whether_to_delete()
            case Command.ABOUT:
                self._opener.open_about_box(self._about_text())
            case Command.QUIT:
                self.on_quit_requested()

    @Slot()
    def on_panel_missing(self) -> None:
        """Stand in for the icon with a window."""
        self._tray_is_missing = True
        self._settings.tell_tray(is_missing=True)
        window = self.shown.details.opened()
        window.set_stands_for_tray(stands=True)
        window.bring_forward()

    @Slot()
    def on_tray_appeared(self) -> None:
        """Leave the balance to the icon again."""
        self._tray_is_missing = False
        self._settings.tell_tray(is_missing=False)
        for session in self.sessions:
            if session.details.window is not None:
                session.details.window.set_stands_for_tray(stands=False)

    def _connect(self) -> None:
        tray, keeper, accounts = self._tray, self._keeper, self._accounts
        accounts.view_changed.connect(self.on_view_may_have_changed)
        accounts.state_changed.connect(self.on_state_changed)
        accounts.time_passed.connect(self.on_time_passed)
        accounts.alerts_due.connect(self.on_alerts_due)
        accounts.command_chosen.connect(self.on_command)
        accounts.failed_inside.connect(self.errors.on_logged)
        self._hints.network_returned.connect(self.on_network_returned)
        tray.command_chosen.connect(self.on_command)
        tray.panel_missing.connect(self.on_panel_missing)
        tray.appeared.connect(self.on_tray_appeared)
        keeper.changed.connect(self.on_settings_changed)
        self._settings.key_wanted.connect(self.on_key_wanted)
        self._settings.account_removed.connect(self.on_account_removed)
        self._settings.file_wanted.connect(self.on_settings_file_wanted)
        keeper.trouble_changed.connect(self.on_view_may_have_changed)
        self._voice.command_chosen.connect(self.on_command)
        self._voice.told.connect(self.on_told)
        self.errors.happened.connect(self.on_unexpected_error)
        self._signals.quit_requested.connect(self.on_quit_requested)

    def _ask_for_key(self) -> None:
        """Ask a new user everything in one window, and whoever has settings for the key alone."""
        if self._keeper.is_first_start:
            self._settings.open_first_start(
                self.shown.key_entry, tray_is_missing=self._tray_is_missing
            )
        else:
            self.shown.key_entry.open(self._accounts.label_of(self.shown))

    def _follow_privacy(self) -> None:
        accounts = self._keeper.configuration.accounts
        hidden = any(account.settings.hides_amounts for account in accounts)
        if hidden == amounts_are_hidden():
            return
        hide_amounts(hidden=hidden)
        if hidden:
            # A message stands as it was written.
            self._voice.withdraw()
        for session in self.sessions:
            session.details.on_chart_outdated()

    def _made_notifier(self) -> Notifier:
        from tray_app.ui.notifier import Notifier

        notifier = Notifier(
            self._connection.open_notifications,
            self._tray,
            lambda: None if self._view is None else self._view.icon,
            parent=self,
        )
        self._tray.balloon_clicked.connect(notifier.on_balloon_clicked)
        return notifier

    def _log_start(self) -> None:
        """Log once what was started, also where it ends before it has settled."""
        if not self._start_is_logged:
            self._start_is_logged = True
            _log.info("started: %s", versions_text())

    def _show(self) -> None:
        self._accounts.choose_shown(self._keeper.configuration.shown_account)
        others = []
        for session in self.sessions:
            if session is not self.shown:
                view = session.view(self._own_state(session, ()))
                session.details.show(view, session.state)
                is_snoozed = session.alerts.memory.snooze is not None
                alerts = self._other_alert_rows(session)
                others.append(OtherAccount(session.name, view.brief, alerts, is_snoozed))
        view = self.shown.view(self._own_state(self.shown, tuple(others)))
        self._view = view
        self._tray.show_view(view)
        self._keep_look()
        self.shown.details.show(view, self.shown.state)

    def _other_alert_rows(self, session: AccountSession) -> tuple[str, ...]:
        memory, shown = session.alerts.memory, self.shown.alerts.memory
        if memory.is_blank:
            return ()
        # The icon does not wait for what only alerts need.
        from tray_app.presentation.alert_wording import other_alert_rows

        return other_alert_rows(session.name, memory, shown, now_utc(), self._zone)

    def _keep_look(self, *, at_end: bool = False) -> None:
        """Let the next start begin with what the icon shows, as that of an old figure."""
        icon, store = None if self._view is None else self._view.icon, self._process.last_look
        if store is None or icon is None or icon.level is None or icon.emblem.is_symbol:
            return
        look = IconSpec(icon.text, icon.level, dimmed=True, emblem=Emblem.STALE)
        store.save(look, lambda: kept(look), at_end=at_end)

    def _own_state(self, session: AccountSession, others: tuple[OtherAccount, ...]) -> OwnState:
        return OwnState(
            self._mishap,
            account=self._accounts.label_of(session),
            others=others,
            settings_trouble=self._keeper.trouble,
        )

    def _listen(self) -> None:
        process = self._process
        if not (process.lock.is_held and process.make_runtime_folder()):
            return
        from tray_app.adapters.instance_address import address_of
        from tray_app.ui.single_instance import InstanceServer

        address = address_of(process.runtime, process.name, process.lock.identity)
        self._server = InstanceServer(address, self._status_line, parent=self)
        self._server.show_requested.connect(self.on_show_requested)
        self._server.quit_requested.connect(self.on_quit_requested)
        self._server.listen()

    def _status_line(self) -> bytes:
        """Return what other starts of the program are told of the accounts."""
        from tray_app.ui.account_reports import status_of_sessions

        return status_of_sessions(self.shown, self.sessions, self._connection.source.api_url)

    def _open_logs(self, folder: Path) -> None:
        # Whoever looks need not be told any more.
        self._mishap = None
        self._show()
        self._opener.open_folder(folder)

    def _about_text(self) -> str:
        source, host = self.shown.source, urlsplit(self._connection.api_url).netloc
        key_place = about_key_text(
            demo=source.demo, key_from_environment=source.key_from_environment
        )
        return about_text(None if source.demo else host, key_place)
