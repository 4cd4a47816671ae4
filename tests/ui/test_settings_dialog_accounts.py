from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from tests.core.samples import usd
from tests.ui.seen import texts_of
from tests.ui.settings_bench import Bench
from tray_app.core.configuration import MOST_ACCOUNTS, Account, Configuration
from tray_app.core.settings import IconStyle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOME, WORK = Account("home"), Account("work")


@pytest.fixture
def one(qtbot: QtBot) -> Bench:
    return Bench(qtbot, Account("only-one"))


@pytest.fixture
def two(qtbot: QtBot) -> Bench:
    return Bench(qtbot, HOME, WORK)


def test_the_name_of_a_single_account_is_never_seen(one: Bench) -> None:
    for index in range(one.dialog.tabs.count()):
        one.dialog.tabs.setCurrentIndex(index)
        assert not [text for text in texts_of(one.dialog) if "only-one" in text]


def test_the_key_of_a_single_account_is_asked_for_by_its_name(one: Bench) -> None:
    one.see(one.dialog.accounts)
    with one.qtbot.waitSignal(one.dialog.key_wanted) as asked:
        one.dialog.accounts.keys[0].click()
    assert asked.args == ["only-one"]


def test_an_account_is_added_by_name_with_the_settings_of_the_first(one: Bench) -> None:
    one.enter(one.dialog.levels.low, "9")
    one.enter(one.dialog.accounts.name, "work")
    first, added = one.changes[-1].accounts
    assert (first.name, added.name) == ("only-one", "work")
    assert added.settings == first.settings
    accounts = one.dialog.accounts
    assert (accounts.chosen, accounts.name.line.text()) == ("work", "")
    one.qtbot.waitUntil(accounts.keys[1].hasFocus)


def test_the_enter_that_ends_a_new_name_does_not_ask_for_its_key_yet(two: Bench) -> None:
    asked: list[str] = []
    two.dialog.key_wanted.connect(asked.append)
    two.see(two.dialog.accounts)
    two.enter(two.dialog.accounts.name, "lab")
    two.qtbot.waitUntil(two.dialog.accounts.keys[1].hasFocus)
    assert asked == []
    QTest.keyClick(two.dialog.accounts.keys[1], Qt.Key.Key_Return)
    assert asked == ["lab"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("home", "There is an account of that name."),
        ("least-time", "A name has 1 to 32"),
        ("two words", "A name has 1 to 32"),
        ("sk_live_1234", "A name has 1 to 32"),
    ],
)
def test_a_name_that_cannot_be_is_marked(two: Bench, text: str, sentence: str) -> None:
    field = two.dialog.accounts.name
    two.enter(field, text)
    assert field.fault.sentence.startswith(sentence)
    assert text not in field.fault.sentence
    assert two.changes == []


def test_a_name_that_is_left_without_adding_adds_nothing(two: Bench) -> None:
    two.type(two.dialog.accounts.name, "lab")
    QTest.keyClick(two.dialog.accounts.name.line, Qt.Key.Key_Tab)
    assert two.changes == []
    two.dialog.accounts.add.click()
    assert [account.name for account in two.only_change.accounts] == ["home", "work", "lab"]


def test_there_is_an_end_to_adding(qtbot: QtBot) -> None:
    bench = Bench(qtbot, *(Account(f"a{number}") for number in range(MOST_ACCOUNTS)))
    assert not bench.dialog.accounts.add.isEnabled()
    assert not bench.dialog.accounts.name.isEnabled()


def test_the_key_of_the_chosen_account_is_asked_for(two: Bench) -> None:
    two.see(two.dialog.accounts)
    two.dialog.accounts.list.setCurrentRow(1)
    with two.qtbot.waitSignal(two.dialog.key_wanted) as asked:
        two.dialog.accounts.keys[1].click()
    assert asked.args == ["work"]


@pytest.mark.parametrize("agreed", [True, False])
def test_an_account_is_removed_after_asking(two: Bench, *, agreed: bool) -> None:
    removed: list[str] = []
    two.dialog.account_removed.connect(removed.append)
    two.see(two.dialog.accounts)
    two.dialog.accounts.list.setCurrentRow(1)
    two.dialog.accounts.remove.click()
    (question,) = two.dialog.findChildren(QMessageBox)
    assert (removed, two.changes) == ([], [])
    words = "Remove" if agreed else "Cancel"
    next(button for button in question.buttons() if words in button.text()).click()
    assert removed == (["work"] if agreed else [])
    assert two.changes == ([Configuration((HOME,))] if agreed else [])


def test_the_account_that_the_tray_shows_is_chosen(two: Bench) -> None:
    shown = two.dialog.accounts.shown
    assert shown.box.currentText() == "The account with the least time left"
    shown.box.activated.emit(2)
    assert two.only_change == replace(two.before, shown_account="work")


def test_without_the_shown_account_the_tray_shows_the_one_with_the_least_time(two: Bench) -> None:
    two.dialog.show_configuration(replace(two.before, shown_account="work"))
    two.see(two.dialog.accounts)
    two.dialog.accounts.list.setCurrentRow(1)
    two.dialog.accounts.on_remove()
    two.dialog.accounts.on_removal_confirmed()
    assert two.only_change == Configuration((HOME,))


def test_levels_are_changed_for_the_chosen_account_alone(two: Bench) -> None:
    two.see(two.dialog.levels)
    two.dialog.levels.account.box.activated.emit(1)
    two.enter(two.dialog.levels.low, "9")
    home, work = two.only_change.accounts
    assert home == HOME
    assert work.settings.thresholds.low == usd("9")
    assert two.dialog.alerts.account.box.currentText() == "work"


def test_what_is_half_typed_belongs_to_the_account_that_was_shown(two: Bench) -> None:
    two.type(two.dialog.levels.low, "9")
    two.dialog.levels.account.box.activated.emit(1)
    assert two.dialog.levels.low.line.text() == "$5.00"
    home, work = two.only_change.accounts
    assert (home.settings.thresholds.low, work) == (usd("9"), WORK)


def test_what_accounts_share_is_changed_for_all(two: Bench) -> None:
    two.see(two.dialog.icon)
    two.dialog.icon.style_choice.buttons[2].click()
    styles = {account.settings.icon_style for account in two.only_change.accounts}
    assert styles == {IconStyle.LEVEL}
