"""The key dialog closed in the middle of something, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.key_dialog_bench import OFFLINE, Bench
from tests.ui.samples import KEY, OTHER_KEY, reading_of
from tray_app.core.problem import WrongKey

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def reopen(bench: Bench, qtbot: QtBot) -> None:
    bench.dialog.open()
    qtbot.waitUntil(bench.dialog.isActiveWindow)


@pytest.mark.parametrize("how", ["Escape", "window", "Close"])
def test_closing_in_the_middle_of_a_test_cancels_it_once(bench: Bench, how: str) -> None:
    bench.enter()
    match how:
        case "Escape":
            QTest.keyClick(bench.dialog, Qt.Key.Key_Escape)
        case "window":
            bench.dialog.close()
        case _:
            bench.dialog._close.click()
    assert not bench.dialog.isVisible()
    assert bench.cancels == 1


def test_closing_while_nothing_runs_cancels_nothing(bench: Bench) -> None:
    QTest.keyClicks(bench.field, KEY.reveal())
    bench.dialog.close()
    assert bench.cancels == 0


def test_a_late_answer_saves_nothing_and_says_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.enter()
    number = bench.tests[-1][0]
    bench.dialog.close()
    reopen(bench, qtbot)
    before = bench.answer
    bench.dialog.on_key_tested(number, reading_of(1_234))
    assert (bench.saves, bench.answer) == ([], before)


def test_a_late_answer_is_not_taken_for_that_of_the_next_test(bench: Bench, qtbot: QtBot) -> None:
    bench.enter()
    late = bench.tests[-1][0]
    bench.dialog.close()
    reopen(bench, qtbot)
    bench.enter(OTHER_KEY.reveal())
    assert [key for _, key in bench.tests] == [KEY, OTHER_KEY]
    bench.dialog.on_key_tested(late, reading_of(1_234))
    assert bench.saves == []
    bench.answer_test(reading_of(99))
    assert bench.saves == [OTHER_KEY]


def test_a_save_that_ends_after_closing_does_not_disturb_the_next_test(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.dialog.close()
    reopen(bench, qtbot)
    bench.enter(OTHER_KEY.reveal())
    bench.dialog.on_key_saved(None)
    bench.answer_test(reading_of(99))
    assert bench.saves == [KEY, OTHER_KEY]


def test_a_dialog_that_was_closed_in_the_middle_of_a_test_can_be_used_again(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.enter()
    bench.dialog.close()
    reopen(bench, qtbot)
    assert not bench.field.isReadOnly()
    assert bench.dialog._remove.isEnabled()
    bench.enter(OTHER_KEY.reveal())
    assert bench.tests[-1][1] == OTHER_KEY


def test_a_dialog_opened_again_begins_anew(bench: Bench, qtbot: QtBot) -> None:
    bench.enter()
    bench.answer_test(OFFLINE)
    bench.dialog.close()
    reopen(bench, qtbot)
    assert bench.field.text() == ""
    assert bench.answer == ""
    assert not bench.dialog._trial.save_anyway.isVisible()
    assert not bench.dialog._trial.test.isEnabled()
    assert bench.field.hasFocus()


def test_a_dialog_opened_again_no_longer_says_what_it_waited_for(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.enter()
    bench.dialog.close()
    reopen(bench, qtbot)
    assert bench.answer == ""


def test_a_dialog_opened_again_still_tells_of_the_environments_key(qtbot: QtBot) -> None:
    bench = Bench(qtbot, overridden=True)
    bench.enter()
    bench.answer_test(WrongKey(""))
    bench.dialog.close()
    reopen(bench, qtbot)
    assert "NOVITA_API_KEY" in bench.answer


def test_a_dialog_opened_again_hides_what_is_typed(bench: Bench, qtbot: QtBot) -> None:
    bench.dialog._trial.reveal.click()
    bench.dialog.close()
    reopen(bench, qtbot)
    assert bench.field.echoMode() is QLineEdit.EchoMode.Password
    assert not bench.dialog._trial.reveal.isChecked()


def test_opening_an_open_dialog_again_keeps_what_was_typed(bench: Bench) -> None:
    QTest.keyClicks(bench.field, KEY.reveal())
    bench.dialog.open()
    assert bench.field.text() == KEY.reveal()
