from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.presentation.chart_samples import healthy, one_month
from tests.ui.samples import NOON, reading_of
from tray_app.core.account_state import (
    AccountState,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    reduce,
)
from tray_app.core.history_problem import HistoryTooNew
from tray_app.core.problem import WrongKey
from tray_app.core.settings import Settings
from tray_app.presentation.chart_data import ChartRange
from tray_app.presentation.details_view import DetailsView, SpentRow, details_of
from tray_app.presentation.history_wording import chart_message
from tray_app.presentation.source import Source
from tray_app.presentation.tray_menu import Command
from tray_app.presentation.tray_view import OwnState, present
from tray_app.presentation.wording import Mishap, no_tray_text
from tray_app.ui.details_window import DetailsWindow

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


def details_for(cents: int) -> DetailsView:
    return details_of(reading_of(cents), None, NOON, UTC)


@pytest.fixture
def window(qtbot: QtBot) -> DetailsWindow:
    window = DetailsWindow(UTC)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def commands(window: DetailsWindow) -> list[Command]:
    chosen: list[Command] = []
    window.command_chosen.connect(chosen.append)
    return chosen


def shown_texts(window: DetailsWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)]


def shown_buttons(window: DetailsWindow) -> list[QPushButton]:
    return [each for each in window.findChildren(QPushButton) if each.isVisibleTo(window)]


def command_buttons(window: DetailsWindow) -> list[QPushButton]:
    return [each for each in shown_buttons(window) if each in window._by_button]


def amounts(window: DetailsWindow) -> list[tuple[str, str]]:
    return [(row.word, row.figure) for row in window._amounts.rows]


def test_the_headline_and_every_amount_of_the_reply_are_shown(window: DetailsWindow) -> None:
    window.show_view(view_of(1_234))
    window.show_details(details_for(1_234))
    assert "$12.34 available · as of 12:00" in shown_texts(window)
    assert amounts(window) == [
        ("Available", "$12.34"),
        ("Cash", "$12.34"),
        ("Credit limit", "$0.00"),
        ("Owed", "$0.00"),
    ]
    assert "what is left of your top-ups" in shown_texts(window)


def test_what_is_wrong_and_notes_are_shown_only_where_there_are_some(
    window: DetailsWindow,
) -> None:
    window.show_view(view_of(1_234))
    plain = shown_texts(window)
    window.show_view(view_of(1_234, wrong_key=True, demo=True))
    full = shown_texts(window)
    window.show_view(view_of(1_234))
    assert any(text.startswith("The API key is not accepted") for text in full)
    assert "Simulated account, no real money" in full
    assert shown_texts(window) == plain


def test_the_amounts_follow_the_details(window: DetailsWindow) -> None:
    window.show_details(DetailsView())
    assert amounts(window) == []
    window.show_details(details_for(1_234))
    window.show_details(details_for(987))
    assert amounts(window)[1] == ("Cash", "$9.87")
    window.show_details(DetailsView())
    assert amounts(window) == []
    assert "Account" not in shown_texts(window)


def test_amounts_that_stay_are_not_touched(window: DetailsWindow) -> None:
    window.show_details(details_for(1_234))
    before = window.findChildren(QLabel)
    cash = next(label for label in before if label.text() == "$12.34")
    cash.setSelection(0, 3)
    window.show_details(replace(details_for(1_234), top_up="+$20.00, 14:05"))
    after = window.findChildren(QLabel)
    assert len(before) == len(after)
    assert cash.selectedText() == "$12"


def test_how_long_it_lasts_is_told_with_its_date_while_it_is_current(
    window: DetailsWindow,
) -> None:
    view = replace(view_of(1_234), runway="Lasts about 9 days, 6 to 14")
    window.show_view(view)
    assert "Lasts about 9 days, 6 to 14" in shown_texts(window)
    window.show_details(replace(details_for(1_234), runs_out="Until about 4 December"))
    assert "Until about 4 December" in shown_texts(window)
    window.show_view(view_of(1_234))
    assert not {"Lasts about 9 days, 6 to 14", "Until about 4 December"} & {*shown_texts(window)}


def test_spending_is_listed_beside_the_amounts(window: DetailsWindow) -> None:
    spent = (SpentRow("Today", "$0.46"), SpentRow("Last 7 days", "$14.47"))
    window.show_details(replace(details_for(1_234), spent=spent))
    rows = [(row.word, row.figure) for row in window._spent.rows]
    assert rows == [("Today", "$0.46"), ("Last 7 days", "$14.47")]


