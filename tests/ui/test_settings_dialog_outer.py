"""What another hand changed is shown, is not handed back, and takes nothing from whoever types."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.adapters.settings_samples import configurations
from tests.core.samples import usd
from tests.ui.settings_bench import Bench
from tray_app.core.configuration import Account, Configuration
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings
from tray_app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def with_low(text: str) -> Configuration:
    return Configuration((Account(settings=Settings(thresholds=Thresholds(low=usd(text)))),))


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(configuration=configurations())
def test_whatever_is_shown_is_read_back_unchanged(
    qtbot: QtBot, configuration: Configuration
) -> None:
    dialog = SettingsDialog(Configuration())
    qtbot.addWidget(dialog)
    changes: list[Configuration] = []
    dialog.configuration_changed.connect(changes.append)
    dialog.show_configuration(configuration)
    for account in configuration.accounts:
        dialog.editor.choose_account(account.name)
        dialog.editor.settle()
    dialog.editor.restore()
    dialog.editor.settle()
    assert dialog.editor.configuration == configuration
    assert changes == []


def test_an_outer_change_is_shown_and_not_handed_back(bench: Bench) -> None:
    bench.dialog.show_configuration(with_low("9"))
    assert bench.dialog.levels.low.line.text() == "$9.00"
    assert bench.changes == []


def test_an_edit_after_an_outer_change_keeps_it(bench: Bench) -> None:
    bench.dialog.show_configuration(with_low("9"))
    bench.enter_number(bench.dialog.general.interval, "7")
    (account,) = with_low("9").accounts
    after = replace(account.settings, refresh_interval=timedelta(minutes=7))
    assert bench.only_change == Configuration((replace(account, settings=after),))


def test_an_outer_change_does_not_steal_what_is_being_typed(bench: Bench) -> None:
    field = bench.dialog.levels.low
    bench.type(field, "12")
    bench.dialog.show_configuration(with_low("9"))
    assert (field.line.text(), field.line.hasFocus()) == ("12", True)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert bench.only_change == with_low("12")


def test_an_outer_change_does_not_steal_a_number_that_is_being_typed(bench: Bench) -> None:
    field = bench.dialog.levels.low_time
    bench.see(bench.dialog.levels)
    field.spin.setFocus()
    field.spin.selectAll()
    QTest.keyClicks(field.spin, "12")
    bench.dialog.show_configuration(with_low("9"))
    assert field.spin.lineEdit().text().startswith("12")
    QTest.keyClick(field.spin, Qt.Key.Key_Return)
    thresholds = bench.only_change.accounts[0].settings.thresholds
    assert thresholds == Thresholds(low=usd("9"), low_time=timedelta(days=12))


def test_an_entry_with_a_fault_outlives_an_outer_change_of_something_else(bench: Bench) -> None:
    bench.enter(bench.dialog.levels.daily, "much")
    bench.dialog.show_configuration(with_low("9"))
    assert bench.dialog.levels.daily.line.text() == "much"
    assert bench.dialog.levels.daily.fault.isVisible()


def test_an_outer_change_of_the_same_setting_replaces_a_fault(bench: Bench) -> None:
    bench.enter(bench.dialog.levels.low, "much")
    bench.see(bench.dialog.general)
    bench.dialog.show_configuration(with_low("9"))
    assert bench.dialog.levels.low.line.text() == "$9.00"
    assert not bench.dialog.levels.low.fault.sentence


def test_exact_values_that_no_box_can_show_survive_other_edits(bench: Bench) -> None:
    odd = timedelta(days=3, microseconds=7)
    thresholds = Thresholds(low=usd("5.123456789"), low_time=odd)
    bench.dialog.show_configuration(
        Configuration((Account(settings=Settings(thresholds=thresholds)),))
    )
    bench.see(bench.dialog.levels)
    for _ in range(12):
        focused = bench.dialog.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert bench.changes == []
    bench.enter(bench.dialog.levels.critical, "2")
    assert bench.only_change.accounts[0].settings.thresholds == replace(
        thresholds, critical=usd("2")
    )


def test_an_account_that_is_gone_is_no_longer_shown(bench: Bench) -> None:
    bench.dialog.show_configuration(Configuration((Account("home"), Account("work"))))
    bench.dialog.editor.choose_account("work")
    bench.dialog.show_configuration(Configuration((Account("home"), Account("lab"))))
    assert bench.dialog.editor.account == "home"
    assert bench.dialog.levels.account.box.currentText() == "home"
