"""The settings dialog and the first start as the program sees them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.autostart import AutostartProblem
    from tray_app.core.configuration import Configuration
    from tray_app.core.first_choices import FirstChoices
    from tray_app.ui.first_start import FirstStart
    from tray_app.ui.key_entry import KeyEntry
    from tray_app.ui.ports import Autostart
    from tray_app.ui.settings_dialog import SettingsDialog
    from tray_app.ui.settings_keeper import SettingsKeeper

_log = logging.getLogger(__name__)


class SettingsOpener(QObject):
    """Makes each window when it is first wanted, and joins it with file and entry at login."""

    key_wanted = Signal(str)
    """The account whose key is to be entered."""
    account_removed = Signal(str)
    """An account whose key is to go."""
    file_wanted = Signal()
    """The settings file is to be opened."""

    def __init__(
        self,
        keeper: SettingsKeeper,
        make_autostart: Callable[[], Autostart],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._make_autostart = make_autostart
        self._autostart: Autostart | None = None
        self._dialog: SettingsDialog | None = None
        self._first_start: FirstStart | None = None
        keeper.changed.connect(self.on_changed)
        keeper.trouble_changed.connect(self.on_trouble_changed)

    @property
    def dialog(self) -> SettingsDialog | None:
        """The dialog, once it was opened."""
        return self._dialog

    @property
    def first_start(self) -> FirstStart | None:
        """The window of the first start, once it was opened."""
        return self._first_start

    def open(self) -> None:
        """Bring the dialog forward."""
        dialog = self._made_dialog()
        if not dialog.isVisible():
            self._show_autostart()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def open_first_start(self, key_entry: KeyEntry, *, tray_is_missing: bool) -> None:
        """Ask for everything that a new user has to say, in one window."""
        from tray_app.ui.first_start import FirstStart

        window = FirstStart()
        window.finished_with.connect(self.on_finished_with)
        key_entry.join(window)
        self._first_start = window
        self.tell_tray(is_missing=tray_is_missing)
        window.show()
        window.raise_()
        window.activateWindow()

    def tell_tray(self, *, is_missing: bool) -> None:
        """Let a first start that is open say what to do on a desktop without a tray."""
        if self._first_start is not None:
            self._first_start.set_tray_is_missing(missing=is_missing)

    @Slot(object)
    def on_finished_with(self, choices: FirstChoices) -> None:
        """Let the choices of the first start be in force."""
        self._keeper.change(choices.applied_to(self._keeper.configuration))
        if choices.autostart:
            self.on_autostart_wanted(True)  # noqa: FBT003 — a slot has positions only

    @Slot(object)
    def on_configuration_changed(self, configuration: Configuration) -> None:
        """Let an edit be in force."""
        self._keeper.change(configuration)

    @Slot(bool)
    def on_autostart_wanted(self, wanted: bool) -> None:  # noqa: FBT001 — a signal has positions only
        """Make or remove the entry at login, and show what came of it."""
        # The icon does not wait for what only these windows need.
        from tray_app.core.autostart import AutostartError
        from tray_app.presentation.autostart_wording import autostart_trouble

        problem = None
        try:
            if wanted:
                self._opened_autostart().turn_on()
            else:
                self._opened_autostart().turn_off()
        except AutostartError as error:
            _log.warning("start at login: %s", error)
            problem = error.problem
            if self._dialog is None:
                # Whoever chose it in the first start must learn that it was not done.
                self._keeper.tell(autostart_trouble(problem))
        self._show_autostart(problem)

    @Slot()
    def on_changed(self) -> None:
        """Show what is in force by another hand."""
        if self._dialog is not None:
            self._dialog.show_configuration(self._keeper.configuration)

    @Slot()
    def on_trouble_changed(self) -> None:
        """Show what is wrong with the file."""
        if self._dialog is not None:
            # Loaded with the dialog.
            from tray_app.presentation.settings_wording import several_troubles

            self._dialog.show_trouble(several_troubles(self._keeper.trouble))

    def _made_dialog(self) -> SettingsDialog:
        if self._dialog is None:
            from tray_app.ui.settings_dialog import SettingsDialog

            dialog = SettingsDialog(self._keeper.configuration)
            dialog.configuration_changed.connect(self.on_configuration_changed)
            dialog.autostart_wanted.connect(self.on_autostart_wanted)
            dialog.key_wanted.connect(self.key_wanted)
            dialog.account_removed.connect(self.account_removed)
            dialog.file_wanted.connect(self.file_wanted)
            self._dialog = dialog
            self.on_trouble_changed()
        return self._dialog

    def _show_autostart(self, problem: AutostartProblem | None = None) -> None:
        if self._dialog is None:
            return
        from tray_app.core.autostart import AutostartError
        from tray_app.presentation.autostart_state import autostart_state

        autostart, status = self._opened_autostart(), None
        try:
            status = autostart.status()
        except AutostartError as error:
            problem = problem or error.problem
        state = autostart_state(status, hindrance=autostart.hindrance, problem=problem)
        self._dialog.show_autostart(state)

    def _opened_autostart(self) -> Autostart:
        if self._autostart is None:
            self._autostart = self._make_autostart()
        return self._autostart
