"""One account while the program runs: its requests, its history, its alerts and its windows."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from tray_app.core.journal import journal_lines
from tray_app.core.refresh_policy import hears_network
from tray_app.presentation.tray_view import present
from tray_app.ui.alert_watch import AlertWatch
from tray_app.ui.balance_worker import BalanceWorker
from tray_app.ui.details_opener import DetailsOpener
from tray_app.ui.history_keeper import HistoryKeeper
from tray_app.ui.key_entry import KeyEntry
from tray_app.ui.keyring_wait import KeyringWait
from tray_app.ui.refresher import Refresher, now_utc

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.alert import Alert
    from tray_app.core.alert_memory import AlertMemory
    from tray_app.core.configuration import Configuration
    from tray_app.core.settings import Settings
    from tray_app.presentation.source import Source
    from tray_app.presentation.tray_menu import Command
    from tray_app.presentation.tray_view import OwnState, TrayView
    from tray_app.ui.ports import AccountHome

_WORKER_MAY_TAKE: Final = timedelta(milliseconds=250)
_TOGETHER: Final = timedelta(milliseconds=25)
"""A reading and its outlook, a few milliseconds apart, are judged and shown as one.

So are a request and its answer where the server is that quick. Nobody sees the difference, and
what is shown need not be worked out, and told to the panel, three times for each reading.
"""

_log = logging.getLogger(__name__)


class AccountSession(QObject):
    """Keeps one account's balance fresh; nothing of it ever meets another account.

    It has a thread for keyring and network and one for its history, so that an account whose
    keyring waits for its user, or whose server hangs, keeps no other one waiting.
    """

    view_changed = Signal()
    """Something that is shown may read differently now."""
    state_changed = Signal()
    """One event or several changed what is known."""
    time_passed = Signal()
    alerts_due = Signal(str, object)
    """The account's name and the alerts to tell, the gravest first."""
    command_chosen = Signal(object, str)
    """The Command of a button of the account's window, and the account's name."""
    source_outdated = Signal(object)
    """Makes who is asked from the next request on."""
    failed_inside = Signal()
    """An error that nobody foresaw was logged."""

    def __init__(self, home: AccountHome, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = home.account
        self._home = home
        self._settings = settings = home.settings
        self._zone = zone
        self.refresher = Refresher(settings, own_share=home.own_share, parent=self)
        self.keyring_wait = KeyringWait(parent=self)
        self._known = self.refresher.state
        self._together = QTimer(self)
        self._together.setSingleShot(True)
        self._together.setInterval(_TOGETHER // timedelta(milliseconds=1))
        self._together.timeout.connect(self.on_events_gathered)
        self._worker_thread = QThread(self)
        self._worker_thread.setObjectName("worker")
        self.worker = BalanceWorker(home.make_key_store, home.make_client)
        self.worker.moveToThread(self._worker_thread)
        self._history = HistoryKeeper(home, zone, settings, parent=self)
        self.alerts = AlertWatch(home.open_alert_store, settings, zone, parent=self)
        self.details = DetailsOpener(self._history, zone, parent=self)
        self.key_entry = KeyEntry(
            home.source, self.worker, self.refresher, self.keyring_wait, parent=self
        )
        self._connect()

    @property
    def state(self) -> AccountState:
        """What is known now."""
        return self.refresher.state

    @property
    def settings(self) -> Settings:
        """The choices in force for it."""
        return self._settings

    @property
    def source(self) -> Source:
        """Where its figures come from."""
        return self._home.source

    @property
    def was_told_lately(self) -> bool:
        """Whether the menu tells of an alert of its."""
        return bool(_alert_rows(self.alerts.memory, now_utc(), self._zone))

    @property
    def hears_network(self) -> bool:
        """Whether a hint that the network has returned would help."""
        return hears_network(self.state)

    def start(self) -> None:
        """Ask for the balance, and keep it fresh from now on."""
        self._worker_thread.start()
        self._history.start()
        self.refresher.start()

    def stop(self) -> bool:
        """End both threads; return False where one still waits for something.

        That nothing but the process's own end ends.
        """
        self.refresher.stop()
        self._together.stop()
        self.alerts.stop()
        self.abort_fetch()
        self._worker_thread.quit()
        worker_ended = self._worker_thread.wait(_WORKER_MAY_TAKE // timedelta(milliseconds=1))
        history_ended = self._history.stop()
        return worker_ended and history_ended

    def apply(self, configuration: Configuration) -> None:
        """Go on by another configuration, which has the account, from now on."""
        before, self._home = self._home, self._home.under(configuration)
        if self._home.proxy != before.proxy:
            # First, so that what the refresher asks anew goes the new way.
            self.source_outdated.emit(self._home.make_client)
            self.refresher.go_another_way()
        self._apply_settings(self._home.settings)

    def view(self, own: OwnState) -> TrayView:
        """Return what there is to show now; ``own`` says what the program knows besides."""
        now, memory = now_utc(), self.alerts.memory
        own = replace(
            own,
            keyring_wait=self.keyring_wait.lasts,
            alerts=_alert_rows(memory, now, self._zone),
            snoozed=memory.snooze is not None,
        )
        return present(self.state, now, self._settings, self._home.source, self._zone, own=own)

    def refresh(self) -> None:
        """Ask now, because the user wishes it."""
        if self.keyring_wait.lasts and self._home.source.keyring_can_be_left:
            # The one way on when the keyring never answers: its question is put anew.
            self.abort_fetch()
            self.refresher.ask_anew()
        else:
            self.refresher.on_refresh_asked()

    def abort_fetch(self, *, leaves_keyring: bool = True) -> None:
        """End the request under way."""
        self.worker.abort(fetches_up_to=self.state.generation, leaves_keyring=leaves_keyring)

    @Slot()
    def on_state_changed(self) -> None:
        """Log what came of an event; it is judged and passed on with what follows at once."""
        before, self._known = self._known, self.state
        for line in journal_lines(before, self._known):
            _log.info("%s%s", self._home.log_mark, line)
        if not self._together.isActive():
            self._together.start()

    @Slot()
    def on_events_gathered(self) -> None:
        """Judge what has come of one event or several, and pass it on."""
        self.alerts.look(self.state)
        self.state_changed.emit()

    @Slot()
    def on_time_passed(self) -> None:
        """Judge what time alone has changed, and pass it on."""
        self.alerts.look(self.state)
        self.time_passed.emit()

    @Slot(object, str)
    def on_reading_taken(self, _: object, key_mark: str) -> None:
        """Let the alerts know whose reading it is, before its outlook comes."""
        self.alerts.know_key(key_mark)

    @Slot()
    def on_key_changed(self) -> None:
        """Begin anew with the alerts: what was told was perhaps another account's."""
        self.alerts.forget()

    @Slot(object)
    def on_alerts_due(self, alerts: tuple[Alert, ...]) -> None:
        """Say whose alerts they are."""
        self.alerts_due.emit(self.name, alerts)

    @Slot(object)
    def on_command_chosen(self, command: Command) -> None:
        """Say whose window it is."""
        self.command_chosen.emit(command, self.name)

    @Slot()
    def on_fetch_outdated(self) -> None:
        """End a request that the network has forgotten; the refresher asks again."""
        self.abort_fetch(leaves_keyring=False)

    def _apply_settings(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        self.alerts.apply(settings)
        self._history.settings_changed.emit(settings)
        self.refresher.apply(settings)
        self.details.on_chart_outdated()
        self.view_changed.emit()

    def _connect(self) -> None:
        refresher, worker, history = self.refresher, self.worker, self._history
        refresher.fetch_requested.connect(worker.on_fetch_requested)
        refresher.fetch_outdated.connect(self.on_fetch_outdated)
        self.source_outdated.connect(worker.on_source_outdated)
        worker.fetch_finished.connect(refresher.on_fetch_finished)
        worker.key_replaced.connect(refresher.on_key_changed)
        worker.reading_taken.connect(history.worker.on_reading_taken)
        worker.reading_taken.connect(self.on_reading_taken)
        history.worker.outlook_changed.connect(refresher.on_outlook_changed)
        history.worker.last_known.connect(refresher.on_last_known)
        refresher.key_changed.connect(history.worker.on_key_changed)
        refresher.key_changed.connect(self.details.on_chart_outdated)
        refresher.key_changed.connect(self.on_key_changed)
        refresher.time_passed.connect(self.details.on_chart_outdated)
        refresher.state_changed.connect(self.on_state_changed)
        refresher.time_passed.connect(self.on_time_passed)
        self.details.command_chosen.connect(self.on_command_chosen)
        self.details.first_shown.connect(self.view_changed)
        worker.keyring_asked.connect(self.keyring_wait.on_keyring_asked)
        worker.keyring_answered.connect(self.keyring_wait.on_keyring_answered)
        self.keyring_wait.changed.connect(self.view_changed)
        self.alerts.due.connect(self.on_alerts_due)
        self.alerts.changed.connect(self.view_changed)
        self._worker_thread.finished.connect(worker.on_thread_finished)
        worker.failed_inside.connect(self.failed_inside)


def _alert_rows(memory: AlertMemory, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    if memory.is_blank:
        return ()
    # The icon does not wait for what only alerts need.
    from tray_app.presentation.alert_wording import alert_rows

    return alert_rows(memory, now, zone)
