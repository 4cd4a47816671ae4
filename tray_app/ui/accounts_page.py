"""The accounts, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.configuration import MOST_ACCOUNTS
from tray_app.presentation import settings_choices as choices
from tray_app.presentation.settings_entries import new_account_name_of
from tray_app.presentation.translation import tr
from tray_app.ui.choice_field import ListField
from tray_app.ui.entry_field import EntryField
from tray_app.ui.form_page import FormPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.ui.settings_editor import SettingsEditor

_ROWS: Final = 4


class AccountsPage(FormPage):
    """Adds and removes accounts; while there is one, its name is not to be seen."""

    key_wanted = Signal(str)
    account_removed = Signal(str)

    def __init__(self, editor: SettingsEditor) -> None:
        super().__init__()
        self._editor = editor
        self._asked_about = ""
        self.shown = ListField[str | None]()
        self.list = QListWidget()
        self.list.setMinimumHeight(_ROWS * self.list.fontMetrics().height())
        # One stands alone, the other beside the list: a button has one place.
        self.keys = (self._button(self.on_key), self._button(self.on_key))
        self.remove, self.add = self._button(self.on_remove), self._button(self.on_add)
        self.name = EntryField[str](self._name_of, str, on_leaving=False)
        self.name.show_value("")
        self.name.entered.connect(self.on_named)
        self.name.line.returnPressed.connect(self.on_add)
        self._shown_row = self.add_row(lambda: tr("The tray &shows:"), self.shown)
        self._key_row = self.add_widget_row(lambda: "", _left(self.keys[0]))
        self._list_row = self.add_widget_row(
            lambda: tr("A&ccounts:"), self._list_and_buttons(), buddy=self.list
        )
        self.add_gap()
        self.add_row(
            lambda: tr("&New account:"),
            self.name,
            self.add,
            hint=lambda: tr("Each account has a key, a history and alerts of its own."),
        )
        self.words(self._say)
        editor.bind(self.shown, choices.SHOWN_ACCOUNT)
        editor.refreshed.connect(self.on_refreshed)

    @property
    def chosen(self) -> str:
        """The account that a button is about: the only one, or the one in the list."""
        accounts = self._editor.configuration.accounts
        item = self.list.currentItem()
        return accounts[0].name if len(accounts) == 1 or item is None else item.text()

    @Slot()
    def on_refreshed(self) -> None:
        """Show the accounts that there are."""
        configuration = self._editor.configuration
        names = [account.name for account in configuration.accounts]
        several = len(names) > 1
        if names != [self.list.item(row).text() for row in range(self.list.count())]:
            chosen = self.chosen if self.list.count() else names[0]
            self.list.clear()
            self.list.addItems(names)
            self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self._offer_shown()
        self.set_row_shown(self._shown_row, shown=several)
        self.set_row_shown(self._list_row, shown=several)
        self.set_row_shown(self._key_row, shown=not several)
        for widget in (self.name, self.add):
            widget.setEnabled(len(names) < MOST_ACCOUNTS)

    @Slot()
    def on_key(self) -> None:
        """Ask for the dialog of the chosen account's key."""
        self.key_wanted.emit(self.chosen)

    @Slot()
    def on_add(self) -> None:
        """Add an account, also where its name was refused before."""
        if self.name.line.text().strip():
            self.name.take(anew=True)
        else:
            self.name.setFocus()

    @Slot(object)
    def on_named(self, name: str) -> None:
        """Add the account, and lead to its key, which comes next."""
        self.name.show_value("")
        self._editor.apply(choices.with_account(self._editor.configuration, name))
        self.list.setCurrentRow(self.list.count() - 1)
        # Not before the Enter that ended the name is over: it would press the button, too.
        QTimer.singleShot(0, self.keys[-1].setFocus)

    @Slot()
    def on_remove(self) -> None:
        """Ask before an account is removed."""
        self._asked_about = name = self.chosen
        question = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Remove account"),
            tr("Remove the account {name}?", name=name),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setInformativeText(
            tr("Its settings and its API key are removed. Its history stays on this computer.")
        )
        remove = question.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        remove.clicked.connect(self.on_removal_confirmed)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    @Slot()
    def on_removal_confirmed(self) -> None:
        """Remove the account that was asked about."""
        configuration, name = self._editor.configuration, self._asked_about
        # Meanwhile the file may have been edited by hand.
        if configuration.account(name) is not None and len(configuration.accounts) > 1:
            self._editor.apply(choices.without_account(configuration, name))
            self.account_removed.emit(name)

    def _offer_shown(self) -> None:
        names = [account.name for account in self._editor.configuration.accounts]
        self.shown.offer(
            [(None, tr("The account with the least time left")), *((name, name) for name in names)]
        )
        self.shown.show_value(self._editor.configuration.shown_account)

    def _name_of(self, text: str) -> str:
        return new_account_name_of(text, self._editor.configuration)

    def _say(self) -> None:
        self._offer_shown()
        for button in self.keys:
            button.setText(tr("API &key…"))
        self.remove.setText(tr("R&emove…"))
        self.add.setText(tr("A&dd"))
        self.list.setAccessibleName(tr("Accounts"))

    def _button(self, on_pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.clicked.connect(on_pressed)
        return button

    def _list_and_buttons(self) -> QWidget:
        buttons = QVBoxLayout()
        buttons.addWidget(self.keys[-1])
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        return widget


def _left(widget: QWidget) -> QWidget:
    """Return it in a row of its own, no wider than it needs."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder
