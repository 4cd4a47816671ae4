from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    KEY,
    assert_ends_clean,
    key_status,
    start_tray,
    wait_for_amount,
)
from tests.desktop.windows import press_keys, type_text, wait_for_window

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

_DIALOG: Final = "API key"
_NO_KEY: Final = 3


def test_key_typed_into_the_first_dialog_is_tried_saved_and_used(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    assert key_status(desktop) == _NO_KEY
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    window = wait_for_window(desktop, _DIALOG)
    assert item.menu.labels()[0] == "Add API key…"
    type_text(desktop, window, f"  Bearer {KEY} ")
    press_keys(desktop, window, "Return")
    wait_for_amount(item, "$12.34")
    assert key_status(desktop) == 0
    item.menu.click("Quit")
    assert_ends_clean(program)


def test_wrong_key_is_refused_in_the_dialog_and_not_saved(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    window = wait_for_window(desktop, _DIALOG)
    type_text(desktop, window, "sk_wrong")
    press_keys(desktop, window, "Return")
    simulator.wait_for_requests(1, timeout=10)
    press_keys(desktop, window, "Escape")
    assert item.menu.labels()[0] == "Add API key…"
    item.menu.click("Quit")
    assert_ends_clean(program)
    assert key_status(desktop) == _NO_KEY