def test_a_window_that_is_shown_asks_for_its_chart_and_a_hidden_one_does_not(
    window: DetailsWindow,
) -> None:
    wanted: list[ChartRange] = []
    window.chart_wanted.connect(wanted.append)
    window.show_view(view_of(1_234))
    window.show_details(details_for(1_234))
    assert wanted == []
    window.bring_forward()
    assert wanted == [ChartRange.WEEK]
    window.close()
    window.bring_forward()
    assert wanted == [ChartRange.WEEK] * 2


@pytest.mark.parametrize(("number", "chosen"), list(enumerate(ChartRange)))
def test_a_range_is_chosen_by_its_button_and_by_its_keys(
    window: DetailsWindow, qtbot: QtBot, number: int, chosen: ChartRange
) -> None:
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    wanted: list[ChartRange] = []
    window.chart_wanted.connect(wanted.append)
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
    # A button that is pressed by its keys is seen to go down first.
    qtbot.waitUntil(lambda: window.chart_range is chosen)
    assert wanted == ([] if chosen is ChartRange.WEEK else [chosen])
    buttons = window._ranges._buttons.buttons()
    assert [button.isChecked() for button in buttons] == [each is chosen for each in ChartRange]
    buttons[(number + 1) % 4].click()
    assert window.chart_range is list(ChartRange)[(number + 1) % 4]


def test_arrow_keys_go_from_range_to_range(window: DetailsWindow, qtbot: QtBot) -> None:
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    for key, expected in (
        (Qt.Key.Key_Right, ChartRange.MONTH),
        (Qt.Key.Key_Right, ChartRange.YEAR),
        (Qt.Key.Key_Left, ChartRange.MONTH),
    ):
        button = window._ranges._buttons.checkedButton()
        assert button is not None
        button.setFocus()
        QTest.keyClick(button, key)
        assert window.chart_range is expected


def test_a_chart_of_a_range_that_is_no_longer_chosen_is_not_shown(window: DetailsWindow) -> None:
    window.show_chart(healthy())
    assert window._chart._data == healthy()
    window.show_chart(one_month())
    assert window._chart._data == healthy()


def test_what_is_wrong_with_the_history_is_told(window: DetailsWindow, qtbot: QtBot) -> None:
    trouble = ("The history is not kept: the disk is full", "Make room")
    window.show_view(replace(view_of(1_234), history_trouble=trouble))
    assert "\n".join(trouble) in shown_texts(window)
    window.bring_forward()
    no_history = chart_message(None, failing=True)
    qtbot.waitUntil(lambda: window._chart.accessibleDescription() == no_history)


def test_news_are_told_until_the_window_is_closed(window: DetailsWindow) -> None:
    window.bring_forward()
    window.tell("The history is deleted.")
    assert "The history is deleted." in shown_texts(window)
    window.close()
    window.bring_forward()
    assert "The history is deleted." not in shown_texts(window)


@pytest.mark.parametrize("stands", [False, True])
@pytest.mark.parametrize("keys", ["Escape", "Ctrl+W"])
def test_keys_close_the_window_but_never_end_the_program(
    window: DetailsWindow, commands: list[Command], qtbot: QtBot, keys: str, *, stands: bool
) -> None:
    window.set_stands_for_tray(stands=stands)
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keySequence(window, QKeySequence(keys))
    assert window.isVisible() is stands
    assert commands == []


def test_escape_puts_the_crosshair_away_before_it_closes_the_window(
    window: DetailsWindow, qtbot: QtBot
) -> None:
    window.show_view(view_of(1_234))
    window.show_chart(healthy())
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    window._chart.setFocus()
    QTest.keyClick(window._chart, Qt.Key.Key_Left)
    seen = []
    for _ in range(2):
        seen.append((window._chart.readout is None, window.isVisible()))
        QTest.keyClick(window._chart, Qt.Key.Key_Escape)
    assert seen == [(False, True), (True, True)]
    assert not window.isVisible()


def test_the_ranges_stay_together_in_a_wide_window(window: DetailsWindow) -> None:
    window.show_view(view_of(1_234))
    window.resize(1_600, 700)
    window.bring_forward()
    buttons = window._ranges._buttons.buttons()
    for one, other in pairwise(buttons):
        assert other.geometry().left() - one.geometry().right() < 10


