from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.ui.samples import NOON, reading_of
from tray_app.core.account_state import (
    AccountState,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    reduce,
)
from tray_app.core.problem import WrongKey
from tray_app.core.settings import Settings
from tray_app.presentation.tray_view import Command, OwnState, Source, present
from tray_app.presentation.wording import NO_TRAY_TEXT, Mishap
from tray_app.ui.balance_window import BalanceWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tray_app.presentation.tray_view import TrayView

LOADING = present(AccountState(), NOON, Settings(), Source(), UTC)


def view_of(cents: int, *, wrong_key: bool = False, demo: bool = False) -> TrayView:
    state = reduce(
        reduce(AccountState(), FetchStarted(NOON, 0.0)), FetchSucceeded(1, reading_of(cents))
    )
    if wrong_key:
        state = reduce(reduce(state, FetchStarted(NOON, 0.0)), FetchFailed(2, WrongKey(""), NOON))
    return present(state, NOON, Settings(), Source(demo=demo), UTC)


@pytest.fixture
def window(qtbot: QtBot) -> BalanceWindow:
    window = BalanceWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def commands(window: BalanceWindow) -> list[Command]:
    chosen: list[Command] = []
    window.command_chosen.connect(chosen.append)
    return chosen


def shown_texts(window: BalanceWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)]


def shown_buttons(window: BalanceWindow) -> list[QPushButton]:
    return [each for each in window.findChildren(QPushButton) if each.isVisibleTo(window)]


def details(window: BalanceWindow) -> list[tuple[str, str]]:
    form = window._details
    rows = []
    for row in range(form.rowCount()):
        pair = []
        for role in (form.ItemRole.LabelRole, form.ItemRole.FieldRole):
            item = form.itemAt(row, role)
            assert item is not None
            label = item.widget()
            assert isinstance(label, QLabel)
            pair.append(label.text())
        rows.append((pair[0], pair[1]))
    return rows


def test_the_headline_and_every_amount_of_the_reply_are_shown(window: BalanceWindow) -> None:
    window.show_view(view_of(1_234))
    assert "$12.34 available · just now" in shown_texts(window)
    assert details(window) == [("Cash", "$12.34"), ("Credit limit", "$0.00"), ("Owed", "$0.00")]


def test_what_is_wrong_and_notes_are_shown_only_where_there_are_some(
    window: BalanceWindow,
) -> None:
    window.show_view(view_of(1_234))
    plain = shown_texts(window)
    window.show_view(view_of(1_234, wrong_key=True, demo=True))
    full = shown_texts(window)
    window.show_view(view_of(1_234))
    assert any(text.startswith("The API key is not accepted") for text in full)
    assert "Simulated account, no real money" in full
    assert shown_texts(window) == plain


def test_the_amounts_follow_the_view(window: BalanceWindow) -> None:
    window.show_view(LOADING)
    assert details(window) == []
    window.show_view(view_of(1_234))
    window.show_view(view_of(987))
    assert details(window)[0] == ("Cash", "$9.87")
    window.show_view(LOADING)
    assert details(window) == []


def test_amounts_that_stay_are_not_touched(window: BalanceWindow) -> None:
    view = view_of(1_234)
    window.show_view(view)
    before = window.findChildren(QLabel)
    window.show_view(replace(view, headline="$12.34 available · 4 min ago"))
    after = window.findChildren(QLabel)
    assert len(before) == len(after)
    assert all(old is new for old, new in zip(before, after, strict=True))


def test_each_button_says_its_command_by_mouse_and_by_keyboard(
    window: BalanceWindow, commands: list[Command], qtbot: QtBot
) -> None:
    window.show_view(view_of(1_234))
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    for button in shown_buttons(window):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    expected = [Command.REFRESH, Command.EDIT_KEY, Command.OPEN_BILLING, Command.ABOUT]
    assert commands == [command for command in expected for _ in range(2)]


def test_tab_reaches_every_button(window: BalanceWindow, qtbot: QtBot) -> None:
    window.show_view(view_of(1_234))
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    reached = set()
    for _ in range(20):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert len(shown_buttons(window)) == 4
    assert set(shown_buttons(window)) <= reached


