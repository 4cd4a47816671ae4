"""The first start in each of its states."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.core.samples import usd
from tests.ui.first_start_bench import FirstStartBench
from tests.ui.samples import KEY, OTHER_KEY, reading_of
from tray_app.core.first_choices import FirstChoices, default_choices
from tray_app.core.problem import (
    ConnectionFault,
    KeyringLocked,
    KeyringMissing,
    Offline,
    PermissionLacking,
    Problem,
    TimedOut,
    WrongKey,
)
from tray_app.presentation.first_start_wording import (
    amount_fault_text,
    no_tray_at_start_text,
    order_fault_text,
)
from tray_app.presentation.places import KEYS_URL
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.wording import keyring_wait_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OFFLINE = Offline(ConnectionFault.NAME_NOT_FOUND)


@pytest.fixture
def bench(qtbot: QtBot) -> FirstStartBench:
    return FirstStartBench(qtbot)


def retype(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def test_with_nothing_typed_there_is_nothing_to_start(bench: FirstStartBench) -> None:
    assert not bench.can_start
    assert not bench.window._trial.test.isEnabled()
    assert bench.window._later.isEnabled()
    assert bench.answer == "The key stays in the system's keyring."
    assert bench.field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert (bench.tests, bench.window.isVisible()) == ([], True)


def test_the_link_leads_to_where_keys_are_made(bench: FirstStartBench) -> None:
    assert f'href="{KEYS_URL}"' in bench.window._keys_link.text()
    assert bench.window._keys_link.openExternalLinks()


def test_a_test_answers_in_place_and_saves_a_right_key(bench: FirstStartBench) -> None:
    bench.test_key()
    assert (bench.tests, bench.answer, bench.can_start) == ([(1, KEY)], "Asking Novita…", False)
    bench.answer_test(reading_of(1_234))
    assert bench.answer == "It works: $12.34 available. Saving…"
    assert (bench.saves, bench.can_start) == ([KEY], False)
    bench.window.on_key_saved(None)
    assert bench.answer.startswith("It works: $12.34 available. Saved.")
    assert (bench.field.text(), bench.field.placeholderText()) == ("", "A key is saved")
    assert (bench.chosen, bench.can_start) == ([], True)


def test_a_saved_key_is_started_with_and_not_tried_again(bench: FirstStartBench) -> None:
    bench.test_key()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    bench.window._start.click()
    assert bench.chosen == [default_choices()]
    assert len(bench.tests) == 1
    assert not bench.window.isVisible()


def test_start_tries_and_saves_the_key_before(bench: FirstStartBench) -> None:
    bench.type_key()
    bench.window._start.click()
    assert (bench.tests, bench.saves, bench.chosen) == ([(1, KEY)], [], [])
    bench.answer_test(reading_of(1_234))
    assert (bench.saves, bench.chosen) == ([KEY], [])
    bench.window.on_key_saved(None)
    assert bench.chosen == [default_choices()]
    assert not bench.window.isVisible()


def test_another_key_typed_after_a_saved_one_is_tried_too(bench: FirstStartBench) -> None:
    bench.test_key()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    bench.type_key(OTHER_KEY.reveal())
    bench.window._start.click()
    assert bench.tests[-1][1] == OTHER_KEY
    assert bench.chosen == []


@pytest.mark.parametrize("by_start", [False, True])
@pytest.mark.parametrize("problem", [WrongKey("x"), PermissionLacking("x")])
def test_a_wrong_key_is_named_and_never_saved(
    bench: FirstStartBench,
    problem: Problem,
    by_start: bool,  # noqa: FBT001 — a table
) -> None:
    bench.type_key()
    (bench.window._start if by_start else bench.window._trial.test).click()
    bench.answer_test(problem)
    assert bench.answer == problem_sentence(problem, Surface.KEY_DIALOG)
    assert not bench.window._trial.save_anyway.isVisible()
    assert (bench.saves, bench.chosen) == ([], [])
    assert bench.field.selectedText() != ""
    assert bench.field.hasFocus()


def test_what_cannot_be_a_key_is_answered_without_a_test(bench: FirstStartBench) -> None:
    bench.type_key()
    bench.field.insert("\u00fc")
    bench.window._start.click()
    assert bench.tests == []
    assert "plain letters" in bench.answer


@pytest.mark.parametrize("problem", [OFFLINE, TimedOut()])
def test_without_an_answer_the_key_is_saved_only_when_that_is_asked_for(
    bench: FirstStartBench, problem: Problem
) -> None:
    bench.type_key()
    bench.window._start.click()
    bench.answer_test(problem)
    assert bench.answer == problem_sentence(problem, Surface.KEY_DIALOG)
    assert bench.saves == []
    bench.window._trial.save_anyway.click()
    assert bench.saves == [KEY]
    bench.window.on_key_saved(None)
    assert "Saved." in bench.answer
    assert (bench.chosen, bench.can_start) == ([], True)


@pytest.mark.parametrize("problem", [KeyringLocked(), KeyringMissing()])
def test_a_key_that_the_keyring_does_not_take_stays_for_another_attempt(
    bench: FirstStartBench, problem: Problem
) -> None:
    bench.type_key()
    bench.window._start.click()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(problem)
    assert bench.answer == f"Not saved. {problem_sentence(problem, Surface.KEY_DIALOG)}"
    assert (bench.field.text(), bench.can_start, bench.chosen) == (KEY.reveal(), True, [])
    bench.window._start.click()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    assert bench.chosen == [default_choices()]


def test_the_keyrings_prompt_is_told_while_it_waits(bench: FirstStartBench) -> None:
    bench.window.set_keyring_wait(lasts=True)
    assert bench.answer != keyring_wait_text()
    bench.test_key()
    bench.answer_test(reading_of(1_234))
    assert bench.answer == keyring_wait_text()
    bench.window.set_keyring_wait(lasts=False)
    assert bench.answer == "It works: $12.34 available. Saving…"


def test_what_was_chosen_is_told_exactly(bench: FirstStartBench) -> None:
    retype(bench.window._low, "20.0001")
    retype(bench.window._critical, "2.5")
    bench.window._days.setValue(7)
    bench.window._autostart.click()
    bench.type_key()
    bench.window._start.click()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    expected = FirstChoices.of_amounts(
        usd("20.0001"), usd("2.5"), timedelta(days=7), autostart=True
    )
    assert bench.chosen == [expected]


def test_no_alert_by_time_is_a_choice(bench: FirstStartBench) -> None:
    bench.window._days.setValue(0)
    assert bench.window._days.text() == "never"
    bench.window.on_saved()
    bench.window._start.click()
    assert bench.chosen[0].lasts_less is None


@pytest.mark.parametrize(
    ("low", "critical", "fault"),
    [
        ("5", "6", order_fault_text()),
        ("a lot", "1", amount_fault_text()),
        ("", "1", amount_fault_text()),
        ("5", "0", amount_fault_text()),
    ],
)
def test_a_wrong_amount_is_named_before_anything_is_tried(
    bench: FirstStartBench, low: str, critical: str, fault: str
) -> None:
    bench.window._low.setText(low)
    bench.window._critical.setText(critical)
    bench.type_key()
    bench.window._start.click()
    assert (bench.window._fault.text(), bench.tests) == (fault, [])
    assert bench.window._fault.isVisible()
    wrong = bench.window._critical if low == "5" else bench.window._low
    assert wrong.hasFocus()
    retype(wrong, "5")
    assert not bench.window._fault.isVisible()
    assert bench.can_start


def test_an_amount_broken_while_the_key_is_tried_keeps_the_window_open(
    bench: FirstStartBench,
) -> None:
    bench.type_key()
    bench.window._start.click()
    retype(bench.window._low, "0")
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    assert (bench.chosen, bench.window.isVisible()) == ([], True)
    assert bench.window._fault.text() == amount_fault_text()
    retype(bench.window._low, "5")
    bench.window._start.click()
    assert bench.chosen == [default_choices()]


def test_an_answer_leaves_alone_who_types_elsewhere(bench: FirstStartBench) -> None:
    bench.test_key()
    bench.window._low.setFocus()
    bench.answer_test(OFFLINE)
    assert bench.window._low.hasFocus()


@pytest.mark.parametrize("how", ["Escape", "window", "Later"])
def test_every_way_to_close_is_later_and_chooses_nothing(
    bench: FirstStartBench, qtbot: QtBot, how: str
) -> None:
    retype(bench.window._low, "20")
    bench.window._autostart.click()
    bench.test_key()
    match how:
        case "Escape":
            QTest.keyClick(bench.window, Qt.Key.Key_Escape)
        case "window":
            bench.window.close()
        case _:
            bench.window._later.click()
    assert not bench.window.isVisible()
    assert (len(bench.cancels), bench.saves, bench.chosen) == (1, [], [])
    bench.window.on_key_tested(1, reading_of(1_234))
    assert bench.saves == []
    bench.open(qtbot)
    assert (bench.field.text(), bench.window._trial._tried) == ("", None)
    assert (bench.window._low.amount, bench.window._autostart.isChecked()) == (usd("20"), True)
    assert bench.field.hasFocus()


def test_later_in_the_middle_of_start_does_not_start_afterwards(bench: FirstStartBench) -> None:
    bench.type_key()
    bench.window._start.click()
    bench.answer_test(reading_of(1_234))
    bench.window._later.click()
    bench.window.on_key_saved(None)
    assert bench.chosen == []


def test_a_start_that_was_put_off_is_forgotten(bench: FirstStartBench, qtbot: QtBot) -> None:
    bench.type_key()
    bench.window._start.click()
    bench.window._later.click()
    bench.open(qtbot)
    bench.test_key()
    bench.answer_test(reading_of(1_234))
    bench.window.on_key_saved(None)
    assert (bench.chosen, bench.window.isVisible()) == ([], True)


def test_only_a_desktop_without_a_tray_is_told_what_to_do(bench: FirstStartBench) -> None:
    assert not bench.window._no_tray.isVisible()
    bench.window.set_tray_is_missing(missing=True)
    assert bench.window._no_tray.isVisible()
    assert bench.window._no_tray.text() == no_tray_at_start_text()
    bench.window.set_tray_is_missing(missing=False)
    assert not bench.window._no_tray.isVisible()


@pytest.mark.parametrize("factor", [1, 2])
def test_the_window_grows_with_what_it_says(qtbot: QtBot, factor: int) -> None:
    bench = FirstStartBench(qtbot)
    font = bench.window.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    bench.window.setFont(font)
    bench.window.set_tray_is_missing(missing=True)
    label = bench.window._no_tray
    qtbot.waitUntil(lambda: label.heightForWidth(label.width()) <= label.height())
    assert bench.window._low.height() >= bench.window._low.sizeHint().height()
