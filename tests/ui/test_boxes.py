from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import tray_app
from tray_app.ui.boxes import about_box, no_browser_box

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_it_tells_version_licence_and_whom_the_program_asks(qtbot: QtBot) -> None:
    box = about_box("It asks api.example.org.")
    qtbot.addWidget(box)
    text = f"{box.text()}\n{box.informativeText()}"
    assert tray_app.__version__ in text
    assert "MIT" in text
    assert "It asks api.example.org." in text
    assert box.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_key_closes_it_and_it_is_gone(qtbot: QtBot, key: Qt.Key) -> None:
    box = about_box("api.example.org")
    box.open()
    qtbot.waitUntil(box.isActiveWindow)
    with qtbot.waitSignal(box.destroyed):
        QTest.keyClick(box, key)


def test_the_address_of_a_page_without_a_browser_can_be_copied(qtbot: QtBot) -> None:
    box = no_browser_box("https://example.org/page")
    qtbot.addWidget(box)
    assert box.informativeText() == "https://example.org/page"
    assert box.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
