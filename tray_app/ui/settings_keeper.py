"""What the user chose: in force, in the file, and in the dialog, which are never at odds."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray_app.core.settings_merge import merged
from tray_app.core.settings_problem import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.core.configuration import Configuration
    from tray_app.core.settings_fault import SettingsFault
    from tray_app.core.settings_problem import SettingsProblem
    from tray_app.ui.ports import SettingsStore
    from tray_app.ui.settings_watch import SettingsWatch

_log = logging.getLogger(__name__)


class SettingsKeeper(QObject):
    """Holds the configuration in force; ``store`` None keeps nothing, as in the demo."""

    changed = Signal()
    """Another configuration is in force."""
    trouble_changed = Signal()
    """What is wrong with the file is something else now."""

    def __init__(
        self,
        store: SettingsStore | None,
        configuration: Configuration,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._configuration = configuration
        self._kept = configuration
        """What the file said last; what is in force besides could not be kept yet."""
        self._faults: tuple[SettingsFault, ...] = ()
        self._problem: SettingsProblem | None = None
        self._note = ""
        self._watch: SettingsWatch | None = None

    @property
    def configuration(self) -> Configuration:
        """What is in force."""
        return self._configuration

    @property
    def trouble(self) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty where nothing is."""
        note = (self._note,) if self._note else ()
        if self._problem is None and not self._faults:
            return note
        # Loaded for a file that is wrong somewhere.
        from tray_app.presentation.settings_wording import settings_fault_text, settings_trouble

        problem = () if self._problem is None else (settings_trouble(self._problem),)
        return (*note, *problem, *map(settings_fault_text, self._faults))

    @property
    def is_first_start(self) -> bool:
        """Whether nothing was ever chosen; never where nothing is kept, or nobody can look."""
        # What is there may be a link that leads nowhere, or lie in a folder that is closed.
        if self._store is None:
            return False
        try:
            return not self._store.load().exists
        except SettingsError:
            return False

    def written_path(self) -> Path | None:
        """Return the file, written where there is none yet; None where nothing is kept."""
        if self._store is None:
            return None
        if self.is_first_start:
            self.change(self._configuration)
        return self._store.path

    def watch(self) -> None:
        """Follow edits by hand from now on; what was changed since the start holds at once."""
        if self._store is None or self._watch is not None:
            return
        from tray_app.ui.settings_watch import SettingsWatch

        self._watch = SettingsWatch(self._store.path, parent=self)
        self._watch.changed.connect(self.on_file_changed)
        self.on_file_changed()

    def change(self, configuration: Configuration) -> None:
        """Let another configuration be in force, and keep it.

        What was edited by hand meanwhile holds as well. Where it cannot be kept it holds until the
        program ends, the trouble says so, and the file's next change tries again.
        """
        problem = None
        self._note = ""
        if self._store is not None:
            try:
                # Not every edit by hand is told: a network's folder, or no watch left to have.
                loaded = self._store.load()
                configuration = merged(self._kept, configuration, loaded.configuration)
                self._store.save(configuration)
                self._kept = configuration
            except SettingsError as error:
                _log.warning("settings: %s", error)
                problem = error.problem
        self._set_trouble(problem, self._faults)
        self._set(configuration)

    def tell(self, note: str) -> None:
        """Tell of a choice that could not be carried out, until the next change."""
        self._note = note
        self.trouble_changed.emit()

    @Slot()
    def on_file_changed(self) -> None:
        """Let what the file says be in force; where it says nothing, all stays as it is."""
        if self._store is None:
            return
        try:
            loaded = self._store.load()
        except SettingsError as error:
            _log.warning("settings: %s", error)
            self._set_trouble(error.problem, ())
            return
        configuration = merged(self._kept, self._configuration, loaded.configuration)
        self._kept = loaded.configuration
        if configuration == loaded.configuration:
            self._set_trouble(None, loaded.faults)
            self._set(configuration)
        else:
            # Chosen while the file could not be read or written.
            self._faults = loaded.faults
            self.change(configuration)

    def _set(self, configuration: Configuration) -> None:
        if configuration != self._configuration:
            self._configuration = configuration
            self.changed.emit()

    def _set_trouble(
        self, problem: SettingsProblem | None, faults: tuple[SettingsFault, ...]
    ) -> None:
        if (problem, faults) != (self._problem, self._faults):
            self._problem, self._faults = problem, faults
            self.trouble_changed.emit()