@pytest.mark.parametrize("demo", [False, True])
def test_a_mishap_is_told_with_a_button_to_the_log_where_there_is_one(
    window: BalanceWindow, commands: list[Command], *, demo: bool
) -> None:
    view = present(
        AccountState(), NOON, Settings(), Source(demo=demo), UTC, own=OwnState(Mishap.ERROR)
    )
    window.show_view(LOADING)
    assert len(shown_buttons(window)) == 4
    window.show_view(view)
    assert view.mishap is not None
    assert view.mishap.text in shown_texts(window)
    to_the_log = [each for each in shown_buttons(window) if each.text() == "Open log folder"]
    assert len(to_the_log) == (0 if demo else 1)
    for button in to_the_log:
        button.click()
        assert commands == [Command.OPEN_LOGS]
    window.show_view(LOADING)
    assert view.mishap.text not in shown_texts(window)
    assert len(shown_buttons(window)) == 4


def test_a_screen_reader_can_read_the_headline_and_every_amount(window: BalanceWindow) -> None:
    window.show_view(view_of(1_234, wrong_key=True))
    read: set[str] = set()
    for label in window.findChildren(QLabel):
        interface = QAccessible.queryAccessibleInterface(label)
        assert interface is not None
        kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        read |= {interface.text(kind) for kind in kinds}
    spoken = " ".join(read)
    assert "Cash" in spoken
    assert "Credit limit" in spoken
    assert "$12.34 was available just now" in spoken
    assert "$0.00" in spoken
    assert "The API key is not accepted" in spoken


def test_without_a_tray_the_window_says_so_and_with_one_it_does_not(
    window: BalanceWindow,
) -> None:
    window.show_view(view_of(1_234))
    assert NO_TRAY_TEXT not in shown_texts(window)
    window.set_stands_for_tray(stands=True)
    assert NO_TRAY_TEXT in shown_texts(window)
    window.set_stands_for_tray(stands=False)
    assert NO_TRAY_TEXT not in shown_texts(window)


@pytest.mark.parametrize(("stands", "expected"), [(True, [Command.QUIT]), (False, [])])
def test_closing_ends_the_program_only_while_the_window_stands_for_the_tray(
    window: BalanceWindow, commands: list[Command], *, stands: bool, expected: list[Command]
) -> None:
    window.show_view(view_of(1_234))
    window.set_stands_for_tray(stands=stands)
    window.bring_forward()
    window.close()
    assert commands == expected


def test_closing_no_longer_ends_the_program_once_the_icon_is_there(
    window: BalanceWindow, commands: list[Command]
) -> None:
    window.show_view(view_of(1_234))
    window.set_stands_for_tray(stands=True)
    window.bring_forward()
    window.set_stands_for_tray(stands=False)
    window.close()
    assert commands == []


def test_a_closed_window_can_be_shown_again_with_what_is_known_then(
    window: BalanceWindow,
) -> None:
    window.show_view(LOADING)
    window.bring_forward()
    window.close()
    window.show_view(view_of(1_234))
    window.bring_forward()
    assert window.isVisible()
    assert "$12.34 available · just now" in shown_texts(window)


def test_bringing_forward_restores_a_minimised_window(window: BalanceWindow, qtbot: QtBot) -> None:
    window.show_view(LOADING)
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    window.bring_forward()
    assert not window.isMinimized()


def test_a_text_from_outside_is_not_read_as_markup(window: BalanceWindow) -> None:
    window.show_view(replace(LOADING, trouble=("<b>bold</b>",), headline="<i>x</i>"))
    labels = [label for label in window.findChildren(QLabel) if "<" in label.text()]
    assert len(labels) == 2
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_a_font_whose_size_is_in_pixels_brings_no_warning(qtbot: QtBot) -> None:
    before = QApplication.font()
    in_pixels = QApplication.font()
    in_pixels.setPixelSize(15)
    QApplication.setFont(in_pixels)
    try:
        window = BalanceWindow()
        qtbot.addWidget(window)
    finally:
        QApplication.setFont(before)
    assert window._headline.font().pixelSize() > 15


def test_a_long_age_of_a_reading_does_not_move_the_amounts(window: BalanceWindow) -> None:
    """Amounts and headline are apart: an age that grows changes one line alone."""
    state = AccountState(reading=reading_of(1_234))
    window.show_view(present(state, NOON, Settings(), Source(), UTC))
    before = details(window)
    window.show_view(present(state, NOON + timedelta(days=3), Settings(), Source(), UTC))
    assert details(window) == before
    assert any("3 d ago" in text for text in shown_texts(window))
