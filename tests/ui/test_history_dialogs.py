from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget

from tray_app.ui.history_dialogs import HistoryDialogs

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TODAY = date(2026, 11, 25)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialogs(window: QWidget) -> HistoryDialogs:
    return HistoryDialogs(window)


@pytest.fixture
def confirmed(dialogs: HistoryDialogs) -> list[bool]:
    heard: list[bool] = []

    def note() -> None:
        heard.append(True)

    dialogs.delete_confirmed.connect(note)
    return heard


def question_of(window: QWidget) -> QMessageBox:
    (question,) = window.findChildren(QMessageBox)
    return question


def button_of(question: QMessageBox, text: str) -> QPushButton:
    (button,) = (
        each for each in question.findChildren(QPushButton) if each.text().replace("&", "") == text
    )
    return button


def test_deleting_asks_before_the_window_what_goes_and_what_stays(
    dialogs: HistoryDialogs, window: QWidget
) -> None:
    dialogs.ask_whether_to_delete()
    question = question_of(window)
    assert question.isVisible()
    assert question.windowModality() is Qt.WindowModality.WindowModal
    assert "for good" in question.text()
    for word in ("reading", "top-up", "key", "other accounts", "stay"):
        assert word in question.informativeText()


def test_only_the_button_that_says_so_deletes(
    dialogs: HistoryDialogs, window: QWidget, confirmed: list[bool]
) -> None:
    dialogs.ask_whether_to_delete()
    button_of(question_of(window), "Delete").click()
    assert confirmed == [True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_return_escape_and_space_keep_the_history(
    dialogs: HistoryDialogs, window: QWidget, confirmed: list[bool], qtbot: QtBot, key: Qt.Key
) -> None:
    dialogs.ask_whether_to_delete()
    question = question_of(window)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(question.focusWidget(), key)
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert confirmed == []


def test_a_closed_question_is_gone_and_can_be_put_again(
    dialogs: HistoryDialogs, window: QWidget, confirmed: list[bool], qtbot: QtBot
) -> None:
    for _ in range(2):
        dialogs.ask_whether_to_delete()
        button_of(question_of(window), "Delete").click()
        qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert confirmed == [True, True]


def test_an_export_is_offered_under_the_name_of_the_day(
    dialogs: HistoryDialogs, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    chosen: list[str] = []
    dialogs.export_chosen.connect(chosen.append)
    dialogs.ask_where_to_export(TODAY)
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert dialog.selectedFiles()[0].endswith("/novita-balance-2026-11-25.csv")
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("mine")
    dialog.accept()
    qtbot.waitUntil(lambda: chosen == [str(tmp_path / "mine.csv")])


def test_an_export_that_is_given_up_writes_nowhere(
    dialogs: HistoryDialogs, window: QWidget, qtbot: QtBot
) -> None:
    chosen: list[str] = []
    dialogs.export_chosen.connect(chosen.append)
    dialogs.ask_where_to_export(TODAY)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))
    assert chosen == []