def test_each_button_says_its_command_by_mouse_and_by_keyboard(
    window: DetailsWindow, commands: list[Command], qtbot: QtBot
) -> None:
    window.show_view(view_of(1_234))
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    for button in command_buttons(window):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    expected = [
        Command.REFRESH,
        Command.OPEN_BILLING,
        Command.EDIT_KEY,
        Command.OPEN_SETTINGS,
        Command.EXPORT_HISTORY,
        Command.ABOUT,
        Command.DELETE_HISTORY,
    ]
    assert commands == [command for command in expected for _ in range(2)]


def test_tab_reaches_every_button(window: DetailsWindow, qtbot: QtBot) -> None:
    window.show_view(view_of(1_234))
    window.bring_forward()
    qtbot.waitUntil(window.isActiveWindow)
    reached = set()
    for _ in range(40):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert len(command_buttons(window)) == 7
    # Of the ranges the chosen one; arrow keys lead to the others.
    chosen = window._ranges._buttons.checkedButton()
    assert {*command_buttons(window), chosen, window._chart} <= reached


@pytest.mark.parametrize("demo", [False, True])
def test_a_mishap_is_told_with_a_button_to_the_log_where_there_is_one(
    window: DetailsWindow, commands: list[Command], *, demo: bool
) -> None:
    view = present(
        AccountState(), NOON, Settings(), Source(demo=demo), UTC, own=OwnState(Mishap.ERROR)
    )
    window.show_view(LOADING)
    assert len(command_buttons(window)) == 7
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
    assert len(command_buttons(window)) == 7


def test_a_screen_reader_can_read_the_headline_and_every_amount(window: DetailsWindow) -> None:
    window.show_view(view_of(1_234, wrong_key=True))
    window.show_details(details_for(1_234))
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
    window: DetailsWindow,
) -> None:
    window.show_view(view_of(1_234))
    assert no_tray_text() not in shown_texts(window)
    window.set_stands_for_tray(stands=True)
    assert no_tray_text() in shown_texts(window)
    window.set_stands_for_tray(stands=False)
    assert no_tray_text() not in shown_texts(window)


@pytest.mark.parametrize(("stands", "expected"), [(True, [Command.QUIT]), (False, [])])
def test_closing_ends_the_program_only_while_the_window_stands_for_the_tray(
    window: DetailsWindow, commands: list[Command], *, stands: bool, expected: list[Command]
) -> None:
    window.show_view(view_of(1_234))
    window.set_stands_for_tray(stands=stands)
    window.bring_forward()
    window.close()
    assert commands == expected


def test_closing_no_longer_ends_the_program_once_the_icon_is_there(
    window: DetailsWindow, commands: list[Command]
) -> None:
    window.show_view(view_of(1_234))
    window.set_stands_for_tray(stands=True)
    window.bring_forward()
    window.set_stands_for_tray(stands=False)
    window.close()
    assert commands == []


def test_a_closed_window_can_be_shown_again_with_what_is_known_then(
    window: DetailsWindow,
) -> None:
    window.show_view(LOADING)
    window.bring_forward()
    window.close()
    window.show_view(view_of(1_234))
    window.bring_forward()
    assert window.isVisible()
    assert "$12.34 available · as of 12:00" in shown_texts(window)


def test_bringing_forward_restores_a_minimised_window(window: DetailsWindow, qtbot: QtBot) -> None:
    window.show_view(LOADING)
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    window.bring_forward()
    assert not window.isMinimized()


def test_a_text_from_outside_is_not_read_as_markup(window: DetailsWindow) -> None:
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
        window = DetailsWindow(UTC)
        qtbot.addWidget(window)
    finally:
        QApplication.setFont(before)
    assert window._headline.font().pixelSize() > 15


def test_what_is_wrong_with_the_history_is_told_before_there_is_a_reading(
    window: DetailsWindow,
) -> None:
    window.show_view(LOADING)
    window.show_chart(replace(healthy(), points=(), fan=(), problem=HistoryTooNew(9)))
    assert any("a later version of this program wrote its file" in t for t in shown_texts(window))
    window.show_chart(healthy())
    assert not any("later version" in text for text in shown_texts(window))
