"""What a tray is given in the tests, and what it shows and tells."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from tests.ui.samples import NOON, reading_of
from tray_app.core.account_state import AccountState, FetchStarted, FetchSucceeded, reduce
from tray_app.core.settings import Settings
from tray_app.presentation.source import Source
from tray_app.presentation.tray_view import present

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from tray_app.presentation.tray_menu import Command
    from tray_app.presentation.tray_view import TrayView
    from tray_app.ui.tray import Tray

MINUTE: Final = timedelta(minutes=1)


class Panel:
    """Whether a panel is there, as far as the tray can tell; counts the looks."""

    def __init__(self) -> None:
        self.there = True
        self.looks = 0

    def __call__(self) -> bool:
        self.looks += 1
        return self.there


class Appearances:
    def __init__(self, tray: Tray) -> None:
        self.commands: list[Command] = []
        self.missing = 0
        self.appeared = 0
        self.accounts: list[str] = []
        """The account of each command."""
        tray.command_chosen.connect(self._note_command)
        tray.panel_missing.connect(self._count_missing)
        tray.appeared.connect(self._count_appeared)

    def _note_command(self, command: Command, account: str) -> None:
        self.commands.append(command)
        self.accounts.append(account)

    def _count_missing(self) -> None:
        self.missing += 1

    def _count_appeared(self) -> None:
        self.appeared += 1


def view_of(cents: int, age: timedelta = timedelta(0)) -> TrayView:
    state = reduce(
        reduce(AccountState(), FetchStarted(NOON, 0.0)), FetchSucceeded(1, reading_of(cents))
    )
    return present(state, NOON + age, Settings(), Source(), UTC)


def loading_view() -> TrayView:
    return present(AccountState(), NOON, Settings(), Source(), UTC)


def menu_of(tray: Tray) -> QMenu:
    assert tray._icon is not None
    return tray._icon.contextMenu()


def texts(tray: Tray) -> list[str | None]:
    return [None if row.isSeparator() else row.text() for row in menu_of(tray).actions()]
