"""Messages on a real desktop: dunst shows them, and sometimes does not."""

from __future__ import annotations

import html
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.notification_stand_in import NotificationStandIn
from tests.desktop import notifications
from tests.desktop.notifier_program import LOGGED, TOOLTIP
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession

_PROJECT: Final = Path(__file__).parents[2]
_TIMEOUT: Final = 10.0
_CLICKABLE: Final = "mouse_left_click = do_action, close_current"
_MOST_GAP_MS: Final = 250
"""A frame would be 16; other programs use this computer, too."""


class Messenger:
    """The program of messages alone, on a desktop."""

    def __init__(self, desktop: DesktopSession) -> None:
        self.program: Program = desktop.start(
            [sys.executable, "-m", "tests.desktop.notifier_program"],
            {"PYTHONPATH": str(_PROJECT)},
            piped_stdin=True,
        )
        self.desktop = desktop

    def show(self, title: str, body: str = "", *actions: str, urgency: str = "NORMAL") -> None:
        fields = {"title": title, "body": body, "urgency": urgency, "actions": actions}
        self.program.send_line(json.dumps(fields))

    def wait_for_lines(self, *lines: str) -> None:
        """Wait until the program has told exactly this, since the icon appeared."""
        wait_for(lambda: self.told() == list(lines), _TIMEOUT, f"{lines}, not {self.told()}")

    def wait_for_icon(self) -> None:
        wait_for(lambda: "appeared" in self.program.stdout, _TIMEOUT, "the icon")

    def told(self) -> list[str]:
        """Return what the program has told, but for its log."""
        lines = self.program.stdout.splitlines()
        return [line for line in lines if line != "appeared" and not line.startswith(LOGGED)]

    def logged(self) -> list[str]:
        lines = self.program.stdout.splitlines()
        return [line.removeprefix(LOGGED) for line in lines if line.startswith(LOGGED)]

    def wait_for_log(self, *lines: str) -> None:
        """Wait until the program has logged exactly this."""
        wait_for(
            lambda: self.logged() == list(lines),
            _TIMEOUT,
            f"{lines} in the log",
        )

    def longest_gap_ms(self) -> int:
        """Return how long the main loop stood still at most since this was last asked."""
        before = len(self.told())
        self.program.send_line("longest gap")
        wait_for(lambda: len(self.told()) > before, _TIMEOUT, "the longest gap")
        return int(self.told()[-1].removeprefix("longest gap "))

    def wait_for_displayed(self, count: int) -> None:
        wait_for(
            lambda: notifications.count_displayed(self.desktop.bus) == count,
            _TIMEOUT,
            f"{count} notifications on the screen",
        )

    def summaries(self) -> list[str]:
        """Close what shows and return the titles of all that was shown, the newest first."""
        shown = notifications.close_and_read(self.desktop.bus)
        return [notification.summary for notification in shown]


@pytest.mark.parametrize("markup", ["no", "full"])
def test_a_message_appears_with_name_title_and_text_whatever_is_read_as_markup(
    bare_desktop: DesktopSession, markup: str
) -> None:
    bare_desktop.start_dunst(f"markup = {markup}")
    messenger = Messenger(bare_desktop)
    messenger.show("R&D <low>", "R&D <b>$4.20</b> left", "OPEN_BILLING", urgency="CRITICAL")
    messenger.wait_for_displayed(1)
    body = "R&D <b>$4.20</b> left"
    # Where dunst reads markup, it gives the text back as it came.
    expected = body if markup == "no" else html.escape(body)
    assert notifications.close_and_read(bare_desktop.bus) == [
        notifications.Notification("Novita balance", "R&D <low>", expected)
    ]


def test_the_second_message_takes_the_place_of_the_first(bare_desktop: DesktopSession) -> None:
    bare_desktop.start_dunst()
    messenger = Messenger(bare_desktop)
    messenger.show("First")
    messenger.wait_for_log("a message shows")
    messenger.show("Second")
    messenger.wait_for_log("a message shows", "a message shows")
    assert notifications.count_displayed(bare_desktop.bus) == 1
    # The history holds what was closed; what was replaced never was.
    assert messenger.summaries() == ["Second"]


