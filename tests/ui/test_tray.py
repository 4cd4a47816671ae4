from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tests.ui.samples import NOON
from tests.ui.tray_bench import MINUTE, Appearances, loading_view, menu_of, texts, view_of
from tray_app.core.account_state import AccountState
from tray_app.core.problem import NoKey
from tray_app.core.settings import Settings
from tray_app.presentation.alert_message import Message
from tray_app.presentation.source import Source
from tray_app.presentation.tray_menu import Command, MenuGroup, MenuRow, MenuSeparator
from tray_app.presentation.tray_view import OwnState, present
from tray_app.presentation.wording import Mishap
from tray_app.ui.alert_voice import SNOOZES

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tray_app.ui.tray import Tray


def test_every_row_of_the_view_is_in_the_menu_in_its_order(tray: Tray) -> None:
    view = view_of(1_234)
    tray.show_view(view)
    tray.start()
    expected = [row.text if isinstance(row, MenuRow) else None for row in view.menu]
    assert texts(tray) == expected
    assert expected[0] == "$12.34 available · as of 12:00"


def test_each_row_with_a_command_says_it_and_the_others_cannot_be_chosen(tray: Tray) -> None:
    own = OwnState(Mishap.ERROR)
    no_key = present(AccountState(problem=NoKey()), NOON, Settings(), Source(), UTC, own=own)
    tray.show_view(no_key)
    tray.start()
    noted = Appearances(tray)
    for action in menu_of(tray).actions():
        action.trigger()
    rows = [row for row in no_key.menu if isinstance(row, MenuRow)]
    assert noted.commands == [row.command for row in rows if row.command is not None]
    elsewhere = {Command.EXPORT_HISTORY, Command.DELETE_HISTORY, Command.WAKE_ALERTS, *SNOOZES}
    assert set(noted.commands) == set(Command) - elsewhere
    enabled = [action.isEnabled() for action in menu_of(tray).actions() if not action.isSeparator()]
    assert enabled == [row.command is not None for row in rows]


def test_commands_still_hold_after_the_menu_was_built_anew(tray: Tray) -> None:
    tray.show_view(loading_view())
    tray.start()
    tray.show_view(view_of(1_234))
    noted = Appearances(tray)
    menu_of(tray).actions()[-1].trigger()
    assert noted.commands == [Command.QUIT]


def test_rows_that_stay_keep_their_actions_while_others_come_and_go(tray: Tray) -> None:
    """A panel names what was clicked by its action: a click at that moment is not lost."""
    tray.show_view(view_of(1_234))
    tray.start()
    before = menu_of(tray).actions()
    more = view_of(1_234).menu
    tray.show_view(replace(view_of(1_234), menu=(more[0], more[0], *more)))
    grown = menu_of(tray).actions()
    assert [before.index(action) for action in grown if action in before] == list(
        range(len(before))
    )
    noted = Appearances(tray)
    before[-1].trigger()
    tray.show_view(view_of(1_234))
    assert menu_of(tray).actions()[-1] is before[-1]
    before[-1].trigger()
    assert noted.commands == [Command.QUIT] * 2


def test_a_group_opens_further_rows_that_say_their_commands(tray: Tray) -> None:
    group = MenuGroup(
        "Snooze & co", (MenuRow("Hour", Command.SNOOZE_HOUR), MenuRow("Day", Command.SNOOZE_TODAY))
    )
    tray.show_view(replace(loading_view(), menu=(MenuRow("One"), group, MenuRow("Two"))))
    tray.start()
    noted = Appearances(tray)
    inner = menu_of(tray).actions()[1].menu()
    assert isinstance(inner, QMenu)
    assert texts(tray) == ["One", "Snooze && co", "Two"]
    assert [row.text() for row in inner.actions()] == ["Hour", "Day"]
    inner.actions()[1].trigger()
    assert noted.commands == [Command.SNOOZE_TODAY]
    tray.show_view(replace(loading_view(), menu=(MenuRow("One"), MenuRow("Two"))))
    assert texts(tray) == ["One", "Two"]


def test_a_row_says_which_account_its_command_is_about(tray: Tray) -> None:
    rows = (MenuRow("a", Command.OPEN_WINDOW, "work"), MenuRow("b", Command.OPEN_WINDOW))
    tray.show_view(replace(loading_view(), menu=rows))
    tray.start()
    noted = Appearances(tray)
    for action in menu_of(tray).actions():
        action.trigger()
    assert noted.accounts == ["work", ""]


def test_an_ampersand_is_shown_as_such(tray: Tray) -> None:
    tray.show_view(replace(loading_view(), menu=(MenuRow("Proxy & firewall"),)))
    tray.start()
    assert texts(tray) == ["Proxy && firewall"]


