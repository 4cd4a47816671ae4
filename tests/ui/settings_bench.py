"""The settings dialog on a screen, and what it emits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tray_app.core.configuration import Configuration
from tray_app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tray_app.core.configuration import Account
    from tray_app.ui.entry_field import EntryField
    from tray_app.ui.form_page import FormPage
    from tray_app.ui.span_field import SpanField


class Bench:
    def __init__(self, qtbot: QtBot, *accounts: Account) -> None:
        self.qtbot = qtbot
        self.before = Configuration(accounts) if accounts else Configuration()
        self.dialog = SettingsDialog(self.before)
        self.changes: list[Configuration] = []
        self.dialog.configuration_changed.connect(self.changes.append)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    @property
    def only_change(self) -> Configuration:
        (change,) = self.changes
        return change

    def see(self, page: FormPage) -> None:
        self.dialog.tabs.setCurrentWidget(page)

    def enter(self, field: EntryField[Any], text: str) -> None:
        """Type into a field as the user does, and press Enter."""
        self.type(field, text)
        QTest.keyClick(field.line, Qt.Key.Key_Return)

    def type(self, field: EntryField[Any], text: str) -> None:
        self._bring_forward(field)
        field.line.setFocus()
        field.line.selectAll()
        QTest.keyClick(field.line, Qt.Key.Key_Delete)
        QTest.keyClicks(field.line, text)

    def enter_number(self, field: SpanField, text: str) -> None:
        self._bring_forward(field)
        field.spin.setFocus()
        field.spin.selectAll()
        QTest.keyClicks(field.spin, text)
        QTest.keyClick(field.spin, Qt.Key.Key_Return)

    def _bring_forward(self, widget: QWidget) -> None:
        dialog = self.dialog
        pages = (dialog.general, dialog.icon, dialog.levels, dialog.alerts, dialog.accounts)
        self.see(next(page for page in pages if page.isAncestorOf(widget)))