def test_a_click_on_the_message_opens(bare_desktop: DesktopSession) -> None:
    bare_desktop.start_dunst(_CLICKABLE)
    messenger = Messenger(bare_desktop)
    messenger.show("Low", "$4.20 left", "OPEN_BILLING")
    messenger.wait_for_displayed(1)
    place = bare_desktop.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--class", "Dunst"]
    ).split()
    bare_desktop.run(["xdotool", "mousemove", "--window", place[0], "30", "20", "click", "1"])
    messenger.wait_for_lines("opened")
    messenger.wait_for_displayed(0)


def test_a_chosen_action_arrives(bare_desktop: DesktopSession) -> None:
    menu = bare_desktop.root / "menu"
    menu.write_text("#!/bin/sh\ngrep -m 1 'Snooze today'\n", encoding="utf-8")
    menu.chmod(0o700)
    bare_desktop.start_dunst(f"dmenu = {menu}")
    messenger = Messenger(bare_desktop)
    messenger.show("Low", "$4.20 left", "OPEN_BILLING", "SNOOZE_TODAY")
    messenger.wait_for_displayed(1)
    notifications.open_menu(bare_desktop.bus)
    messenger.wait_for_lines("SNOOZE_TODAY")


def test_a_message_is_withdrawn(bare_desktop: DesktopSession) -> None:
    bare_desktop.start_dunst()
    messenger = Messenger(bare_desktop)
    messenger.show("Low", urgency="CRITICAL")
    messenger.wait_for_displayed(1)
    messenger.program.send_line("withdraw")
    messenger.wait_for_displayed(0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_service_that_was_killed_is_used_again_once_it_is_back(
    bare_desktop: DesktopSession, number: signal.Signals
) -> None:
    bare_desktop.start_dunst()
    messenger = Messenger(bare_desktop)
    messenger.show("First")
    messenger.wait_for_displayed(1)
    bare_desktop.stop_dunst(number)
    messenger.show("Nowhere")
    messenger.wait_for_lines("shown balloon")
    bare_desktop.start_dunst()
    messenger.show("Second")
    messenger.wait_for_displayed(1)
    notifications.choose_default(bare_desktop.bus)
    messenger.wait_for_lines("shown balloon", "opened")
    assert messenger.summaries() == ["Second"]


def test_without_a_service_the_icon_shows_it_and_goes_on_showing_the_balance(
    desktop: DesktopSession,
) -> None:
    messenger = Messenger(desktop)
    messenger.wait_for_icon()
    item = wait_for_item(desktop.bus, messenger.program.pid)
    before = item.pixmap(24)
    messenger.show("Low", "$4.20 left")
    messenger.wait_for_lines("shown balloon")
    assert item.pixmap(24) == before
    assert item.tooltip.text == TOOLTIP
    assert messenger.longest_gap_ms() < _MOST_GAP_MS


def test_the_icon_goes_on_showing_the_balance_beside_a_message(desktop: DesktopSession) -> None:
    desktop.start_dunst()
    messenger = Messenger(desktop)
    messenger.wait_for_icon()
    item = wait_for_item(desktop.bus, messenger.program.pid)
    before = item.pixmap(24)
    messenger.show("Low", "$4.20 left", urgency="CRITICAL")
    messenger.wait_for_displayed(1)
    assert item.pixmap(24) == before
    assert messenger.told() == []


def test_a_service_that_never_answers_holds_nothing_up(desktop: DesktopSession) -> None:
    messenger = Messenger(desktop)
    messenger.wait_for_icon()
    with NotificationStandIn(desktop.environ["DBUS_SESSION_BUS_ADDRESS"]):
        messenger.longest_gap_ms()
        messenger.show("Low", "$4.20 left")
        messenger.wait_for_log("the notification service does not answer")
        messenger.show("Lower", "$3.20 left")
        assert messenger.longest_gap_ms() < _MOST_GAP_MS
        assert "shown balloon" not in messenger.told()


def test_a_service_that_hangs_shows_the_newest_message_when_it_goes_on(
    bare_desktop: DesktopSession,
) -> None:
    bare_desktop.start_dunst()
    messenger = Messenger(bare_desktop)
    messenger.show("First")
    messenger.wait_for_log("a message shows")
    bare_desktop.signal_dunst(signal.SIGSTOP)
    messenger.show("Second")
    hangs = ("a message shows", "the notification service does not answer")
    messenger.wait_for_log(*hangs)
    messenger.show("Third")
    bare_desktop.signal_dunst(signal.SIGCONT)
    messenger.wait_for_log(*hangs, "a message shows", "a message shows")
    assert messenger.summaries() == ["Third"]
    assert messenger.told() == []
