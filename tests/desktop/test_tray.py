from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.icons import wait_for_icon
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    KEY,
    balance_of,
    start_demo,
    start_tray,
    store_key,
    wait_for_amount,
)
from tests.desktop.windows import wait_for_window, window_titles
from tray_app import PROGRAM_NAME
from tray_app.core.level import Level
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.simulator.accounts import EMPTY

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator
    from tray_app.simulator.ledger import FixedBalance


@pytest.mark.parametrize(
    ("account", "amount", "spec"),
    [
        (balance_of(12_34), "$12.34", IconSpec("12", Level.HEALTHY)),
        (balance_of(4_37), "$4.37", IconSpec("4.3", Level.LOW)),
        (balance_of(62), "$0.62", IconSpec(".62", Level.CRITICAL)),
        (EMPTY, "$0.00", IconSpec("0", Level.EMPTY)),
    ],
    ids=["healthy", "low", "critical", "empty"],
)
def test_amount_arrives_in_icon_tooltip_and_first_row(
    desktop: DesktopSession,
    simulator: Simulator,
    account: FixedBalance,
    amount: str,
    spec: IconSpec,
) -> None:
    simulator.accounts[KEY] = account
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator, FROM_ENVIRONMENT).pid)
    wait_for_amount(item, amount)
    assert item.menu.labels()[0].startswith(amount)
    tooltip = item.wait_for_tooltip(lambda shown: shown.title.startswith(amount), 5, amount)
    assert len(tooltip.title.encode("utf-16-le")) // 2 <= 127
    wait_for_icon(item, spec)


def test_menu_has_every_command_and_every_fact_can_be_chosen(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator, FROM_ENVIRONMENT).pid)
    wait_for_amount(item, "$12.34")
    item.menu.wait_for_label(lambda label: "still learning" in label, 10, "the outlook")
    rows = [row for row in item.menu.rows() if not row.is_separator]
    facts, notes, commands = rows[:6], rows[6:-7], rows[-7:]
    assert [row.label for row in facts[2:]] == [
        "Cash: $12.34",
        "Credit limit: $0.00",
        "Pending charges: $0.00",
        "Owed: $0.00",
    ]
    assert [row.label for row in commands] == [
        "Details…",
        "Refresh now",
        "Open billing page",
        "API key…",
        "Settings…",
        "About",
        "Quit",
    ]
    assert all(row.enabled for row in (*facts, *commands))
    assert not any(row.enabled for row in notes)


def test_note_on_the_environments_key_keeps_its_underscores(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator, FROM_ENVIRONMENT).pid)
    item.menu.wait_for_label(lambda label: "NOVITA_API_KEY" in label, 10, "NOVITA_API_KEY")


def test_key_of_the_keyring_is_used(desktop: DesktopSession, simulator: Simulator) -> None:
    store_key(desktop)
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator).pid)
    wait_for_amount(item, "$12.34")
    assert not any("environment" in label or "NOVITA" in label for label in item.menu.labels())


def test_locked_keyring_is_said_and_nothing_is_asked(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    desktop.lock_keyring()
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator).pid)
    item.menu.wait_for_label(lambda label: "locked" in label, 10, "locked")
    wait_for_icon(item, IconSpec("", None, emblem=Emblem.KEY))
    assert simulator.request_count == 0


def test_refresh_now_fetches_the_changed_balance(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator, FROM_ENVIRONMENT).pid)
    wait_for_amount(item, "$12.34")
    simulator.accounts[KEY] = balance_of(4_37)
    item.menu.click("Refresh now")
    wait_for_amount(item, "$4.37")
    wait_for_icon(item, IconSpec("4.3", Level.LOW))
    assert simulator.request_count == 2


def test_unreachable_server_is_said_without_an_amount(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    simulator.stop()
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator, FROM_ENVIRONMENT).pid)
    item.menu.wait_for_label(lambda label: label.startswith("Offline"), 10, "offline")
    item.wait_for_tooltip(lambda shown: "Offline" in shown.title, 5, "offline")
    assert not any("$" in label for label in item.menu.labels())


def test_demo_shows_an_amount_and_says_that_it_is_none(bare_desktop: DesktopSession) -> None:
    bare_desktop.start_panel()
    program = start_demo(bare_desktop)
    item = wait_for_item(bare_desktop.bus, program.pid)
    wait_for_amount(item, "Demo: $")
    assert "Simulated account, no real money" in item.menu.labels()
    assert program.stderr == ""


@pytest.mark.parametrize("way", ["icon", "first row"])
def test_click_opens_the_window(desktop: DesktopSession, simulator: Simulator, way: str) -> None:
    item = wait_for_item(desktop.bus, start_tray(desktop, simulator, FROM_ENVIRONMENT).pid)
    wait_for_amount(item, "$12.34")
    assert PROGRAM_NAME not in window_titles(desktop)
    if way == "icon":
        item.activate()
    else:
        item.menu.click(item.menu.labels()[0])
    wait_for_window(desktop, PROGRAM_NAME)


def test_key_is_nowhere_but_in_the_keyring(desktop: DesktopSession, simulator: Simulator) -> None:
    store_key(desktop)
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_amount(item, "$12.34")
    shown = [item.title, item.id, item.tooltip.title, item.tooltip.text, *item.menu.labels()]
    assert not any(KEY in text for text in (*shown, program.stdout, program.stderr))
    files = [path for path in desktop.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert not any(KEY.encode() in path.read_bytes() for path in files)
