"""Sentences that a user reads about a balance and the program itself: amounts, ages, notes."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.level import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.money import Usd
    from tray_app.core.reading import BalanceReading

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


NO_TRAY_TEXT: Final = (
    "This desktop shows no tray icons, so the balance is here. On GNOME, install and switch on the "
    "extension “AppIndicator and KStatusNotifierItem Support”; in other panels, add the status "
    "tray or notification area. The icon appears as soon as there is one. Closing this window "
    "ends the program."
)
SIMULATED_NOTE: Final = "Simulated account, no real money"
KEYRING_WAIT_TEXT: Final = "Waiting for the keyring: answer its prompt"
KEY_PLACE: Final = "the system's keyring and nowhere else"
DEMO_KEY_PLACE: Final = "memory, as long as this demo runs"
KEY_OVERRIDE_NOTE: Final = (
    "NOVITA_API_KEY is set in the environment and overrides the keyring. A key saved here is "
    "used once the variable is gone."
)
REMOVAL_NOTE: Final = "The balance is not refreshed until you add a key again."
REMOVAL_OVERRIDE_NOTE: Final = "NOVITA_API_KEY stays in force: the balance is refreshed with it."


class Mishap(Enum):
    """What went wrong in the program itself, rather than between the key and the figure."""

    ERROR = auto()
    """An error that nobody foresaw; the program went on."""
    CRASH = auto()
    """The start before this one ended in a crash."""


def mishap_text(mishap: Mishap, *, logged: bool) -> str:
    """Return what happened, and where more stands about it; the demo keeps no log."""
    match mishap:
        case Mishap.ERROR:
            what, unlogged = "Something went wrong inside", "--verbose tells more"
        case Mishap.CRASH:
            what, unlogged = "The program crashed the last time", "nothing more is known"
        case _:
            assert_never(mishap)
    return f"{what}; {'details are in the log' if logged else unlogged}"


def already_running_text() -> str:
    """Return what a second start says."""
    return "The program already runs: its window was asked to come forward."


def start_failed_text(lacking: str | None) -> str:
    """Return what is said where the tray cannot start; ``lacking`` names what was not found."""
    reason = "Something went wrong inside; details are in the log" if lacking is None else lacking
    return f"The tray could not start: {reason}."


def no_answer_text(holder: int | None) -> str:
    """Return what a second start says beside a first one that is silent."""
    which = "" if holder is None else f" (process {holder})"
    return f"The program already runs{which} but does not answer. End it, then start it again."


def about_text(asked: str, key_place: str) -> str:
    """Return what is sent to whom, and where the key is."""
    return (
        "Shows the dollars left on a prepaid Novita AI account.\n\n"
        f"It asks {asked} for the balance with your API key, and nobody else for anything. "
        f"{key_place}"
    )


def about_key_text(*, demo: bool, key_from_environment: bool) -> str:
    """Return where the key in use is, as a sentence."""
    if demo:
        return "The demo's key is in memory and opens nothing else."
    if key_from_environment:
        return "The key comes from NOVITA_API_KEY in the environment."
    return "The key stays in the system's keyring."


def amount_text(amount: Usd) -> str:
    """Return the exact amount: ``$12.34``, ``-$0.0021``.

    Two decimals where cents are exact, four where they would lie. No grouping marks, so that no
    reader takes a comma for a decimal point.
    """
    text = amount.decimal_text(min_places=2)
    return f"-${text[1:]}" if text.startswith("-") else f"${text}"


def column_texts(amounts: Sequence[Usd]) -> tuple[str, ...]:
    """Return exact amounts that stand below each other: cents, or four decimals for all."""
    texts = [amount_text(amount) for amount in amounts]
    decimals = max((len(text) - text.index(".") - 1 for text in texts), default=0)
    return tuple(text + "0" * (decimals - (len(text) - text.index(".") - 1)) for text in texts)


def age_text(age: timedelta) -> str:
    """Return how long ago: ``just now``, ``4 min ago``, ``3 h ago``, ``2 d ago``; rounded down."""
    if age < _MINUTE:
        return "just now"
    return f"{_span(age)} ago"


def wait_text(wait: timedelta) -> str:
    """Return how long until: ``now``, ``in 4 min``; rounded up to the minute."""
    return "now" if wait <= timedelta(0) else f"in {-(-wait // _MINUTE)} min"


def _span(span: timedelta) -> str:
    for unit, word in ((_DAY, "d"), (_HOUR, "h")):
        if span >= unit:
            return f"{span // unit} {word}"
    return f"{span // _MINUTE} min"


def level_text(level: Level) -> str:
    """Return the level as a word for people, empty for the level that needs none."""
    match level:
        case Level.HEALTHY:
            return ""
        case Level.LOW:
            return "low"
        case Level.CRITICAL:
            return "critical"
        case Level.EMPTY:
            return "empty"
        case _:
            assert_never(level)


def detail_rows(reading: BalanceReading) -> tuple[tuple[str, str], ...]:
    """Return (word, amount) of every amount beside ``available`` that the reply had."""
    named = (
        ("Cash", reading.cash),
        ("Credit limit", reading.credit_limit),
        ("Pending charges", reading.pending_charges),
        ("Owed", reading.outstanding_invoices),
    )
    return tuple((word, amount_text(amount)) for word, amount in named if amount is not None)


def keyring_wait_lines(*, can_be_left: bool) -> tuple[str, ...]:
    """Return what to show while an answer of the keyring is due."""
    anew = ("No prompt? Choose Refresh now to ask again",) if can_be_left else ()
    return (KEYRING_WAIT_TEXT, *anew)
