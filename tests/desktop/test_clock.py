"""Sleeps and a clock that is set, on the running program."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.desktop.icons import wait_for_icon
from tests.desktop.own_clock import SPEED, OwnClock
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    KEY,
    balance_of,
    start_tray,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tray_app.core.level import Level
from tray_app.presentation.icon_spec import Emblem, IconSpec

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tests.desktop.status_notifier import StatusNotifierItem
    from tray_app.simulator import Simulator

# A look that came so much too late tells of a sleep: the longest way to the next one, and more.
SLEEP_SECONDS = 50 / SPEED


@pytest.fixture
def clock(bare_desktop: DesktopSession) -> OwnClock:
    bare_desktop.start_panel()
    return OwnClock(bare_desktop.root / "clock")


def first_label(item: StatusNotifierItem) -> str:
    return item.menu.labels()[0]


def troubles(item: StatusNotifierItem) -> list[str]:
    return [label for label in item.menu.labels() if "Offline" in label or "Next try" in label]


def test_after_a_sleep_the_old_figure_is_told_as_old_in_silence_until_a_fresh_one_comes(
    bare_desktop: DesktopSession, simulator: Simulator, clock: OwnClock
) -> None:
    env = {**FROM_ENVIRONMENT, **clock.environ}
    item = wait_for_item(bare_desktop.bus, start_tray(bare_desktop, simulator, env).pid, 30)
    wait_for_amount(item, "$12.34")
    simulator.stop()
    clock.leap_to("+8h")
    item.menu.wait_for_label(lambda label: label == "$12.34 was available 8 h ago", 30, "old")
    wait_for_icon(item, IconSpec("12", Level.HEALTHY, dimmed=True, emblem=Emblem.STALE))
    assert troubles(item) == []
    item.menu.wait_for_label(lambda label: label.startswith("Offline"), 30, "offline")
    wait_for_icon(item, IconSpec("12", Level.HEALTHY, dimmed=True, emblem=Emblem.OFFLINE))
    assert first_label(item).startswith("$12.34 was available 8 h ago")
    simulator.accounts[KEY] = balance_of(4_37)
    simulator.start()
    wait_for_amount(item, "$4.37 available")
    assert troubles(item) == []


def test_a_clock_that_is_set_forward_leaves_a_fresh_figure_and_few_requests(
    bare_desktop: DesktopSession, simulator: Simulator, clock: OwnClock
) -> None:
    env = {**FROM_ENVIRONMENT, **clock.environ}
    item = wait_for_item(bare_desktop.bus, start_tray(bare_desktop, simulator, env).pid, 30)
    wait_for_amount(item, "$12.34")
    for cents, offset in ((4_37, "+9h"), (5_21, "+31d"), (6_05, "+400d")):
        simulator.accounts[KEY] = balance_of(cents)
        clock.leap_to(offset)
        wait_for_amount(item, f"${cents / 100:.2f} available")
        assert troubles(item) == []
    # One for each leap; and the usual interval may pass while this waits.
    assert simulator.request_count <= 6


def test_a_program_that_was_stopped_wakes_in_silence_and_asks_at_once(
    bare_desktop: DesktopSession, simulator: Simulator, clock: OwnClock
) -> None:
    program = start_tray(bare_desktop, simulator, {**FROM_ENVIRONMENT, **clock.environ})
    item = wait_for_item(bare_desktop.bus, program.pid, 30)
    wait_for_amount(item, "$12.34")
    simulator.stop()
    item.menu.click("Refresh now")
    item.menu.wait_for_label(lambda label: label.startswith("Offline"), 30, "offline")
    program.send_signal(signal.SIGSTOP)
    until = time.monotonic() + SLEEP_SECONDS
    wait_for(lambda: time.monotonic() > until, SLEEP_SECONDS + 1, "the end of the sleep")
    program.send_signal(signal.SIGCONT)
    wait_for(lambda: not troubles(item), 5, "silence")
    simulator.accounts[KEY] = balance_of(4_37)
    simulator.start()
    wait_for_amount(item, "$4.37 available")
