"""Alerts of several accounts at a moment are one message, whose buttons do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.samples import reading_of, usd
from tray_app.core.account_state import AccountState
from tray_app.core.alert import BalanceBelow, BalanceEmpty
from tray_app.presentation.alert_message import MessageAction
from tray_app.presentation.alert_wording import AlertNews
from tray_app.presentation.tray_menu import Command
from tray_app.ui.alert_voice import SNOOZES, AlertVoice
from tray_app.ui.notifier import Notifier

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tray_app.presentation.alert_message import Message

STATE = AccountState(reading=reading_of("0.50"))
LOW = AlertNews("home", (BalanceBelow(usd("5")),), STATE, "home")
EMPTY = AlertNews("work", (BalanceEmpty(),), STATE, "work")


class Balloon:
    """Notes what a desktop without a notification service shows."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def show_balloon(self, message: Message) -> None:
        self.messages.append(message)


class Voice:
    """A voice, and what became of it."""

    def __init__(self) -> None:
        self.balloon = Balloon()
        self.notifiers: list[Notifier] = []
        self.voice = AlertVoice(self._notifier)
        self.commands: list[tuple[Command, str]] = []
        self.told: list[AlertNews] = []
        self.voice.command_chosen.connect(self._note_command)
        self.voice.told.connect(self.told.append)

    def _notifier(self) -> Notifier:
        self.notifiers.append(Notifier(lambda: None, self.balloon, lambda: None))
        return self.notifiers[-1]

    def _note_command(self, command: Command, account: str) -> None:
        self.commands.append((command, account))


@pytest.fixture
def voice(qtbot: QtBot) -> Voice:
    assert qtbot is not None
    return Voice()


def test_before_the_first_alert_nothing_is_made(voice: Voice) -> None:
    voice.voice.withdraw()
    voice.voice.close()
    assert voice.notifiers == []


def test_what_comes_at_once_is_one_message(voice: Voice, qtbot: QtBot) -> None:
    voice.voice.tell(LOW)
    voice.voice.tell(EMPTY)
    qtbot.waitUntil(lambda: bool(voice.balloon.messages))
    (message,) = voice.balloon.messages
    assert message.title == "work: The balance is used up"
    assert "home: Less than $5 left" in message.body
    assert voice.told == [LOW, EMPTY]


def test_what_comes_meanwhile_keeps_the_first_waiting_no_longer(voice: Voice, qtbot: QtBot) -> None:
    voice.voice.tell(LOW)
    qtbot.wait(50)
    left = voice.voice._timer.remainingTime()
    voice.voice.tell(EMPTY)
    assert voice.voice._timer.remainingTime() <= left
    voice.voice.close()


def test_what_comes_later_is_another_message_by_the_same_notifier(
    voice: Voice, qtbot: QtBot
) -> None:
    voice.voice.tell(LOW)
    qtbot.waitUntil(lambda: len(voice.balloon.messages) == 1)
    voice.voice.tell(EMPTY)
    qtbot.waitUntil(lambda: len(voice.balloon.messages) == 2)
    assert len(voice.notifiers) == 1
    assert voice.told == [LOW, EMPTY]


def test_an_end_tells_nothing_more(voice: Voice, qtbot: QtBot) -> None:
    voice.voice.tell(LOW)
    voice.voice.close()
    qtbot.wait(700)
    assert (voice.balloon.messages, voice.told) == ([], [])


@pytest.mark.parametrize("action", MessageAction)
def test_each_button_is_a_command_about_the_gravest_alerts_account(
    voice: Voice, qtbot: QtBot, action: MessageAction
) -> None:
    voice.voice.tell(LOW)
    voice.voice.tell(EMPTY)
    qtbot.waitUntil(lambda: bool(voice.notifiers))
    voice.notifiers[0].action_chosen.emit(action)
    ((command, account),) = voice.commands
    assert (command.name, account) == (action.name, "work")


def test_a_click_on_the_message_opens_the_accounts_window(voice: Voice, qtbot: QtBot) -> None:
    voice.voice.tell(EMPTY)
    qtbot.waitUntil(lambda: bool(voice.notifiers))
    voice.notifiers[0].opened.emit()
    assert voice.commands == [(Command.OPEN_WINDOW, "work")]


def test_each_snooze_has_its_span() -> None:
    assert {command.name for command in SNOOZES} == {
        action.name for action in MessageAction if action.name.startswith("SNOOZE")
    }
