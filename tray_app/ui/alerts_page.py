"""What alerts, and when nothing is said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton

from tray_app.presentation import settings_choices as choices
from tray_app.presentation.settings_entries import program_of
from tray_app.presentation.translation import tr
from tray_app.ui.account_choice import AccountChoice
from tray_app.ui.choice_field import SwitchField
from tray_app.ui.entry_field import EntryField, amounts_field
from tray_app.ui.form_page import FormPage
from tray_app.ui.quiet_hours_field import QuietHoursField
from tray_app.ui.span_field import OptionalSpanField, days_field

if TYPE_CHECKING:
    from tray_app.ui.settings_editor import SettingsEditor

_USUAL_TIME: Final = timedelta(days=3)


class AlertsPage(FormPage):
    """Each kind of alert on its own, all of them at once, and the hours without any."""

    def __init__(self, editor: SettingsEditor) -> None:
        super().__init__()
        self.account = AccountChoice(self, editor)
        self._editor = editor
        self.enabled = SwitchField()
        self.below = amounts_field()
        self.lasts_less = OptionalSpanField(days_field(), _USUAL_TIME)
        self.spike, self.key_rejected = SwitchField(), SwitchField()
        self.no_fresh_figure, self.top_up = SwitchField(), SwitchField()
        self.quiet_hours = QuietHoursField()
        self.command = EntryField[str](program_of, str)
        self.choose = QPushButton()
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.on_choose)
        self._dependent = (
            *(self.below, self.lasts_less, self.spike, self.key_rejected),
            *(self.no_fresh_figure, self.top_up, self.quiet_hours, self.command, self.choose),
        )
        self._add_rows()
        self._bind(editor)
        editor.refreshed.connect(self.on_alerts_shown)

    @Slot()
    def on_alerts_shown(self) -> None:
        """Let nothing be chosen that has no effect while all alerts are off."""
        enabled = choices.ALERTS.read(self._editor.configuration, self._editor.account)
        for widget in self._dependent:
            widget.setEnabled(enabled)

    @Slot()
    def on_choose(self) -> None:
        """Ask for the program's file."""
        dialog = QFileDialog(self, tr("Program for alerts"), self.command.line.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.on_program)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def on_program(self, path: str) -> None:
        """Take the file that was chosen."""
        self.command.line.setText(path)
        self.command.settle()

    def _add_rows(self) -> None:
        self.add_switch(lambda: tr("&Show alerts"), self.enabled, self.enabled.check)
        self.add_gap()
        self.add_row(lambda: tr("&Below:"), self.below, hint=lambda: tr("One amount or several."))
        self.add_row(lambda: tr("Ti&me left:"), self.lasts_less)
        self.add_switch(
            lambda: tr("Spending far above the &usual"),
            self.spike,
            self.spike.check,
            caption=lambda: tr("Events:"),
        )
        self.add_switch(lambda: tr("API &key rejected"), self.key_rejected, self.key_rejected.check)
        self.add_switch(
            lambda: tr("No fresh figure for six &hours"),
            self.no_fresh_figure,
            self.no_fresh_figure.check,
        )
        self.add_switch(lambda: tr("&Top-up arrived"), self.top_up, self.top_up.check)
        self.add_gap()
        self.add_row(lambda: tr("&Quiet hours:"), self.quiet_hours)
        self.add_row(
            lambda: tr("&Program:"),
            self.command,
            self.choose,
            hint=lambda: tr(
                "Started with each alert, which it finds as JSON on its standard input."
            ),
        )
        self.words(self._say)

    def _bind(self, editor: SettingsEditor) -> None:
        editor.bind(self.enabled, choices.ALERTS)
        editor.bind(self.below, choices.BELOW)
        editor.bind(self.lasts_less, choices.LASTS_LESS)
        editor.bind(self.spike, choices.SPIKE)
        editor.bind(self.key_rejected, choices.KEY_REJECTED)
        editor.bind(self.no_fresh_figure, choices.NO_FRESH_FIGURE)
        editor.bind(self.top_up, choices.TOP_UP)
        editor.bind(self.quiet_hours, choices.QUIET_HOURS)
        editor.bind(self.command, choices.ALERT_COMMAND)

    def _say(self) -> None:
        self.choose.setText(tr("Choos&e…"))
        self.lasts_less.check.setText(tr("&less than"))
        self.below.write_anew()
        self.below.line.setPlaceholderText(tr("None"))
        self.command.line.setPlaceholderText(tr("None"))
