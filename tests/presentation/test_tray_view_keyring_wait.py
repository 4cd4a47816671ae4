"""What a view tells while an answer of the keyring is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.samples import state_after
from tests.presentation.views import FULL, head_texts, utf16_units, view
from tray_app.core.account_state import AccountState
from tray_app.core.problem import KeyringLocked, NoKey, TimedOut
from tray_app.presentation.icon_spec import Emblem
from tray_app.presentation.source import Source
from tray_app.presentation.tooltip import LONGEST_TOOLTIP_UTF16
from tray_app.presentation.tray_menu import Command, MenuRow

if TYPE_CHECKING:
    from tray_app.core.problem import Problem

WAIT = "Waiting for the keyring: answer its prompt"
ANEW = "No prompt? Choose Refresh now to ask again"


@pytest.mark.parametrize("problem", [None, KeyringLocked(), TimedOut()], ids=repr)
def test_without_a_figure_the_headline_says_what_is_waited_for(problem: Problem | None) -> None:
    shown = view(state_after(problem) if problem else AccountState(), keyring_wait=True)
    assert (shown.headline, shown.trouble) == (WAIT, (ANEW,))
    assert shown.tooltip == f"{WAIT}\n{ANEW}"
    assert head_texts(shown) == [WAIT, ANEW]


@pytest.mark.parametrize("problem", [None, TimedOut()], ids=repr)
def test_a_figure_stays_and_the_wait_stands_in_place_of_other_trouble(
    problem: Problem | None,
) -> None:
    state = state_after(problem, reading=FULL)
    shown = view(state, keyring_wait=True)
    assert (shown.headline, shown.icon) == (view(state).headline, view(state).icon)
    assert shown.trouble == (WAIT, ANEW)
    assert shown.tooltip.endswith(f"{WAIT}\n{ANEW}")
    assert utf16_units(shown.tooltip) <= LONGEST_TOOLTIP_UTF16


def test_a_keyring_that_cannot_be_left_is_not_said_to_be_asked_again() -> None:
    shown = view(AccountState(), source=Source(keyring_can_be_left=False), keyring_wait=True)
    assert shown.lines == (WAIT,)


def test_the_icon_is_the_key_from_the_first_wait_on() -> None:
    assert view(AccountState()).icon.emblem is Emblem.LOADING
    assert view(AccountState(), keyring_wait=True).icon.emblem is Emblem.KEY
    assert view(state_after(KeyringLocked()), keyring_wait=True).icon.emblem is Emblem.KEY


def test_every_command_stays_in_the_menu() -> None:
    for problem in (NoKey(), KeyringLocked()):
        shown = view(state_after(problem), keyring_wait=True)
        commands = [row.command for row in shown.menu if isinstance(row, MenuRow)]
        assert {Command.REFRESH, Command.EDIT_KEY, Command.QUIT} <= set(commands)
