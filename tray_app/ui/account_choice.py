"""Whose settings a page shows, where there are several accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tray_app.presentation.translation import tr
from tray_app.ui.choice_field import ListField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

    from tray_app.ui.form_page import FormPage
    from tray_app.ui.settings_editor import SettingsEditor


class AccountChoice(QObject):
    """A row that chooses an account, for all pages alike; there is none for a single account."""

    def __init__(self, page: FormPage, editor: SettingsEditor) -> None:
        super().__init__(page)
        self._page, self._editor = page, editor
        self._field = ListField[str]()
        self._field.entered.connect(self.on_account)
        self._row = page.add_row(lambda: tr("A&ccount:"), self._field)
        editor.refreshed.connect(self.on_refreshed)

    @property
    def box(self) -> QComboBox:
        """The list of the accounts' names."""
        return self._field.box

    @Slot(object)
    def on_account(self, name: str) -> None:
        """Show that account's settings."""
        self._editor.choose_account(name)

    @Slot()
    def on_refreshed(self) -> None:
        """Offer the accounts that there are; of a single one nothing is said."""
        names = [account.name for account in self._editor.configuration.accounts]
        several = len(names) > 1
        self._field.offer([(name, name) for name in names] if several else [])
        self._field.show_value(self._editor.account)
        self._page.set_row_shown(self._row, shown=several)
