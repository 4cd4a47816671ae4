"""The whole program speaks up: its alerts on a desktop whose messages dunst shows."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop import notifications
from tests.desktop.dunst_log import DunstLog
from tests.desktop.icons import wait_for_icon
from tests.desktop.own_clock import OwnClock
from tests.desktop.pictures import keep_picture
from tests.desktop.settings_text import write_settings
from tests.desktop.stand_in_browser import StandInBrowser
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    KEY,
    balance_of,
    start_tray,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import wait_for_window
from tray_app import PROGRAM_NAME
from tray_app.core.level import Level
from tray_app.presentation.icon_spec import IconSpec
from tray_app.presentation.places import BILLING_URL
from tray_app.simulator.accounts import FAILED_TO_AUTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tests.desktop.status_notifier import StatusNotifierItem
    from tray_app.simulator import Simulator

_TIMEOUT: Final = 20.0
_BELOW_5: Final = "Less than $5 left"
_BELOW_1: Final = "Less than $1 left"
_REJECTED: Final = "Novita rejects the API key"


class Watched:
    """The program on an account whose balance the test changes; its clock runs fast."""

    def __init__(self, desktop: DesktopSession, simulator: Simulator) -> None:
        self.desktop, self.simulator = desktop, simulator
        self.dunst = DunstLog(desktop)
        self.browser = StandInBrowser(desktop)
        self._clock = OwnClock(desktop.root / "clock")
        self.program: Program
        self.item: StatusNotifierItem

    def start(self) -> None:
        """Start it and wait until its first reading has been judged."""
        asked = self.simulator.request_count
        env = {**FROM_ENVIRONMENT, **self._clock.environ, **self.browser.environ}
        self.program = start_tray(self.desktop, self.simulator, env)
        self.item = wait_for_item(self.desktop.bus, self.program.pid, 30)
        self.simulator.wait_for_requests(asked + 1, _TIMEOUT)
        self.wait_for_row(lambda row: "still learning" in row, "an outlook")

    def end(self) -> None:
        self.program.send_signal(signal.SIGTERM)
        assert self.program.wait_exit(20) == 0
        assert self.program.stderr == ""

    def becomes(self, cents: int) -> None:
        """Let the balance be this much, and wait until the tray shows it."""
        self.simulator.accounts[KEY] = balance_of(cents)
        self.item.menu.click("Refresh now")
        wait_for_amount(self.item, f"${cents / 100:.2f} available")

    def is_rejected(self) -> None:
        """Let Novita take the key no longer: told whatever else was."""
        self.simulator.accounts[KEY] = FAILED_TO_AUTH
        self.item.menu.click("Refresh now")

    def wait_for_row(self, accepts: Callable[[str], bool], what: str) -> str:
        return self.item.menu.wait_for_label(accepts, _TIMEOUT, what)


@pytest.fixture
def watched(bare_desktop: DesktopSession, simulator: Simulator) -> Watched:
    bare_desktop.start_panel()
    return Watched(bare_desktop, simulator)


def test_a_falling_balance_is_told_once_a_threshold_in_one_place_beside_the_icon(
    watched: Watched,
) -> None:
    watched.start()
    watched.becomes(4_37)
    (first,) = watched.dunst.wait_for_titles(_BELOW_5)
    assert first.body.splitlines()[0] == "$4.37 available"
    assert first.urgency == "NORMAL"
    watched.wait_for_row(lambda row: row.startswith("Alert ") and _BELOW_5 in row, "what was said")
    wait_for_icon(watched.item, IconSpec("4.3", Level.LOW))
    watched.becomes(4_20)
    watched.becomes(62)
    _, second = watched.dunst.wait_for_titles(_BELOW_5, _BELOW_1)
    assert (second.number, second.urgency) == (first.number, "CRITICAL")
    assert watched.dunst.displayed == 1
    wait_for_icon(watched.item, IconSpec(".62", Level.CRITICAL))
    keep_picture(watched.desktop, "message")
    watched.wait_for_row(lambda row: row.startswith("Alert ") and _BELOW_1 in row, "the newer one")


def test_a_restart_repeats_nothing_and_goes_on_telling_what_is_new(watched: Watched) -> None:
    watched.start()
    watched.becomes(62)
    watched.dunst.wait_for_titles(_BELOW_1)
    watched.end()
    wait_for(lambda: watched.dunst.displayed == 0, _TIMEOUT, "no message of an ended program")
    watched.start()
    watched.wait_for_row(lambda row: row.startswith("Alert ") and _BELOW_1 in row, "what was said")
    watched.becomes(51)
    watched.is_rejected()
    watched.dunst.wait_for_titles(_BELOW_1, _REJECTED)


def test_what_was_low_before_the_start_is_no_news_and_what_is_critical_is(
    watched: Watched,
) -> None:
    watched.simulator.accounts[KEY] = balance_of(4_37)
    watched.start()
    watched.becomes(4_20)
    watched.end()
    assert watched.dunst.titles == []
    watched.simulator.accounts[KEY] = balance_of(62)
    watched.start()
    watched.dunst.wait_for_titles(_BELOW_1)


def test_snoozed_by_the_message_it_is_silent_until_the_menu_wakes_it(watched: Watched) -> None:
    watched.start()
    watched.becomes(4_37)
    watched.dunst.wait_for_titles(_BELOW_5)
    offered = watched.dunst.choose("Snooze today")
    wanted = ("Open billing", "Snooze today", "Snooze until a top-up")
    assert [any(label in row for row in offered) for label in wanted] == [True] * len(wanted)
    watched.wait_for_row(lambda row: row.startswith("Alerts snoozed until "), "the snooze")
    wait_for(lambda: watched.dunst.displayed == 0, _TIMEOUT, "no message")
    watched.becomes(62)
    # Whatever the first of two readings had to say would have been said by the second.
    watched.becomes(61)
    wait_for_icon(watched.item, IconSpec(".61", Level.CRITICAL))
    assert watched.dunst.titles == [_BELOW_5]
    watched.item.menu.click("Tell alerts again")
    # What began meanwhile and still holds is told now.
    watched.dunst.wait_for_titles(_BELOW_5, _BELOW_1)
    assert not any("snoozed" in label for label in watched.item.menu.labels())


def test_the_message_opens_the_billing_page_and_a_top_up_is_told(watched: Watched) -> None:
    watched.start()
    watched.becomes(4_37)
    watched.dunst.wait_for_titles(_BELOW_5)
    watched.dunst.choose("Open billing")
    watched.browser.wait_for_page(BILLING_URL)
    watched.becomes(24_37)
    _, top_up = watched.dunst.wait_for_titles(_BELOW_5, "Top-up arrived: +$20.00")
    assert top_up.body.splitlines()[0] == "$24.37 available"
    assert top_up.urgency == "LOW"
    # That was a recovery: the next fall is a new episode.
    watched.becomes(4_90)
    watched.dunst.wait_for_titles(_BELOW_5, "Top-up arrived: +$20.00", _BELOW_5)


def test_a_rejected_key_is_told_with_the_window_a_click_away(watched: Watched) -> None:
    watched.start()
    watched.is_rejected()
    (message,) = watched.dunst.wait_for_titles(_REJECTED)
    assert message.body == "The balance is not watched until you enter another key."
    assert message.urgency == "CRITICAL"
    watched.wait_for_row(lambda row: row.startswith("Alert ") and _REJECTED in row, "what was said")
    notifications.choose_default(watched.desktop.bus)
    wait_for_window(watched.desktop, PROGRAM_NAME)


def test_hidden_amounts_are_in_no_message_and_no_row(watched: Watched) -> None:
    write_settings(watched.desktop, "[icon]", "hide_amounts = true", "[budgets]", "daily_dollars=7")
    watched.start()
    watched.simulator.accounts[KEY] = balance_of(4_37)
    watched.item.menu.click("Refresh now")
    wait_for(lambda: watched.dunst.asked, _TIMEOUT, "a message")
    watched.simulator.accounts[KEY] = balance_of(64_37)
    watched.item.menu.click("Refresh now")
    wait_for(lambda: len(watched.dunst.asked) > 1, _TIMEOUT, "word of the top-up")
    shown = [each.text for each in watched.dunst.asked]
    shown += watched.item.menu.labels()
    shown += [watched.item.tooltip.title, watched.item.tooltip.text, watched.item.title]
    assert [text for text in shown if re.search(r"\$[\d,.]|4[.,]37|60[.,]00", text)] == []
    wait_for_icon(watched.item, IconSpec("", Level.HEALTHY))


def test_the_users_own_program_is_told_in_json_without_a_key(watched: Watched) -> None:
    command, told = watched.desktop.root / "own program", watched.desktop.root / "told"
    keep = f'{{ cat; env; echo "arguments: $#"; }} >"{told}.new"'
    command.write_text(f'#!/bin/sh\n{keep}\nmv "{told}.new" "{told}"\n', encoding="utf-8")
    command.chmod(0o700)
    write_settings(watched.desktop, f'alert_command = "{command}"')
    watched.start()
    watched.becomes(4_37)
    wait_for(told.exists, _TIMEOUT, "the program that the settings name")
    text = told.read_text(encoding="utf-8")
    assert KEY not in text
    assert text.endswith("arguments: 0\n")
    payload = json.loads(text.splitlines()[0])
    assert payload["schema"] == 1
    assert payload["kinds"] == [payload["kind"]] == ["below"]
    assert payload["title"] == _BELOW_5
    assert payload["account"] == "default"
    assert (payload["available"], payload["level"]) == ("4.3700", "low")
    watched.dunst.wait_for_titles(_BELOW_5)
