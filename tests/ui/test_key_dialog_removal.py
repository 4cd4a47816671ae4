"""Removing the key in the dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from tests.ui.key_dialog_bench import Bench
from tray_app.core.problem import KeyringLocked
from tray_app.presentation.wording import removal_note

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def question_of(bench: Bench, qtbot: QtBot) -> QMessageBox:
    bench.dialog._remove.click()
    qtbot.waitUntil(lambda: any(box.isVisible() for box in _questions(bench)))
    return next(box for box in _questions(bench) if box.isVisible())


def _questions(bench: Bench) -> list[QMessageBox]:
    return bench.dialog.findChildren(QMessageBox)


def test_removing_asks_first_and_cancel_is_the_default(bench: Bench, qtbot: QtBot) -> None:
    question = question_of(bench, qtbot)
    cancel = question.button(QMessageBox.StandardButton.Cancel)
    assert question.defaultButton() is cancel
    assert question.escapeButton() in {cancel, None}
    assert bench.removals == 0


@pytest.mark.parametrize(
    ("overridden", "consequence"),
    [(each, removal_note(key_from_environment=each)) for each in (False, True)],
)
def test_the_question_says_what_follows(
    qtbot: QtBot,
    overridden: bool,  # noqa: FBT001 — a table
    consequence: str,
) -> None:
    question = question_of(Bench(qtbot, overridden=overridden), qtbot)
    assert question.informativeText() == consequence


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_quick_key_on_the_question_removes_nothing(
    bench: Bench, qtbot: QtBot, key: Qt.Key
) -> None:
    question = question_of(bench, qtbot)
    QTest.keyClick(question, key)
    qtbot.waitUntil(lambda: not _questions(bench))
    assert bench.removals == 0
    assert bench.dialog._remove.isEnabled()


def test_a_confirmed_removal_is_asked_for_once_and_answered_in_place(
    bench: Bench, qtbot: QtBot
) -> None:
    question = question_of(bench, qtbot)
    next(button for button in question.buttons() if button.text() == "Remove").click()
    assert bench.removals == 1
    assert bench.answer == "Removing…"
    bench.dialog.on_key_deleted(None)
    assert bench.answer == "No key is stored any more."
    assert bench.dialog._remove.isEnabled()


def test_a_failing_removal_names_the_problem(bench: Bench, qtbot: QtBot) -> None:
    question = question_of(bench, qtbot)
    next(button for button in question.buttons() if button.text() == "Remove").click()
    bench.dialog.on_key_deleted(KeyringLocked())
    assert bench.answer.startswith("Not removed. The keyring is locked.")
