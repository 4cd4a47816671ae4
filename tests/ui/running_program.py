"""The whole program, started on a local Novita and a key store in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING

from tests.ui.memory_key_store import MemoryKeyStore
from tray_app.adapters.alert_file import NoAlertFile
from tray_app.adapters.history_file import HistoryFile
from tray_app.app import TrayProgram
from tray_app.wiring import Connection

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tray_app.core.account_state import AccountState
    from tray_app.tray_process import TrayProcess
    from tray_app.ui.key_dialog import KeyDialog


@dataclass(frozen=True, slots=True)
class LocalConnection(Connection):
    """The real client on the simulator, a key store in memory, and nothing kept in files."""

    store: MemoryKeyStore = field(default_factory=MemoryKeyStore)

    def own_share(self) -> float:
        return 0.5

    def watch_network(self) -> None:
        """The network of whoever runs the tests is no matter of theirs."""

    def make_history(self) -> HistoryFile:
        return HistoryFile(None, zone=UTC)

    def make_settings_file(self) -> None:
        """What is chosen in a test holds for it alone."""

    def open_alert_store(self) -> NoAlertFile:
        return NoAlertFile()

    def open_notifications(self) -> None:
        """The desktop of whoever runs the tests is no matter of theirs."""

    def make_key_store(self) -> MemoryKeyStore:
        return self.store


class Running:
    """A program that was started, and what it would have told the system."""

    def __init__(self, connection: LocalConnection, process: TrayProcess, exits: list[int]) -> None:
        self.store = connection.store
        self.exits = exits
        self.program = TrayProgram(connection, process)

    @property
    def state(self) -> AccountState:
        return self.program.shown.refresher.state

    @property
    def dialog(self) -> KeyDialog:
        dialog = self.program.shown.key_entry.dialog
        assert dialog is not None
        return dialog

    @property
    def tooltip(self) -> str:
        icon = self.program._tray._icon
        return "" if icon is None else icon.toolTip()

    def row(self, text: str) -> QAction:
        return next(row for row in self.program._tray._menu.actions() if row.text() == text)

    @property
    def first_row(self) -> str:
        return self.program._tray._menu.actions()[0].text()
