"""Settings on the running program, by its window and by an editor: all of it follows at once."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop.icons import wait_for_icon
from tests.desktop.pictures import keep_picture
from tests.desktop.settings_text import read_settings, write_settings
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    quit_by_menu,
    start_tray,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import (
    click_near_corner,
    press_keys,
    type_text,
    wait_for_window,
    window_titles,
)
from tray_app.core.level import Level
from tray_app.presentation.icon_spec import IconSpec

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

_TIMEOUT: Final = 20.0
_TITLE: Final = "Settings"


class Tray:
    """The program with $12.34, and its settings."""

    def __init__(self, desktop: DesktopSession, simulator: Simulator) -> None:
        self.desktop = desktop
        self.program: Program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
        self.item = wait_for_item(desktop.bus, self.program.pid)
        wait_for_amount(self.item, "$12.34 available")

    def open_settings(self) -> str:
        self.item.menu.click("Settings…")
        return wait_for_window(self.desktop, _TITLE)

    def wait_for_row(self, accepts: Callable[[str], bool], what: str) -> str:
        return self.item.menu.wait_for_label(accepts, _TIMEOUT, what)

    def wait_for_no_row(self, text: str) -> None:
        wait_for(
            lambda: not any(text in label for label in self.item.menu.labels()),
            _TIMEOUT,
            f"no row with {text}",
        )

    def wait_for_tooltip(self, text: str) -> None:
        self.item.wait_for_tooltip(lambda tip: text in tip.title, _TIMEOUT, text)

    def wait_for_file(self, accepts: Callable[[dict[str, Any]], bool], what: str) -> None:
        wait_for(lambda: accepts(tomllib.loads(read_settings(self.desktop))), _TIMEOUT, what)


@pytest.fixture
def tray(bare_desktop: DesktopSession, simulator: Simulator) -> Tray:
    bare_desktop.start_panel()
    return Tray(bare_desktop, simulator)


def test_icon_tooltip_and_menu_follow_the_window_as_it_is_used(tray: Tray) -> None:
    write_settings(tray.desktop, "# mine", 'later = "unknown"')
    window = tray.open_settings()
    press_keys(tray.desktop, window, "alt+i", "alt+l")
    wait_for_icon(tray.item, IconSpec("", Level.HEALTHY))
    press_keys(tray.desktop, window, "alt+h")
    tray.wait_for_row(lambda row: row.startswith("$••• available"), "hidden amounts")
    tray.wait_for_tooltip("$••• available")
    tray.wait_for_no_row("12.34")
    press_keys(tray.desktop, window, "alt+h", "alt+d")
    wait_for_icon(tray.item, IconSpec("12", Level.HEALTHY))
    press_keys(tray.desktop, window, "alt+v", "alt+l", "ctrl+a")
    type_text(tray.desktop, window, "20")
    press_keys(tray.desktop, window, "Tab")
    wait_for_icon(tray.item, IconSpec("12", Level.LOW))
    tray.wait_for_row(lambda row: row.startswith("$12.34 available · low"), "the new level")
    tray.wait_for_tooltip("$12.34 available · low")
    keep_picture(tray.desktop, "settings-levels")
    tray.wait_for_file(
        lambda file: file["levels"]["low_dollars"] == 20, "the new level in the file"
    )
    text = read_settings(tray.desktop)
    assert text.startswith('# mine\nlater = "unknown"\n')
    click_near_corner(tray.desktop, window, 40, 22)
    wait_for(lambda: _TITLE not in window_titles(tray.desktop), _TIMEOUT, "the closed window")
    quit_by_menu(tray.program, tray.item)
    assert read_settings(tray.desktop) == text


def test_what_is_half_typed_counts_when_the_window_is_closed(tray: Tray) -> None:
    window = tray.open_settings()
    press_keys(tray.desktop, window, "alt+v", "alt+l", "ctrl+a")
    type_text(tray.desktop, window, "13")
    press_keys(tray.desktop, window, "Escape")
    wait_for_icon(tray.item, IconSpec("12", Level.LOW))
    tray.wait_for_file(
        lambda file: file["levels"]["low_dollars"] == 13, "the new level in the file"
    )


def test_icon_tooltip_and_menu_follow_an_editor_also_beside_the_open_window(tray: Tray) -> None:
    window = tray.open_settings()
    write_settings(tray.desktop, "[levels]", "low_dollars = 20", "critical_dollars = 15")
    wait_for_icon(tray.item, IconSpec("12", Level.CRITICAL))
    tray.wait_for_row(lambda row: row.startswith("$12.34 available · critical"), "the new level")
    tray.wait_for_tooltip("$12.34 available · critical")
    # The window goes on from there, and takes nothing back.
    press_keys(tray.desktop, window, "alt+i", "alt+l")
    wait_for_icon(tray.item, IconSpec("", Level.CRITICAL))
    tray.wait_for_file(lambda file: file["icon"] == {"style": "level"}, "the style in the file")
    levels = tomllib.loads(read_settings(tray.desktop))["levels"]
    assert levels == {"low_dollars": 20, "critical_dollars": 15}
    write_settings(tray.desktop, "[icon]", "hide_amounts = true")
    wait_for_icon(tray.item, IconSpec("", Level.HEALTHY))
    tray.wait_for_row(lambda row: row.startswith("$••• available"), "hidden amounts")
    tray.wait_for_no_row("12.34")


def test_a_value_that_cannot_be_meant_is_named_and_the_others_hold(tray: Tray) -> None:
    write_settings(tray.desktop, "[levels]", 'low_dollars = "lots"', "[icon]", 'style = "level"')
    wait_for_icon(tray.item, IconSpec("", Level.HEALTHY))
    tray.wait_for_row(
        lambda row: row.startswith("Line 2, levels.low_dollars: must be a dollar amount"),
        "the wrong value",
    )
    window = tray.open_settings()
    keep_picture(tray.desktop, "settings-trouble")
    press_keys(tray.desktop, window, "Escape")
    write_settings(tray.desktop, "[levels", 'style = "dollars"')
    tray.wait_for_row(lambda row: "not valid TOML: line 1" in row, "the broken file")
    # Where the file says nothing, all stays as it is.
    wait_for_icon(tray.item, IconSpec("", Level.HEALTHY))
    write_settings(tray.desktop, "[levels]", "low_dollars = 20")
    wait_for_icon(tray.item, IconSpec("12", Level.LOW))
    tray.wait_for_no_row("Line 2")
    tray.wait_for_no_row("TOML")


def test_the_box_for_the_start_at_login_makes_and_removes_the_entry(tray: Tray) -> None:
    entry = tray.desktop.home / ".config/autostart/novita-tray.desktop"
    window = tray.open_settings()
    keep_picture(tray.desktop, "settings-general")
    press_keys(tray.desktop, window, "alt+g", "alt+s")
    wait_for(entry.exists, _TIMEOUT, "the entry")
    assert "tray_app" in entry.read_text(encoding="utf-8")
    press_keys(tray.desktop, window, "alt+s")
    wait_for(lambda: not entry.exists(), _TIMEOUT, "no entry")
    # The entry itself is the truth.
    assert "autostart" not in read_settings(tray.desktop)


def test_menu_tooltip_and_open_windows_change_their_language(tray: Tray) -> None:
    tray.open_settings()
    tray.item.menu.click("Details…")
    write_settings(tray.desktop, 'language = "zh_CN"')
    tray.wait_for_row(lambda row: row == "退出", "Quit in Chinese")
    tray.wait_for_tooltip("可用余额")
    wait_for_window(tray.desktop, "设置")
    keep_picture(tray.desktop, "settings-chinese")
    left = {"Quit", "Settings…", "About", "Refresh now", "Details…", "API key…"}
    assert left.isdisjoint(tray.item.menu.labels())
    write_settings(tray.desktop, 'language = "en"')
    tray.wait_for_row(lambda row: row == "Quit", "Quit in English")
    wait_for_window(tray.desktop, _TITLE)
