"""From where on a balance is low, and what may be spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from tray_app.presentation import settings_choices as choices
from tray_app.presentation.translation import tr
from tray_app.ui.account_choice import AccountChoice
from tray_app.ui.entry_field import amount_field, optional_amount_field
from tray_app.ui.form_page import FormPage
from tray_app.ui.span_field import days_field

if TYPE_CHECKING:
    from tray_app.ui.settings_editor import SettingsEditor


class LevelsPage(FormPage):
    """From where on a balance is low or critical, and what may be spent."""

    def __init__(self, editor: SettingsEditor) -> None:
        super().__init__()
        self.account = AccountChoice(self, editor)
        self.low, self.critical = amount_field(), amount_field()
        self.low_time, self.critical_time = days_field(), days_field()
        self.daily, self.monthly = optional_amount_field(), optional_amount_field()
        self.add_row(lambda: tr("&Low below:"), self.low, self._or(), self.low_time)
        self.add_row(
            lambda: tr("C&ritical below:"),
            self.critical,
            self._or(),
            self.critical_time,
            hint=lambda: tr("The icon changes its colour and its shape."),
        )
        self.add_gap()
        self.add_row(lambda: tr("&Daily budget:"), self.daily)
        self.add_row(
            lambda: tr("&Monthly budget:"),
            self.monthly,
            hint=lambda: tr("An alert at 50, 80 and 100 % of it."),
        )
        self.words(self._say)
        editor.bind(self.low, choices.LOW)
        editor.bind(self.critical, choices.CRITICAL)
        editor.bind(self.low_time, choices.LOW_TIME)
        editor.bind(self.critical_time, choices.CRITICAL_TIME)
        editor.bind(self.daily, choices.DAILY_BUDGET)
        editor.bind(self.monthly, choices.MONTHLY_BUDGET)

    def _say(self) -> None:
        self.low_time.describe(tr("Low where it lasts less than"), "")
        self.critical_time.describe(tr("Critical where it lasts less than"), "")
        for amount in (self.low, self.critical):
            amount.write_anew()
        for budget in (self.daily, self.monthly):
            budget.line.setPlaceholderText(tr("None"))
            budget.write_anew()

    def _or(self) -> QLabel:
        label = QLabel()
        self.words(lambda: label.setText(tr("or")))
        return label
