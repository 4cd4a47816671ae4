"""Composition root of the tray: builds everything, owns the order of start and stop."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QThread, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tray_app.core.configuration import DEFAULT_ACCOUNT, Language
from tray_app.core.journal import journal_lines
from tray_app.core.problem import NoKey
from tray_app.core.refresh_policy import hears_network
from tray_app.presentation.places import BILLING_URL
from tray_app.presentation.tray_view import Command, OwnState, present
from tray_app.presentation.wording import Mishap, about_key_text, about_text
from tray_app.ui.application import make_application, versions_text
from tray_app.ui.balance_worker import BalanceWorker
from tray_app.ui.details_opener import DetailsOpener
from tray_app.ui.history_keeper import HistoryKeeper
from tray_app.ui.key_entry import KeyEntry
from tray_app.ui.keyring_wait import KeyringWait
from tray_app.ui.language import use_language
from tray_app.ui.network_hints import NetworkHints
from tray_app.ui.opener import Opener
from tray_app.ui.os_signals import OsSignals
from tray_app.ui.refresher import Refresher, now_utc
from tray_app.ui.tray import Tray
from tray_app.ui.unexpected import UnexpectedErrors

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.tray_process import TrayProcess
    from tray_app.ui.single_instance import InstanceServer
    from tray_app.wiring import Connection

_WORKER_MAY_TAKE: Final = timedelta(milliseconds=250)
_ICON_MAY_TAKE: Final = timedelta(milliseconds=200)
"""The rest of the start waits so long, that the icon need not."""

_log = logging.getLogger(__name__)


def run_tray(connection: Connection, process: TrayProcess) -> int:
    """Show the tray until the user or the system ends it; return the exit code.

    ``process`` holds its lock.
    """
    crashed_before = process.watch_for_crashes()
    application = make_application()
    use_language(Language.SYSTEM)
    program = TrayProgram(connection, process)
    program.errors.watch()
    if crashed_before:
        program.tell_mishap(Mishap.CRASH)
    program.start()
    code = application.exec()
    worker_ended = program.stop(for_good=True)
    _log.info("quit")
    process.end_well()
    logging.shutdown()
    if not worker_ended:
        # A connection attempt and an open keyring prompt cannot be ended from outside, and a
        # thread must not outlive its QThread: leave without clean-up.
        # Nothing is written at that moment that could be left half done.
        os._exit(code)
    return code


class TrayProgram(QObject):
    """The parts of the running program and what joins them."""

    def __init__(self, connection: Connection, process: TrayProcess) -> None:
        super().__init__()
        self.errors = UnexpectedErrors(self)
        self._connection = connection
        self._process = process
        self._source = connection.source
        self._settings = connection.settings
        self._zone = connection.zone
        self._refresher = Refresher(self._settings, own_share=connection.own_share, parent=self)
        self._hints = NetworkHints(
            connection.watch_network, connection.qt_loads_network_quickly, parent=self
        )
        self._tray = Tray(parent=self)
        self._opener = Opener()
        self._key_was_offered = False
        self._stopped = False
        self._start_is_logged = False
        self._mishap: Mishap | None = None
        self._server: InstanceServer | None = None
        self._known = self._refresher.state
        self._keyring_wait = KeyringWait(parent=self)
        self._signals = OsSignals(self)
        self._thread = QThread(self)
        self._thread.setObjectName("worker")
        self._worker = BalanceWorker(connection.make_key_store, connection.make_client)
        self._worker.moveToThread(self._thread)
        self._history = HistoryKeeper(connection, self._zone, self._settings, parent=self)
        self._details = DetailsOpener(self._history, self._zone, parent=self)
        self._key_entry = KeyEntry(
            self._source, self._worker, self._refresher, self._keyring_wait, parent=self
        )
        self._connect()

    def start(self) -> None:
        """Show what is known, which is nothing yet, and ask."""
        self._show()
        self._tray.start()
        self._thread.start()
        self._history.start()
        self._refresher.start()
        QTimer.singleShot(_ICON_MAY_TAKE // timedelta(milliseconds=1), self.on_settled)

    def stop(self, *, for_good: bool = False) -> bool:
        """End every part in its order; does not wait for what cannot be ended.

        ``for_good`` says that the process ends now, and no signal may change how. Returns False
        where a worker still waits for something: then only the process's own end ends it.
        """
        self._log_start()
        self._stopped = True
        self._tray.hide()
        if self._server is not None:
            self._server.close()
        self._refresher.stop()
        self._hints.set_needed(needed=False)
        self._abort_fetch()
        self._thread.quit()
        worker_ended = self._thread.wait(_WORKER_MAY_TAKE // timedelta(milliseconds=1))
        history_ended = self._history.stop()
        if not (worker_ended and history_ended):
            _log.info("a worker is still busy: leaving without it")
        # Last: until here a second signal must not cut the end short.
        self._signals.close(for_good=for_good)
        return worker_ended and history_ended

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
        before, self._known = self._known, self._refresher.state
        for line in journal_lines(before, self._known):
            _log.info("%s", line)
        self._show()
        self._hints.set_needed(needed=hears_network(self._refresher.state))
        if isinstance(self._refresher.state.problem, NoKey) and not self._key_was_offered:
            self._key_was_offered = True
            self._key_entry.open()

    @Slot()
    def on_fetch_outdated(self) -> None:
        """End a request that the network has forgotten; the refresher asks again."""
        self._abort_fetch(leaves_keyring=False)

    @Slot(object)
    def on_command(self, command: Command) -> None:
        """Do what a menu row or a button says."""
        match command:
            case Command.OPEN_WINDOW:
                self._details.opened().bring_forward()
            case Command.EDIT_KEY:
                self._key_entry.open()
            case Command.REFRESH:
                self._refresh()
            case Command.OPEN_BILLING:
                self._opener.open_page(BILLING_URL)
            case Command.OPEN_LOGS:
                if self._process.logs is not None:
                    self._open_logs(self._process.logs)
            case Command.EXPORT_HISTORY:
                self._details.opened().ask_where_to_export(now_utc().astimezone().date())
            case Command.DELETE_HISTORY:
                self._details.opened().ask_whether_to_delete()
            case Command.ABOUT:
                self._opener.open_about_box(self._about_text())
            case Command.QUIT:
                self.on_quit_requested()

    @Slot(object)
    def on_language_chosen(self, language: Language) -> None:
        """Speak another language at once: windows follow by themselves, all else is told anew."""
        use_language(language)
        self._show()

    @Slot()
    def on_panel_missing(self) -> None:
        """Stand in for the icon with a window."""
        window = self._details.opened()
        window.set_stands_for_tray(stands=True)
        window.bring_forward()

    @Slot()
    def on_tray_appeared(self) -> None:
        """Leave the balance to the icon again."""
        if self._details.window is not None:
            self._details.window.set_stands_for_tray(stands=False)

    def _connect(self) -> None:
        refresher, worker, tray = self._refresher, self._worker, self._tray
        refresher.fetch_requested.connect(worker.on_fetch_requested)
        refresher.fetch_outdated.connect(self.on_fetch_outdated)
        self._hints.network_returned.connect(refresher.on_network_returned)
        worker.fetch_finished.connect(refresher.on_fetch_finished)
        worker.key_replaced.connect(refresher.on_key_changed)
        worker.reading_taken.connect(self._history.worker.on_reading_taken)
        self._history.worker.outlook_changed.connect(refresher.on_outlook_changed)
        refresher.key_changed.connect(self._history.worker.on_key_changed)
        refresher.key_changed.connect(self._details.on_chart_outdated)
        refresher.time_passed.connect(self._details.on_chart_outdated)
        self._details.command_chosen.connect(self.on_command)
        self._details.first_shown.connect(self.on_view_may_have_changed)
        worker.keyring_asked.connect(self._keyring_wait.on_keyring_asked)
        worker.keyring_answered.connect(self._keyring_wait.on_keyring_answered)
        self._keyring_wait.changed.connect(self.on_view_may_have_changed)
        self._thread.finished.connect(worker.on_thread_finished)
        refresher.state_changed.connect(self.on_state_changed)
        refresher.time_passed.connect(self.on_time_passed)
        tray.command_chosen.connect(self.on_command)
        tray.panel_missing.connect(self.on_panel_missing)
        tray.appeared.connect(self.on_tray_appeared)
        worker.failed_inside.connect(self.errors.on_logged)
        self.errors.happened.connect(self.on_unexpected_error)
        self._signals.quit_requested.connect(self.on_quit_requested)

    def _log_start(self) -> None:
        """Log once what was started, also where it ends before it has settled."""
        if not self._start_is_logged:
            self._start_is_logged = True
            _log.info("started: %s", versions_text())

    def _refresh(self) -> None:
        if self._keyring_wait.lasts and self._source.keyring_can_be_left:
            # The one way on when the keyring never answers: its question is put anew.
            self._abort_fetch()
            self._refresher.ask_anew()
        else:
            self._refresher.on_refresh_asked()

    def _abort_fetch(self, *, leaves_keyring: bool = True) -> None:
        self._worker.abort(
            fetches_up_to=self._refresher.state.generation, leaves_keyring=leaves_keyring
        )

    def _show(self) -> None:
        view = present(
            self._refresher.state,
            now_utc(),
            self._settings,
            self._source,
            self._zone,
            own=OwnState(self._mishap, keyring_wait=self._keyring_wait.lasts),
        )
        self._tray.show_view(view)
        self._details.show(view, self._refresher.state)

    def _listen(self) -> None:
        process = self._process
        if not (process.lock.is_held and process.make_runtime_folder()):
            return
        from tray_app.adapters.instance_address import address_of
        from tray_app.ui.single_instance import InstanceServer

        address = address_of(process.runtime, process.name, process.lock.identity)
        self._server = InstanceServer(address, self._status_line, parent=self)
        self._server.show_requested.connect(self.on_show_requested)
        self._server.listen()

    def _status_line(self) -> bytes:
        """Return what other starts of the program are told of the account."""
        from tray_app.presentation.account_report import report_of
        from tray_app.presentation.status_document import TrayStatus, status_line

        now, source = now_utc(), self._source
        report = report_of(
            DEFAULT_ACCOUNT,
            self._refresher.state,
            now,
            self._settings,
            key_from_environment=source.key_from_environment,
        )
        return status_line(TrayStatus(DEFAULT_ACCOUNT, (report,), source.api_url), now)

    def _open_logs(self, folder: Path) -> None:
        # Whoever looks need not be told any more.
        self._mishap = None
        self._show()
        self._opener.open_folder(folder)

    def _about_text(self) -> str:
        source, host = self._source, urlsplit(self._connection.api_url).netloc
        key_place = about_key_text(
            demo=source.demo, key_from_environment=source.key_from_environment
        )
        return about_text(None if source.demo else host, key_place)
