"""The program beside a real keyring that is locked, dies or hangs."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

import pytest

from tests.desktop import prompter
from tests.desktop.icons import wait_for_icon
from tests.desktop.prompter import PromptCount
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    assert_ends_clean,
    start_tray,
    store_key,
    wait_for_amount,
)
from tests.desktop.windows import press_keys, wait_for_window
from tray_app import PROGRAM_NAME
from tray_app.presentation.icon_spec import Emblem, IconSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.session import DesktopSession
    from tests.desktop.status_notifier import StatusNotifierItem
    from tray_app.simulator import Simulator

_WAITING: Final = "Waiting for the keyring: answer its prompt"
_LOCKED: Final = "The keyring is locked"
_FAILED: Final = "The keyring gave no usable answer"
_KEY_ICON: Final = IconSpec("", None, emblem=Emblem.KEY)
_SHOWN_WITHIN: Final = 30.0


@pytest.fixture
def prompts(desktop: DesktopSession) -> Iterator[PromptCount]:
    """A key is in the keyring, which is locked and may prompt."""
    store_key(desktop)
    prompter.allow_prompts(desktop)
    desktop.lock_keyring()
    with PromptCount(desktop) as count:
        yield count


def wait_for_row(item: StatusNotifierItem, text: str) -> None:
    item.menu.wait_for_label(lambda label: label == text, _SHOWN_WITHIN, text)


def test_a_locked_keyring_prompts_once_and_again_when_the_user_refreshes(
    desktop: DesktopSession, simulator: Simulator, prompts: PromptCount
) -> None:
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    prompter.wait_for_prompt(desktop)
    wait_for_row(item, _WAITING)
    wait_for_icon(item, _KEY_ICON)
    assert _WAITING in item.tooltip.title + item.tooltip.text

    prompter.dismiss(desktop)
    wait_for_row(item, _LOCKED)
    wait_for_icon(item, _KEY_ICON)
    assert "Choose Refresh now and unlock it at its prompt" in item.menu.labels()
    # What the user looks at meanwhile asks nothing.
    item.menu.click(_LOCKED)
    press_keys(desktop, wait_for_window(desktop, PROGRAM_NAME), "Escape")
    assert (prompts.value, simulator.request_count) == (1, 0)

    item.menu.click("Refresh now")
    prompter.unlock(desktop)
    wait_for_amount(item, "$12.34")
    assert prompts.value == 2
    item.menu.click("Quit")
    assert_ends_clean(program)


def test_quitting_takes_the_open_prompt_away(
    desktop: DesktopSession, simulator: Simulator, prompts: PromptCount
) -> None:
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    prompter.wait_for_prompt(desktop)
    item.menu.click("Quit")
    assert_ends_clean(program)
    prompter.wait_until_closed(desktop)
    assert prompts.value == 1


def test_a_keyring_that_is_killed_behind_its_prompt_is_found_again_when_it_is_back(
    desktop: DesktopSession, simulator: Simulator, prompts: PromptCount
) -> None:
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    prompter.wait_for_prompt(desktop)
    desktop.stop_keyring(signal.SIGKILL)
    wait_for_row(item, _FAILED)
    item.menu.click("Refresh now")
    wait_for_row(item, "No keyring service is running")
    desktop.start_keyring()
    item.menu.click("Refresh now")
    wait_for_amount(item, "$12.34")
    assert prompts.value == 1


def test_a_keyring_that_hangs_is_waited_for_and_its_late_answer_used(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    desktop.signal_keyring(signal.SIGSTOP)
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_row(item, _WAITING)
    item.menu.announce_opening()
    assert "No prompt? Choose Refresh now to ask again" in item.menu.labels()
    item.menu.click("Refresh now")
    desktop.signal_keyring(signal.SIGCONT)
    wait_for_amount(item, "$12.34")
    item.menu.click("Quit")
    assert_ends_clean(program)


def test_a_keyring_that_hangs_does_not_hold_the_program_when_it_is_quit(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    store_key(desktop)
    desktop.signal_keyring(signal.SIGSTOP)
    program = start_tray(desktop, simulator)
    item = wait_for_item(desktop.bus, program.pid)
    wait_for_row(item, _WAITING)
    item.menu.click("Quit")
    assert_ends_clean(program)
    desktop.signal_keyring(signal.SIGCONT)
