"""The open first start, what it asked of the worker, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.samples import KEY
from tray_app.ui.first_start import FirstStart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

    from tray_app.core.api_key import ApiKey
    from tray_app.core.first_choices import FirstChoices


class FirstStartBench:
    def __init__(self, qtbot: QtBot) -> None:
        self.window = FirstStart()
        qtbot.addWidget(self.window)
        self.tests: list[tuple[int, ApiKey]] = []
        self.saves: list[ApiKey] = []
        self.cancels: list[None] = []
        self.chosen: list[FirstChoices] = []
        self.window.test_requested.connect(lambda *test: self.tests.append(test))
        self.window.save_requested.connect(self.saves.append)
        self.window.test_cancelled.connect(lambda: self.cancels.append(None))
        self.window.finished_with.connect(self.chosen.append)
        self.open(qtbot)

    def open(self, qtbot: QtBot) -> None:
        self.window.open()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def field(self) -> QLineEdit:
        return self.window._trial.field

    @property
    def answer(self) -> str:
        return self.window._trial.answer.text()

    @property
    def can_start(self) -> bool:
        return self.window._start.isEnabled()

    def type_key(self, text: str = KEY.reveal()) -> None:
        QTest.keyClicks(self.field, text)

    def test_key(self) -> None:
        self.type_key()
        self.window._trial.test.click()

    def answer_test(self, outcome: object) -> None:
        self.window.on_key_tested(self.tests[-1][0], outcome)  # type: ignore[arg-type]  # a signal's object


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)
