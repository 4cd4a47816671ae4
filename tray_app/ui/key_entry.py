"""The windows with a key and the worker that carries out what is wished there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray_app.core.problem import NoKey

if TYPE_CHECKING:
    from tray_app.core.api_key import ApiKey
    from tray_app.core.problem import Problem
    from tray_app.presentation.source import Source
    from tray_app.ui.balance_worker import BalanceWorker, FetchOutcome
    from tray_app.ui.first_start import FirstStart
    from tray_app.ui.key_dialog import KeyDialog
    from tray_app.ui.keyring_wait import KeyringWait
    from tray_app.ui.refresher import Refresher


class KeyEntry(QObject):
    """Opens the dialog and passes wishes and answers on.

    A wish comes before anything else that the worker may be waiting for, and no refresh leaves by
    itself until it is answered: a key that was tried may be saved next, and a refresh in between
    would have a locked keyring prompt for the old one.
    """

    test_requested = Signal(int, object)
    save_requested = Signal(object)
    delete_requested = Signal()

    def __init__(
        self,
        source: Source,
        worker: BalanceWorker,
        refresher: Refresher,
        keyring_wait: KeyringWait,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._worker = worker
        self._refresher = refresher
        self._keyring_wait = keyring_wait
        self._dialog: KeyDialog | None = None
        self._first_start: FirstStart | None = None
        self._windows: list[KeyDialog | FirstStart] = []
        self.test_requested.connect(worker.on_key_test_requested)
        self.save_requested.connect(worker.on_key_save_requested)
        self.delete_requested.connect(worker.on_key_delete_requested)
        worker.key_tested.connect(self.on_key_tested)
        worker.key_saved.connect(self.on_key_saved)
        worker.key_deleted.connect(self.on_key_deleted)
        keyring_wait.changed.connect(self.on_keyring_wait_changed)

    @property
    def dialog(self) -> KeyDialog | None:
        """The dialog, once it was opened."""
        return self._dialog

    def join(self, first_start: FirstStart) -> None:
        """Carry out what is wished in that window too; while it is open, it is the only one."""
        self._first_start = first_start
        self._join(first_start)

    def open(self, account: str = "") -> None:
        """Bring the dialog forward, or the first start where that is open.

        ``account`` is the account's name where there are several.
        """
        first_start = self._first_start
        if first_start is not None and first_start.isVisible():
            first_start.raise_()
            first_start.activateWindow()
            return
        dialog = self._made_dialog()
        if not dialog.isVisible():
            dialog.set_key_is_stored(stored=not isinstance(self._refresher.state.problem, NoKey))
        dialog.name_account(account)
        dialog.open()
        dialog.raise_()
        dialog.activateWindow()

    def close(self) -> None:
        """Close the dialog where there is one, because its account is gone."""
        if self._dialog is not None:
            self._dialog.close()

    @Slot(int, object)
    def on_test_requested(self, number: int, key: ApiKey) -> None:
        """Have a key tried."""
        self._make_way()
        self.test_requested.emit(number, key)

    @Slot()
    def on_test_cancelled(self) -> None:
        """Nobody waits for the answer any more."""
        self._worker.abort()

    @Slot(object)
    def on_save_requested(self, key: ApiKey) -> None:
        """Have a key stored."""
        self._make_way()
        self.save_requested.emit(key)

    @Slot()
    def on_delete_requested(self) -> None:
        """Have the key removed."""
        self._make_way()
        self.delete_requested.emit()

    # The dialog is told first, and directly: two receivers of one signal from another thread are
    # not told in one go, and the refresher would go on before the dialog has said what comes next.

    @Slot(int, object)
    def on_key_tested(self, number: int, outcome: FetchOutcome) -> None:
        """Pass the answer on; the dialog may save the key now."""
        for window in self._windows:
            window.on_key_tested(number, outcome)
        self._refresher.release()

    @Slot(object)
    def on_key_saved(self, problem: Problem | None) -> None:
        """Pass the answer on and follow the new key."""
        for window in self._windows:
            window.on_key_saved(problem)
        self._follow_key(problem)

    @Slot(object)
    def on_key_deleted(self, problem: Problem | None) -> None:
        """Pass the answer on and follow the absence of a key."""
        if self._dialog is not None:
            self._dialog.on_key_deleted(problem)
        self._follow_key(problem)

    @Slot()
    def on_keyring_wait_changed(self) -> None:
        """Let the windows say whether an answer of the keyring is due."""
        for window in self._windows:
            window.set_keyring_wait(lasts=self._keyring_wait.lasts)

    def _made_dialog(self) -> KeyDialog:
        if self._dialog is None:
            from tray_app.ui.key_dialog import KeyDialog

            dialog = KeyDialog(self._source)
            dialog.delete_requested.connect(self.on_delete_requested)
            self._join(dialog)
            self._dialog = dialog
        return self._dialog

    def _join(self, window: KeyDialog | FirstStart) -> None:
        window.test_requested.connect(self.on_test_requested)
        window.test_cancelled.connect(self.on_test_cancelled)
        window.save_requested.connect(self.on_save_requested)
        window.set_keyring_wait(lasts=self._keyring_wait.lasts)
        self._windows.append(window)

    def _make_way(self) -> None:
        self._refresher.hold()
        self._worker.abort(fetches_up_to=self._refresher.state.generation)

    def _follow_key(self, problem: Problem | None) -> None:
        if problem is None:
            self._refresher.on_key_changed()
        self._refresher.release()
