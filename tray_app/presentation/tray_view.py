"""What the tray shows at a moment, as one comparable value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.problem import NoKey
from tray_app.core.refresh_policy import next_due
from tray_app.core.status import Status, age_of, shown_problem, status_of
from tray_app.presentation.icon_spec import Emblem, IconSpec
from tray_app.presentation.short_amount import short_amount
from tray_app.presentation.wording import (
    Mishap,
    ProblemText,
    Surface,
    age_text,
    amount_text,
    detail_rows,
    keyring_wait_lines,
    level_text,
    mishap_text,
    problem_text,
    wait_text,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.account_state import AccountState
    from tray_app.core.settings import Settings

# Windows cuts the tooltip there (NOTIFYICONDATA.szTip holds 128 UTF-16 units with its end).
LONGEST_TOOLTIP_UTF16: Final = 127
_NO_FIGURE: Final = "–"
_SEPARATOR: Final = " · "


class Command(Enum):
    """What a menu row does."""

    OPEN_WINDOW = auto()
    EDIT_KEY = auto()
    REFRESH = auto()
    OPEN_BILLING = auto()
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


@dataclass(frozen=True, slots=True)
class MenuSeparator:
    """A line between groups of rows."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from, as far as the user must know."""

    demo: bool = False
    key_from_environment: bool = False
    api_url: str | None = None
    """The address, where it is not the vendor's own."""
    keyring_can_be_left: bool = True
    """Whether a question that the keyring does not answer can be put anew."""


@dataclass(frozen=True, slots=True)
class TrayView:
    """Everything that the tray shows; equal views look the same."""

    icon: IconSpec
    tooltip: str
    menu: tuple[MenuRow | MenuSeparator, ...]
    headline: str
    """The available amount and its age, or why there is none."""
    details: tuple[tuple[str, str], ...]
    """Word and amount of everything else that the reply had."""
    trouble: tuple[str, ...]
    """What is wrong and the next step; empty when nothing is."""
    notes: tuple[str, ...]
    """Where the figures come from, where that is not the plain case."""
    mishap: MenuRow | None = None
    """What went wrong in the program itself, and how to learn more."""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it as plain lines, for the menu's first rows and for a terminal."""
        return _lines(self.headline, self.details, self.trouble, self.notes)


@dataclass(frozen=True, slots=True)
class OwnState:
    """What the program itself goes through, whatever the account."""

    mishap: Mishap | None = None
    keyring_wait: bool = False
    """Whether an answer of the keyring is due for so long that the user must be meant to act."""


_AT_EASE: Final = OwnState()


def present(
    state: AccountState,
    now: datetime,
    settings: Settings,
    source: Source,
    own: OwnState = _AT_EASE,
) -> TrayView:
    """Return what to show at ``now`` (UTC)."""
    status = status_of(state, now, settings.stale_after)
    headline = _headline(state, now, status, source)
    details = () if state.reading is None else detail_rows(state.reading)
    trouble = _trouble(state, now, settings, source)
    if own.keyring_wait:
        trouble = keyring_wait_lines(can_be_left=source.keyring_can_be_left)
        if state.reading is None:
            headline, *rest = trouble
            trouble = tuple(rest)
    notes = _notes(source)
    mishap_row = None if own.mishap is None else _mishap_row(own.mishap, source)
    return TrayView(
        icon=_icon(state, status, keyring_wait=own.keyring_wait),
        tooltip=_tooltip(headline, details, trouble),
        menu=_menu(
            _lines(headline, details, trouble, ()),
            mishap_row,
            notes,
            offers_key_first=isinstance(state.problem, NoKey),
        ),
        headline=headline,
        details=details,
        trouble=trouble,
        notes=notes,
        mishap=mishap_row,
    )


def _lines(
    headline: str,
    details: tuple[tuple[str, str], ...],
    trouble: tuple[str, ...],
    notes: tuple[str, ...],
) -> tuple[str, ...]:
    return (headline, *(f"{word}: {amount}" for word, amount in details), *trouble, *notes)


def _headline(state: AccountState, now: datetime, status: Status, source: Source) -> str:
    return ("Demo: " if source.demo else "") + _figure(state, now, status)


def _figure(state: AccountState, now: datetime, status: Status) -> str:
    if state.reading is None:
        if shown_problem(state, now) is None:
            return "Loading the balance…"
        return "No balance yet"
    known_age = age_of(state.reading, now)
    age = "earlier" if known_age is None else age_text(known_age)
    amount = amount_text(state.reading.available)
    if status is not Status.FRESH:
        return f"{amount} was available {age}"
    word = level_text(state.level) if state.level is not None else ""
    return _SEPARATOR.join(part for part in (f"{amount} available", word, age) if part)


