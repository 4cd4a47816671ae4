"""The rows of the tray's menu, and what each of them does."""

from __future__ import annotations

from enum import Enum, auto
from typing import TypeAlias

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.translation import tr


class Command(Enum):
    """What a menu row does."""

    OPEN_WINDOW = auto()
    EDIT_KEY = auto()
    REFRESH = auto()
    OPEN_BILLING = auto()
    OPEN_SETTINGS = auto()
    SNOOZE_HOUR = auto()
    SNOOZE_TODAY = auto()
    SNOOZE_TOP_UP = auto()
    WAKE_ALERTS = auto()
    OPEN_LOGS = auto()
    EXPORT_HISTORY = auto()
    DELETE_HISTORY = auto()
    ABOUT = auto()
    QUIT = auto()


@dataclass(frozen=True, slots=True)
class MenuRow:
    """A row of the menu; one without a command only tells."""

    text: str
    command: Command | None = None
    account: str = ""
    """The account that the command is about; empty for the one that is shown."""


@dataclass(frozen=True, slots=True)
class MenuSeparator:
    """A line between groups of rows."""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A row that opens further ones."""

    text: str
    rows: tuple[MenuRow, ...]


MenuItem: TypeAlias = MenuRow | MenuSeparator | MenuGroup


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """An account that is not shown, in a line."""

    name: str
    text: str
    alerts: tuple[str, ...] = ()
    """What was told of it of late, and until when nothing is."""
    snoozed: bool = False
    """Whether the user wants to hear none of its alerts for a while."""


@dataclass(frozen=True, slots=True)
class MenuContents:
    """What differs from menu to menu."""

    facts: tuple[str, ...]
    notes: tuple[str, ...]
    mishap: MenuRow | None = None
    others: tuple[OtherAccount, ...] = ()
    settings_trouble: tuple[str, ...] = ()
    """Of several the dialog tells the others."""
    offers_key_first: bool = False
    """Whether nothing can be shown before there is a key."""
    offers_snooze: bool = False
    offers_wake: bool = False


def menu_of(contents: MenuContents) -> tuple[MenuItem, ...]:
    """Return the menu: what is known, the other accounts, what can be done."""
    first = (MenuRow(tr("Add API key…"), Command.EDIT_KEY),) if contents.offers_key_first else ()
    others = tuple(
        MenuRow(text, Command.OPEN_WINDOW, other.name)
        for other in contents.others
        for text in (other.text, *other.alerts)
    )
    return (
        *first,
        # Rows without a command are drawn grey: too faint for what the program is there to show.
        *(MenuRow(fact, Command.OPEN_WINDOW) for fact in contents.facts),
        *(() if contents.mishap is None else (contents.mishap,)),
        *(MenuRow(text, Command.OPEN_SETTINGS) for text in contents.settings_trouble[:1]),
        *(MenuRow(note) for note in contents.notes),
        MenuSeparator(),
        *((*others, MenuSeparator()) if others else ()),
        MenuRow(tr("Details…"), Command.OPEN_WINDOW),
        MenuRow(tr("Refresh now"), Command.REFRESH),
        MenuRow(tr("Open billing page"), Command.OPEN_BILLING),
        *_quiet_rows(contents),
        MenuSeparator(),
        MenuRow(tr("API key…"), Command.EDIT_KEY),
        MenuRow(tr("Settings…"), Command.OPEN_SETTINGS),
        MenuRow(tr("About"), Command.ABOUT),
        MenuRow(tr("Quit"), Command.QUIT),
    )


def _quiet_rows(contents: MenuContents) -> tuple[MenuItem, ...]:
    # Of alerts the menu speaks only where there was one.
    if contents.offers_wake:
        return (MenuRow(tr("Tell alerts again"), Command.WAKE_ALERTS),)
    if not contents.offers_snooze:
        return ()
    rows = (
        MenuRow(tr("For an hour"), Command.SNOOZE_HOUR),
        MenuRow(tr("Today"), Command.SNOOZE_TODAY),
        MenuRow(tr("Until a top-up"), Command.SNOOZE_TOP_UP),
    )
    return (MenuGroup(tr("Snooze alerts"), rows),)
