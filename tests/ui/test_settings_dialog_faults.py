"""What cannot be meant is marked where it stands, and nothing else happens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.core.samples import usd
from tests.ui.settings_bench import Bench

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


@pytest.mark.parametrize(
    ("page", "name", "text", "sentence"),
    [
        ("levels", "low", "five", "Enter an amount above 0, such as $5.00."),
        ("levels", "low", "0", "Enter an amount above 0, such as $5.00."),
        ("levels", "low", "", "Enter an amount above 0, such as $5.00."),
        ("levels", "low", "-5", "Enter an amount above 0, such as $5.00."),
        ("levels", "low", "0.5", "Must not be below the critical amount, $1.00."),
        ("levels", "critical", "6", "Must not be above the low amount, $5.00."),
        (
            "levels",
            "daily",
            "much",
            "Enter an amount such as $5.00, or nothing for no budget.",
        ),
        ("alerts", "below", "5, x", "Enter amounts above 0, such as $20.00, $5.00."),
        ("alerts", "below", "20,5", "Enter amounts above 0, such as $20.00, $5.00."),
        ("alerts", "below", "1 2 3 4 5 6 7 8 9", "Enter at most 8 amounts."),
        (
            "alerts",
            "command",
            "logger -t x",
            "Enter the whole path of a program, without arguments.",
        ),
    ],
)
def test_an_invalid_entry_is_marked_in_place(
    bench: Bench, page: str, name: str, text: str, sentence: str
) -> None:
    field = getattr(getattr(bench.dialog, page), name)
    bench.enter(field, text)
    assert (field.fault.sentence, field.fault.isVisible()) == (sentence, True)
    assert field.line.text() == text
    assert field.line.accessibleDescription() == sentence
    assert bench.changes == []
    assert not any(isinstance(each, QMessageBox) for each in QApplication.topLevelWidgets())


@pytest.mark.parametrize("text", ["ftp://proxy.example", "http://", "a b", "http://x/y"])
def test_an_invalid_address_of_a_proxy_leaves_the_choice_before_in_force(
    bench: Bench, text: str
) -> None:
    proxy = bench.dialog.general.proxy
    proxy.kinds.box.setCurrentIndex(2)
    proxy.kinds.box.activated.emit(2)
    bench.enter(proxy.address, text)
    assert proxy.fault.sentence == "Enter an address such as http://proxy.example:3128."
    assert bench.changes == []


def test_a_corrected_entry_is_taken_and_no_longer_marked(bench: Bench) -> None:
    field = bench.dialog.levels.low
    bench.enter(field, "five")
    bench.enter(field, "7")
    assert not field.fault.isVisible()
    assert bench.only_change.accounts[0].settings.thresholds.low == usd("7")


def test_a_refused_entry_counts_once_another_setting_makes_room(bench: Bench) -> None:
    levels = bench.dialog.levels
    bench.enter(levels.critical, "6")
    bench.enter(levels.low, "10")
    thresholds = bench.changes[-1].accounts[0].settings.thresholds
    assert (thresholds.low, thresholds.critical) == (usd("10"), usd("6"))
    assert not levels.critical.fault.sentence


def test_times_that_cross_are_marked(bench: Bench) -> None:
    levels = bench.dialog.levels
    bench.enter_number(levels.low_time, "0.5")
    assert levels.low_time.fault.sentence == "Must not be below the critical time, 1 day."
    bench.enter_number(levels.critical_time, "4")
    assert levels.critical_time.fault.sentence == "Must not be above the low time, 3 days."
    assert bench.changes == []
    bench.enter_number(levels.low_time, "6")
    thresholds = bench.changes[-1].accounts[0].settings.thresholds
    assert thresholds.critical_time == timedelta(days=4)


def test_quiet_hours_without_a_length_are_marked(bench: Bench) -> None:
    field = bench.dialog.alerts.quiet_hours
    field.check.click()
    field.ends.setTime(QTime(22, 0))
    field.settle()
    assert field.fault.sentence == "Begin and end must differ."
    assert len(bench.changes) == 1
    field.ends.setTime(QTime(6, 0))
    field.settle()
    assert not field.fault.sentence
    assert len(bench.changes) == 2


def test_what_was_refused_is_forgotten_when_the_window_opens_again(bench: Bench) -> None:
    field = bench.dialog.levels.low
    bench.enter(field, "five")
    bench.dialog.close()
    bench.dialog.show()
    assert (field.line.text(), field.fault.sentence) == ("$5.00", "")
