"""An open key dialog, and what it asked of the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.samples import KEY
from tray_app.core.problem import ConnectionFault, Offline
from tray_app.presentation.source import Source
from tray_app.ui.key_dialog import KeyDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit
    from pytestqt.qtbot import QtBot

    from tray_app.core.api_key import ApiKey

OFFLINE: Final = Offline(ConnectionFault.REFUSED)


class Bench:
    """An open dialog and what it asked of the worker."""

    def __init__(self, qtbot: QtBot, *, overridden: bool = False) -> None:
        self.dialog = KeyDialog(Source(key_from_environment=overridden))
        qtbot.addWidget(self.dialog)
        self.tests: list[tuple[int, ApiKey]] = []
        self.saves: list[ApiKey] = []
        self.removals = 0
        self.cancels = 0
        self.dialog.test_requested.connect(lambda *test: self.tests.append(test))
        self.dialog.save_requested.connect(self.saves.append)
        self.dialog.delete_requested.connect(self._count_removal)
        self.dialog.test_cancelled.connect(self._count_cancel)
        self.dialog.open()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def _count_removal(self) -> None:
        self.removals += 1

    def _count_cancel(self) -> None:
        self.cancels += 1

    @property
    def field(self) -> QLineEdit:
        return self.dialog._trial.field

    @property
    def answer(self) -> str:
        return self.dialog._trial.answer.text()

    def enter(self, text: str = KEY.reveal()) -> None:
        QTest.keyClicks(self.field, text)
        QTest.keyClick(self.field, Qt.Key.Key_Return)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.field.paste()
        QGuiApplication.clipboard().clear()

    def answer_test(self, problem: object) -> None:
        self.dialog.on_key_tested(self.tests[-1][0], problem)  # type: ignore[arg-type]  # a signal's object
