"""Each field of the settings dialog changes its setting, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest

from tests.core.samples import usd
from tests.ui.settings_bench import Bench
from tray_app.core.alert_rules import QuietHours
from tray_app.core.configuration import Configuration, Language, ProxyChoice, ProxyKind
from tray_app.core.settings import IconStyle, Settings
from tray_app.presentation.autostart_state import AutostartState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QComboBox
    from pytestqt.qtbot import QtBot

    from tray_app.ui.settings_dialog import SettingsDialog

DAY = timedelta(days=1)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def of_settings(**changes: Any) -> Configuration:  # noqa: ANN401 — any field of Settings
    account = Configuration().accounts[0]
    return Configuration((replace(account, settings=replace(account.settings, **changes)),))


def of_levels(**changes: Any) -> Configuration:  # noqa: ANN401 — any field of Thresholds
    return of_settings(thresholds=replace(Settings().thresholds, **changes))


def of_alerts(**changes: Any) -> Configuration:  # noqa: ANN401 — any field of AlertRules
    return of_settings(alerts=replace(Settings().alerts, **changes))


def choose(box: QComboBox, index: int) -> None:
    box.setCurrentIndex(index)
    box.activated.emit(index)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("low", "20", of_levels(low=usd("20"))),
        ("low", "$20.50", of_levels(low=usd("20.5"))),
        ("critical", "0.0021", of_levels(critical=usd("0.0021"))),
        ("daily", "5", of_alerts(daily_budget=usd("5"))),
        ("monthly", " $ 1234.56 ", of_alerts(monthly_budget=usd("1234.56"))),
    ],
)
def test_an_amount_changes_its_setting_alone(
    bench: Bench, name: str, text: str, expected: Configuration
) -> None:
    bench.enter(getattr(bench.dialog.levels, name), text)
    assert bench.only_change == expected


def test_several_amounts_alert_from_the_highest_on(bench: Bench) -> None:
    bench.enter(bench.dialog.alerts.below, "5, $20.50; 1 5")
    assert bench.only_change == of_alerts(below=(usd("20.5"), usd("5"), usd("1")))
    assert bench.dialog.alerts.below.line.text() == "$20.50, $5.00, $1.00"


def test_an_emptied_list_of_amounts_alerts_below_none(bench: Bench) -> None:
    bench.enter(bench.dialog.alerts.below, "")
    assert bench.only_change == of_alerts(below=())


def test_an_emptied_budget_is_none(bench: Bench) -> None:
    bench.enter(bench.dialog.levels.daily, "5")
    bench.enter(bench.dialog.levels.daily, "")
    assert bench.changes == [of_alerts(daily_budget=usd("5")), bench.before]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("low_time", "10", of_levels(low_time=10 * DAY)),
        ("critical_time", "0.5", of_levels(critical_time=DAY / 2)),
    ],
)
def test_a_number_of_days_changes_its_setting_alone(
    bench: Bench, name: str, text: str, expected: Configuration
) -> None:
    bench.enter_number(getattr(bench.dialog.levels, name), text)
    assert bench.only_change == expected


def test_the_interval_is_in_minutes(bench: Bench) -> None:
    bench.enter_number(bench.dialog.general.interval, "12")
    assert bench.only_change == of_settings(refresh_interval=timedelta(minutes=12))


def test_the_time_left_that_alerts_is_chosen_and_left_out(bench: Bench) -> None:
    field = bench.dialog.alerts.lasts_less
    bench.enter_number(field.span, "7")
    field.check.click()
    assert not field.span.isEnabled()
    field.check.click()
    assert bench.changes == [
        of_alerts(lasts_less=7 * DAY),
        of_alerts(lasts_less=None),
        of_alerts(lasts_less=3 * DAY),
    ]


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("enabled", "enabled"),
        ("spike", "spike"),
        ("key_rejected", "key_rejected"),
        ("no_fresh_figure", "no_fresh_figure"),
        ("top_up", "top_up"),
    ],
)
def test_each_kind_of_alert_and_all_of_them_are_turned_off(
    bench: Bench, name: str, setting: str
) -> None:
    getattr(bench.dialog.alerts, name).check.click()
    assert bench.only_change == of_alerts(**{setting: False})


def test_while_all_alerts_are_off_there_is_nothing_to_choose(bench: Bench) -> None:
    alerts = bench.dialog.alerts
    fields = (alerts.below, alerts.lasts_less, alerts.spike, alerts.quiet_hours, alerts.command)
    assert all(field.isEnabled() for field in fields)
    alerts.enabled.check.click()
    assert not any(field.isEnabled() for field in fields)
    alerts.enabled.check.click()
    assert all(field.isEnabled() for field in fields)


def test_quiet_hours_begin_with_the_night(bench: Bench) -> None:
    bench.dialog.alerts.quiet_hours.check.click()
    assert bench.only_change == of_alerts(quiet_hours=QuietHours(time(22), time(7)))
    bench.dialog.alerts.quiet_hours.check.click()
    assert bench.changes[1:] == [bench.before]


def test_quiet_hours_are_set_to_the_minute(bench: Bench) -> None:
    field = bench.dialog.alerts.quiet_hours
    field.check.click()
    field.begins.setTime(QTime(23, 15))
    field.settle()
    assert bench.changes[-1] == of_alerts(quiet_hours=QuietHours(time(23, 15), time(7)))


def test_a_row_of_steps_is_one_change(bench: Bench) -> None:
    spin = bench.dialog.general.interval.spin
    for _ in range(3):
        spin.stepUp()
    bench.qtbot.waitUntil(lambda: bool(bench.changes))
    assert bench.only_change == of_settings(refresh_interval=timedelta(minutes=8))


@pytest.mark.parametrize(("number", "style"), [(1, IconStyle.DAYS), (2, IconStyle.LEVEL)])
def test_the_style_of_the_icon_is_chosen_and_shown(
    bench: Bench, number: int, style: IconStyle
) -> None:
    icon = bench.dialog.icon
    before = icon.preview.pictures[0].pixmap().toImage()
    icon.style_choice.buttons[number].click()
    assert bench.only_change == of_settings(icon_style=style)
    assert icon.preview.pictures[0].pixmap().toImage() != before


def test_hidden_amounts_are_hidden_in_the_preview_too(bench: Bench) -> None:
    icon = bench.dialog.icon
    before = icon.preview.pictures[0].pixmap().toImage()
    icon.hides_amounts.check.click()
    assert bench.only_change == of_settings(hides_amounts=True)
    assert icon.preview.pictures[0].pixmap().toImage() != before


def test_the_language_is_chosen(bench: Bench) -> None:
    choose(bench.dialog.general.language.box, 2)
    assert bench.only_change == Configuration(language=Language.CHINESE)


def test_no_proxy_is_chosen(bench: Bench) -> None:
    choose(bench.dialog.general.proxy.kinds.box, 1)
    assert bench.only_change == Configuration(proxy=ProxyChoice(ProxyKind.NONE))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        ("socks5://[::1]:1080", "socks5://[::1]:1080"),
    ],
)
def test_a_proxy_at_an_address_counts_with_its_address(
    bench: Bench, text: str, address: str
) -> None:
    proxy = bench.dialog.general.proxy
    assert not proxy.address.isVisible()
    choose(proxy.kinds.box, 2)
    assert (bench.changes, proxy.address.line.hasFocus()) == ([], True)
    bench.enter(proxy.address, text)
    assert bench.only_change == Configuration(proxy=ProxyChoice(ProxyKind.ADDRESS, address))


def test_an_address_is_kept_for_whoever_comes_back_to_it(bench: Bench) -> None:
    proxy = bench.dialog.general.proxy
    choose(proxy.kinds.box, 2)
    bench.enter(proxy.address, "http://proxy.example:3128")
    choose(proxy.kinds.box, 0)
    choose(proxy.kinds.box, 2)
    at_address = Configuration(proxy=ProxyChoice(ProxyKind.ADDRESS, "http://proxy.example:3128"))
    assert bench.changes == [at_address, Configuration(), at_address]


def test_a_log_in_of_a_proxy_is_hidden_while_nobody_works_on_it(bench: Bench) -> None:
    proxy = bench.dialog.general.proxy
    address = "http://me:s3cret@proxy.example:3128"
    bench.dialog.show_configuration(Configuration(proxy=ProxyChoice(ProxyKind.ADDRESS, address)))
    assert "s3cret" not in proxy.address.line.displayText()
    proxy.address.line.setFocus()
    assert proxy.address.line.displayText() == address
    bench.dialog.general.interval.spin.setFocus()
    assert "s3cret" not in proxy.address.line.displayText()
    assert bench.changes == []


def test_a_program_is_started_with_each_alert(bench: Bench) -> None:
    bench.enter(bench.dialog.alerts.command, "/usr/bin/logger")
    assert bench.only_change == Configuration(alert_command="/usr/bin/logger")


def test_a_program_that_was_looked_for_is_taken(bench: Bench) -> None:
    bench.dialog.alerts.on_program("/usr/bin/logger")
    assert bench.only_change == Configuration(alert_command="/usr/bin/logger")


def test_nothing_is_said_while_a_field_is_being_typed_in(bench: Bench) -> None:
    field = bench.dialog.levels.low
    bench.type(field, "12")
    assert bench.changes == []
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert bench.only_change == of_levels(low=usd("12"))


@pytest.mark.parametrize("close", ["escape", "button"])
def test_what_is_half_typed_counts_when_the_window_is_closed(bench: Bench, close: str) -> None:
    bench.type(bench.dialog.levels.low, "12")
    if close == "escape":
        QTest.keyClick(bench.dialog.levels.low.line, Qt.Key.Key_Escape)
    else:
        bench.dialog.close_button.click()
    assert not bench.dialog.isVisible()
    assert bench.only_change == of_levels(low=usd("12"))


@pytest.mark.parametrize("wanted", [True, False])
def test_the_start_at_login_is_asked_for_and_is_no_setting(bench: Bench, *, wanted: bool) -> None:
    asked: list[bool] = []
    bench.dialog.autostart_wanted.connect(asked.append)
    bench.dialog.show_autostart(AutostartState(is_on=not wanted))
    bench.dialog.general.autostart.check.click()
    assert (asked, bench.changes) == ([wanted], [])


def test_what_is_odd_about_the_start_at_login_is_said(bench: Bench) -> None:
    general = bench.dialog.general
    assert not general.autostart.isEnabled()
    bench.dialog.show_autostart(AutostartState(can_change=False, note="Not here."))
    assert (general.autostart_note.text(), general.autostart_note.isVisible()) == (
        "Not here.",
        True,
    )
    assert not general.autostart.isEnabled()
    bench.dialog.show_autostart(AutostartState(is_on=True))
    assert not general.autostart_note.isVisible()
    assert general.autostart.check.isChecked()
    assert general.autostart.isEnabled()


@pytest.mark.parametrize(
    ("signal", "button"),
    [
        ("file_wanted", lambda dialog: dialog.file),
        ("key_wanted", lambda dialog: dialog.accounts.keys[0]),
    ],
)
def test_a_button_asks_for_what_it_says(
    bench: Bench, signal: str, button: Callable[[SettingsDialog], Any]
) -> None:
    with bench.qtbot.waitSignal(getattr(bench.dialog, signal)):
        button(bench.dialog).click()
    assert bench.changes == []


def test_trouble_is_a_line_that_goes_again(bench: Bench) -> None:
    bench.dialog.show_trouble("The settings could not be saved")
    assert bench.dialog.trouble.isVisible()
    assert bench.dialog.trouble.sentence == "The settings could not be saved"
    bench.dialog.show_trouble("")
    assert not bench.dialog.trouble.isVisible()


def test_the_list_of_languages_is_wide_enough_without_being_measured(bench: Bench) -> None:
    """To measure Chinese is to map its fonts."""
    box = bench.dialog.general.language.box
    width = box.sizeHint().width()
    assert all(
        box.fontMetrics().horizontalAdvance(box.itemText(index)) < width
        for index in range(box.count())
    )
    box.addItem("W" * 100)
    assert box.sizeHint().width() == width