@pytest.mark.parametrize(("marks", "text"), [(True, "A__B"), (False, "A_B")])
def test_an_underscore_is_doubled_where_the_panel_would_take_it_for_a_mark(
    tray: Tray, monkeypatch: pytest.MonkeyPatch, *, marks: bool, text: str
) -> None:
    """Also in a row that was made before the panel was known."""
    monkeypatch.setattr("tray_app.ui.menu_actions.underscores_mark_mnemonics", lambda: marks)
    tray.show_view(replace(loading_view(), menu=(MenuRow("A_B"),)))
    tray.start()
    assert texts(tray) == [text]
    tray.show_view(replace(loading_view(), menu=(MenuRow("C_D"),)))
    assert texts(tray) == [text.replace("A", "C").replace("B", "D")]


def test_rows_are_the_same_actions_when_only_words_change(tray: Tray) -> None:
    tray.show_view(view_of(1_234))
    tray.start()
    before = menu_of(tray).actions()
    tray.show_view(view_of(987, 4 * MINUTE))
    after = menu_of(tray).actions()
    assert len(before) == len(after)
    assert all(old is new for old, new in zip(before, after, strict=True))
    assert texts(tray)[0] == "$9.87 available · as of 12:00"
    assert texts(tray)[1] == "Cash: $9.87"


def test_the_menu_is_built_anew_when_its_structure_changes(tray: Tray) -> None:
    tray.show_view(loading_view())
    tray.start()
    count = len(menu_of(tray).actions())
    view = view_of(1_234)
    tray.show_view(view)
    assert len(menu_of(tray).actions()) == len(view.menu) != count
    assert sum(row.isSeparator() for row in menu_of(tray).actions()) == sum(
        isinstance(row, MenuSeparator) for row in view.menu
    )


def spy_on_icon(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each call that would reach the panel or the menu."""
    touched: list[str] = []
    icon = tray._icon
    assert icon is not None
    for name in ("setIcon", "setToolTip", "setContextMenu", "show", "hide"):
        monkeypatch.setattr(icon, name, lambda *_, name=name: touched.append(name))

    def note(action: QAction) -> None:
        action.changed.connect(lambda: touched.append("row"))

    for action in menu_of(tray).actions():
        note(action)
    return touched


def test_an_unchanged_view_touches_nothing(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    tray.show_view(view_of(1_234))
    tray.start()
    touched = spy_on_icon(tray, monkeypatch)
    tray.show_view(view_of(1_234))
    assert touched == []


def test_an_older_figure_touches_tooltip_and_first_row_alone(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray.show_view(view_of(1_234, 20 * MINUTE))
    tray.start()
    touched = spy_on_icon(tray, monkeypatch)
    tray.show_view(view_of(1_234, 24 * MINUTE))
    assert sorted(touched) == ["row", "setToolTip"]


def test_another_look_sets_the_icon(tray: Tray, monkeypatch: pytest.MonkeyPatch) -> None:
    tray.show_view(view_of(1_234))
    tray.start()
    touched = spy_on_icon(tray, monkeypatch)
    tray.show_view(view_of(432))
    assert "setIcon" in touched


def test_tooltip_and_picture_are_those_of_the_view(tray: Tray) -> None:
    tray.show_view(loading_view())
    tray.start()
    view = view_of(1_234)
    tray.show_view(view)
    icon = tray._icon
    assert icon is not None
    assert icon.isVisible()
    assert icon.toolTip() == view.tooltip
    assert {size.width() for size in icon.icon().availableSizes()} >= {16, 22, 24, 32, 48, 64}


def test_hiding_takes_the_icon_away(tray: Tray) -> None:
    tray.show_view(view_of(1_234))
    tray.start()
    tray.hide()
    assert tray._icon is not None
    assert not tray._icon.isVisible()


@pytest.mark.parametrize(
    ("platform", "reason", "commands"),
    [
        ("linux", QSystemTrayIcon.ActivationReason.Trigger, [Command.OPEN_WINDOW]),
        ("win32", QSystemTrayIcon.ActivationReason.Trigger, [Command.OPEN_WINDOW]),
        ("darwin", QSystemTrayIcon.ActivationReason.Trigger, []),
        ("linux", QSystemTrayIcon.ActivationReason.Context, []),
    ],
)
def test_a_plain_click_opens_the_window_where_it_does_not_open_the_menu(
    tray: Tray,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    reason: QSystemTrayIcon.ActivationReason,
    commands: list[Command],
) -> None:
    tray.show_view(view_of(1_234))
    tray.start()
    noted = Appearances(tray)
    monkeypatch.setattr("sys.platform", platform)
    assert tray._icon is not None
    tray._icon.activated.emit(reason)
    assert noted.commands == commands


def test_a_balloon_needs_an_icon_and_its_click_is_told(tray: Tray) -> None:
    clicks: list[bool] = []
    tray.balloon_clicked.connect(lambda: clicks.append(True))
    tray.show_balloon(Message("Low", "$4.20 left"))
    tray.show_view(view_of(420))
    tray.start()
    tray.show_balloon(Message("Low", "$4.20 left"))
    (icon,) = tray.findChildren(QSystemTrayIcon)
    icon.messageClicked.emit()
    assert clicks == [True]
