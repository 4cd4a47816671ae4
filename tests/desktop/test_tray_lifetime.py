from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.desktop.status_notifier import items, wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    KEY,
    assert_ends_clean,
    balance_of,
    start_tray,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import wait_for_window, window_titles
from tray_app import PROGRAM_NAME
from tray_app.simulator.accounts import Drip, Hang, Part

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator
    from tray_app.simulator.accounts import Account


def test_quit_removes_the_icon_and_ends_clean(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    item.menu.click("Quit")
    assert_ends_clean(program)
    wait_for(lambda: not items(desktop.bus), 5, "no icon")


def test_quit_ends_it_in_half_a_second_while_the_server_hangs(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    simulator.accounts[KEY] = Hang()
    program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    item = wait_for_item(desktop.bus, program.pid)
    simulator.wait_for_requests(1, timeout=10)
    item.menu.click("Quit")
    assert_ends_clean(program)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "account",
    [balance_of(12_34), Hang(), Drip(Part.HEADERS), Drip(Part.BODY)],
    ids=["answers", "hangs", "drips headers", "drips body"],
)
def test_signal_ends_it_in_half_a_second_whatever_the_server_does(
    desktop: DesktopSession, simulator: Simulator, account: Account, number: signal.Signals
) -> None:
    simulator.accounts[KEY] = account
    program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    wait_for_item(desktop.bus, program.pid)
    simulator.wait_for_requests(1, timeout=10)
    program.send_signal(number)
    assert_ends_clean(program)


def test_signal_ends_it_while_it_waits_for_a_panel_and_a_server(
    bare_desktop: DesktopSession, simulator: Simulator
) -> None:
    simulator.accounts[KEY] = Hang()
    program = start_tray(bare_desktop, simulator, FROM_ENVIRONMENT)
    simulator.wait_for_requests(1, timeout=10)
    program.send_signal(signal.SIGTERM)
    assert_ends_clean(program)


def test_icon_comes_when_the_panel_comes_after_the_program(
    bare_desktop: DesktopSession, simulator: Simulator
) -> None:
    program = start_tray(bare_desktop, simulator, FROM_ENVIRONMENT)
    simulator.wait_for_requests(1, timeout=10)
    bare_desktop.start_panel()
    item = wait_for_item(bare_desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    item.menu.click("Quit")
    assert_ends_clean(program)


@pytest.mark.parametrize("number", [None, signal.SIGKILL], ids=["ended", "crashed"])
def test_icon_returns_when_the_panel_returns(
    desktop: DesktopSession, simulator: Simulator, number: signal.Signals | None
) -> None:
    program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    before = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(before, "$12.34")
    pixmaps = before.pixmaps
    desktop.stop_panel(number)
    desktop.start_panel()
    after = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(after, "$12.34")
    assert after.pixmaps == pixmaps
    after.menu.click("Quit")
    assert_ends_clean(program)


@pytest.mark.timeout(180)
def test_window_stands_in_after_a_minute_without_a_panel_until_one_comes(
    bare_desktop: DesktopSession, simulator: Simulator
) -> None:
    program = start_tray(bare_desktop, simulator, FROM_ENVIRONMENT)
    simulator.wait_for_requests(1, timeout=10)
    assert window_titles(bare_desktop) == []
    wait_for_window(bare_desktop, PROGRAM_NAME, timeout=75)
    bare_desktop.start_panel()
    item = wait_for_item(bare_desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    item.menu.click("Quit")
    assert_ends_clean(program)
