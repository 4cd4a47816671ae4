"""The first start of a new user: one window, a key, and the balance is in the tray."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

from tests.desktop.pictures import picture_of
from tests.desktop.settings_text import read_settings, settings_path
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    KEY,
    key_status,
    quit_by_menu,
    start_tray,
    store_key,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import press_keys, type_text, wait_for_window, window_titles
from tray_app import PROGRAM_NAME

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

_NO_KEY: Final = 3
_ENTRY: Final = ".config/autostart/novita-tray.desktop"


def wait_until_closed(desktop: DesktopSession) -> None:
    wait_for(lambda: PROGRAM_NAME not in window_titles(desktop), 10, "no window any more")


def test_a_key_and_enter_are_all_it_takes_and_the_next_start_asks_nothing(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    assert key_status(desktop) == _NO_KEY
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    window = wait_for_window(desktop, PROGRAM_NAME)
    assert window_titles(desktop).count(PROGRAM_NAME) == 1
    assert item.menu.labels()[0] == "Add API key…"
    picture_of(desktop, window, "first-start")
    type_text(desktop, window, f"  Bearer {KEY} ")
    press_keys(desktop, window, "Return")
    wait_for_amount(item, "$12.34")
    wait_until_closed(desktop)
    assert key_status(desktop) == 0
    settings = tomllib.loads(read_settings(desktop))
    assert settings["schema"] == 1
    assert "accounts" not in settings
    assert KEY not in read_settings(desktop)
    # Nothing starts at login unless the user says so.
    assert not (desktop.home / _ENTRY).exists()
    quit_by_menu(program, item)
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    assert PROGRAM_NAME not in window_titles(desktop)
    quit_by_menu(program, item)


def test_what_is_chosen_beside_the_key_is_in_force_at_once(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    window = wait_for_window(desktop, PROGRAM_NAME)
    type_text(desktop, window, KEY)
    # Past "Show", "Test and save" and the link to the field of the low balance.
    press_keys(desktop, window, "Tab", "Tab", "Tab", "Tab", "ctrl+a")
    type_text(desktop, window, "20")
    press_keys(desktop, window, "Tab", "ctrl+a")
    type_text(desktop, window, "15")
    press_keys(desktop, window, "Tab", "Tab", "space")
    picture_of(desktop, window, "first-start-filled")
    # On a box, Enter is the desktop's own: on some it ticks.
    press_keys(desktop, window, "Tab", "Return")
    wait_for_amount(item, "$12.34 available · critical")
    wait_until_closed(desktop)
    settings = tomllib.loads(read_settings(desktop))
    assert settings["levels"] == {"low_dollars": 20, "critical_dollars": 15}
    assert settings["alerts"]["below_dollars"] == [20, 15]
    wait_for((desktop.home / _ENTRY).exists, 10, "the entry at login")
    quit_by_menu(program, item)


def test_a_wrong_key_is_refused_in_the_window_and_later_leaves_everything_open(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    window = wait_for_window(desktop, PROGRAM_NAME)
    type_text(desktop, window, "sk_wrong")
    press_keys(desktop, window, "Return")
    simulator.wait_for_requests(1, timeout=10)
    press_keys(desktop, window, "Escape")
    wait_until_closed(desktop)
    assert item.menu.labels()[0] == "Add API key…"
    quit_by_menu(program, item)
    assert key_status(desktop) == _NO_KEY
    assert not settings_path(desktop).exists()


def test_whoever_has_a_key_already_is_asked_nothing(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    assert PROGRAM_NAME not in window_titles(desktop)
    quit_by_menu(program, item)
