"""The settings in a window: each finished edit applies at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tray_app.presentation.translation import tr
from tray_app.ui.accounts_page import AccountsPage
from tray_app.ui.alerts_page import AlertsPage
from tray_app.ui.enter_key import pressed_focused_button
from tray_app.ui.general_page import GeneralPage
from tray_app.ui.icon_page import IconPage
from tray_app.ui.levels_page import LevelsPage
from tray_app.ui.setting_field import FaultLabel
from tray_app.ui.settings_editor import SettingsEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from tray_app.core.configuration import Configuration
    from tray_app.presentation.autostart_state import AutostartState


class SettingsDialog(QDialog):
    """Shows a Configuration and hands on every valid change; it reads and writes no file.

    What is typed applies when its field is left, Enter is pressed or the window is closed. What
    cannot be meant is marked where it stands, and the value before stays in force.
    """

    configuration_changed = Signal(object)
    """The Configuration that the user's edit made."""
    autostart_wanted = Signal(bool)
    """Whether the next login is to start the program; show_autostart says what came of it."""
    key_wanted = Signal(str)
    """The name of the account whose key is to be entered."""
    account_removed = Signal(str)
    """The name of an account that the last configuration no longer has; its key is to go."""
    file_wanted = Signal()
    """The settings file is to be opened."""

    def __init__(self, configuration: Configuration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = SettingsEditor(self)
        self.editor.changed.connect(self.configuration_changed)
        self.general = GeneralPage(self.editor)
        self.icon = IconPage(self.editor)
        self.levels = LevelsPage(self.editor)
        self.alerts = AlertsPage(self.editor)
        self.accounts = AccountsPage(self.editor)
        self.general.autostart_wanted.connect(self.autostart_wanted)
        self.accounts.key_wanted.connect(self.key_wanted)
        self.accounts.account_removed.connect(self.account_removed)
        self.tabs = QTabWidget()
        # A page that is out of sight is a setting that nobody finds.
        self.tabs.setUsesScrollButtons(False)
        for page in (self.general, self.icon, self.levels, self.alerts, self.accounts):
            self.tabs.addTab(page, "")
        self.trouble = FaultLabel()
        self.file, self.close_button = QPushButton(), QPushButton()
        self.file.clicked.connect(self.file_wanted)
        self.close_button.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.file)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        for button in (self.file, self.close_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
        self._translate()
        self.editor.show(configuration)

    def show_configuration(self, configuration: Configuration) -> None:
        """Show what is in force by another hand; what is being typed stays."""
        self.editor.show(configuration)

    def show_autostart(self, state: AutostartState) -> None:
        """Show whether the next login starts the program."""
        self.general.show_autostart(state)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong with the file, or that a change was not saved; empty for nothing."""
        self.trouble.show_sentence(sentence)

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Ask for what the largest page needs, as far as the screen has it."""
        room = self.screen().availableSize() * 9 / 10
        return super().sizeHint().boundedTo(room)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Begin with what is in force: what was refused before is forgotten."""
        if not event.spontaneous():
            self.editor.restore()
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            # Qt by itself takes two thirds of the screen at most.
            self.resize(self.sizeHint())
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Let Enter press the button that has the focus; in a field it ends an edit alone."""
        if pressed_focused_button(self, event):
            return
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    @Slot()
    def reject(self) -> None:
        """Close, and take what is half typed: whoever typed it meant it."""
        self.editor.settle()
        super().reject()

    def _translate(self) -> None:
        self.setWindowTitle(tr("Settings"))
        titles = (
            tr("&General"),
            tr("&Icon"),
            tr("Le&vels and budgets"),
            tr("&Alerts"),
            tr("Acc&ounts"),
        )
        for number, title in enumerate(titles):
            self.tabs.setTabText(number, title)
        self.file.setText(tr("Open settings &file"))
        self.close_button.setText(tr("Close"))
        for page in (self.general, self.icon, self.levels, self.alerts, self.accounts):
            page.translate()