def _trouble(
    state: AccountState, now: datetime, settings: Settings, source: Source
) -> tuple[str, ...]:
    problem = shown_problem(state, now)
    if problem is None:
        return ()
    text = problem_text(problem, Surface.TRAY, key_from_environment=source.key_from_environment)
    return tuple(line for line in (text.title, _next_step(text, state, now, settings)) if line)


def _next_step(text: ProblemText, state: AccountState, now: datetime, settings: Settings) -> str:
    if text.next_step:
        return text.next_step
    due = next_due(state, settings.refresh_interval)
    return f"Next try {wait_text(due - now)}" if due is not None else "Trying again…"


def _notes(source: Source) -> tuple[str, ...]:
    notes = []
    if source.demo:
        notes.append("Simulated account, no real money")
    if source.key_from_environment:
        notes.append("Key from NOVITA_API_KEY")
    if source.api_url is not None:
        notes.append(f"Asking {source.api_url}")
    return tuple(notes)


def _mishap_row(mishap: Mishap, source: Source) -> MenuRow:
    logged = not source.demo
    text = mishap_text(mishap, logged=logged)
    return MenuRow(text, Command.OPEN_LOGS if logged else Command.OPEN_WINDOW)


def _tooltip(headline: str, details: tuple[tuple[str, str], ...], trouble: tuple[str, ...]) -> str:
    """Join what fits: the headline and what is wrong come first, amounts as far as they fit."""
    shown = [f"{word} {amount}" for word, amount in details]
    while True:
        pairs = (_SEPARATOR.join(shown[start : start + 2]) for start in range(0, len(shown), 2))
        tooltip = "\n".join((headline, *pairs, *trouble))
        if _utf16_units(tooltip) <= LONGEST_TOOLTIP_UTF16:
            return tooltip
        if not shown:
            return _cut(tooltip)
        shown.pop()


def _cut(text: str) -> str:
    while _utf16_units(text) >= LONGEST_TOOLTIP_UTF16:
        text = text[:-1]
    return f"{text}…"


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _menu(
    facts: tuple[str, ...],
    mishap: MenuRow | None,
    notes: tuple[str, ...],
    *,
    offers_key_first: bool,
) -> tuple[MenuRow | MenuSeparator, ...]:
    first = (MenuRow("Add API key…", Command.EDIT_KEY),) if offers_key_first else ()
    return (
        *first,
        # Rows without a command are drawn grey: too faint for what the program is there to show.
        *(MenuRow(fact, Command.OPEN_WINDOW) for fact in facts),
        *(() if mishap is None else (mishap,)),
        *(MenuRow(note) for note in notes),
        MenuSeparator(),
        MenuRow("Refresh now", Command.REFRESH),
        MenuRow("Open billing page", Command.OPEN_BILLING),
        MenuRow("API key…", Command.EDIT_KEY),
        MenuSeparator(),
        MenuRow("About", Command.ABOUT),
        MenuRow("Quit", Command.QUIT),
    )


def _icon(state: AccountState, status: Status, *, keyring_wait: bool) -> IconSpec:
    match status:
        case Status.LOADING if keyring_wait:
            return IconSpec("", None, emblem=Emblem.KEY)
        case Status.NO_KEY | Status.KEYRING_CLOSED:
            return IconSpec("", None, emblem=Emblem.KEY)
        case Status.WRONG_KEY | Status.FAILING:
            return IconSpec("", None, emblem=Emblem.ALERT)
        case Status.LOADING:
            return IconSpec("", None, emblem=Emblem.LOADING)
        case Status.FRESH:
            return _figure_icon(state, dimmed=False, emblem=Emblem.NONE)
        case Status.STALE:
            return _figure_icon(state, dimmed=True, emblem=Emblem.STALE)
        case Status.OFFLINE:
            return _figure_icon(state, dimmed=True, emblem=Emblem.OFFLINE)
        case _:
            assert_never(status)


def _figure_icon(state: AccountState, *, dimmed: bool, emblem: Emblem) -> IconSpec:
    if state.reading is None:
        return IconSpec(_NO_FIGURE, None, emblem=emblem)
    return IconSpec(
        text=short_amount(state.reading.available),
        level=state.level,
        dimmed=dimmed,
        emblem=emblem,
    )
