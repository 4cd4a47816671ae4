"""Sentences that a user reads about a balance and the program itself: amounts, ages, notes."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.level import Level
from tray_app.presentation.locale_format import number_text
from tray_app.presentation.privacy import HIDDEN_AMOUNT, amounts_are_hidden
from tray_app.presentation.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.money import Usd
    from tray_app.core.reading import BalanceReading

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def no_tray_text() -> str:
    """Return what stands in the window where there is no tray."""
    return joined(
        tr("This desktop shows no tray icons, so the balance is here."),
        tray_step_text(),
        tr("Closing this window ends the program."),
    )


def tray_step_text() -> str:
    """Return how a desktop without a tray gets one."""
    return tr(
        "On GNOME, install and switch on the extension “AppIndicator and KStatusNotifierItem "
        "Support”; in other panels, add the status tray or notification area. The icon appears as "
        "soon as there is one."
    )


def simulated_note() -> str:
    """Return what is said of the demo's account."""
    return tr("Simulated account, no real money")


def keyring_wait_text() -> str:
    """Return what is said while an answer of the keyring is due."""
    return tr("Waiting for the keyring: answer its prompt")


def key_place_text(*, demo: bool) -> str:
    """Return where a key that is entered is kept."""
    if demo:
        return tr("It is kept in memory, as long as this demo runs.")
    return tr("It is kept in the system's keyring and nowhere else.")


def key_override_note() -> str:
    """Return what whoever saves a key beside NOVITA_API_KEY must know."""
    return tr(
        "NOVITA_API_KEY is set in the environment and overrides the keyring. A key saved here is "
        "used once the variable is gone."
    )


def removal_note(*, key_from_environment: bool) -> str:
    """Return what follows when the stored key is removed."""
    if key_from_environment:
        return tr("NOVITA_API_KEY stays in force: the balance is refreshed with it.")
    return tr("The balance is not refreshed until you add a key again.")


class Mishap(Enum):
    """What went wrong in the program itself, rather than between the key and the figure."""

    ERROR = auto()
    """An error that nobody foresaw; the program went on."""
    CRASH = auto()
    """The start before this one ended in a crash."""


def mishap_text(mishap: Mishap, *, logged: bool) -> str:
    """Return what happened, and where more stands about it; the demo keeps no log."""
    match mishap:
        case Mishap.ERROR if logged:
            return tr("Something went wrong inside; details are in the log")
        case Mishap.ERROR:
            return tr("Something went wrong inside; --verbose tells more")
        case Mishap.CRASH if logged:
            return tr("The program crashed the last time; details are in the log")
        case Mishap.CRASH:
            return tr("The program crashed the last time; nothing more is known")
        case _:
            assert_never(mishap)


def already_running_text() -> str:
    """Return what a second start says."""
    return "The program already runs: its window was asked to come forward."


def no_tray_account_text() -> str:
    """Return what is said where the tray that runs knows no such account."""
    return "The tray that runs knows no account of that name."


def no_account_text(names: Sequence[str]) -> str:
    """Return what is said where the settings have no such account."""
    return f"There is no account of that name; there is {', '.join(names)}."


def too_many_accounts_text(most: int) -> str:
    """Return what is said where one account more has no place in the settings."""
    return f"The settings hold {most} accounts at most, and no two names that differ in case only."


def start_failed_text(lacking: str | None) -> str:
    """Return what is said where the tray cannot start; ``lacking`` names what was not found."""
    reason = "Something went wrong inside; details are in the log" if lacking is None else lacking
    return f"The tray could not start: {reason}."


def no_answer_text(holder: int | None) -> str:
    """Return what a second start says beside a first one that is silent."""
    which = "" if holder is None else f" (process {holder})"
    return f"The program already runs{which} but does not answer. End it, then start it again."


def no_tray_runs_text() -> str:
    """Return what ``status`` says where nothing can be asked."""
    return "No tray runs: start novita-tray, or ask Novita with novita-tray balance."


def quit_text() -> str:
    """Return what ``quit`` says once the tray has ended."""
    return "The tray has ended."


def no_tray_to_quit_text() -> str:
    """Return what ``quit`` says where there is nothing to end."""
    return "No tray runs."


def no_end_text(holder: int | None) -> str:
    """Return what ``quit`` says of a tray that goes on."""
    which = "" if holder is None else f" (process {holder})"
    return f"The tray that runs{which} does not end when asked. End its process."


def about_text(asked: str | None, key_place: str) -> str:
    """Return what is sent to whom, None for the demo's simulator, and where the key is."""
    purpose = tr("Shows the dollars left on a prepaid Novita AI account.")
    if asked is None:
        question = tr(
            "It asks a simulator of its own for the balance with your API key, and nobody else "
            "for anything."
        )
    else:
        question = tr(
            "It asks {host} for the balance with your API key, and nobody else for anything.",
            host=asked,
        )
    return f"{purpose}\n\n{joined(question, key_place)}"


def about_key_text(*, demo: bool, key_from_environment: bool) -> str:
    """Return where the key in use is, as a sentence."""
    if demo:
        return tr("The demo's key is in memory and opens nothing else.")
    if key_from_environment:
        return tr("The key comes from NOVITA_API_KEY in the environment.")
    return tr("The key stays in the system's keyring.")


def amount_text(amount: Usd) -> str:
    """Return the exact amount: ``$12.34``, ``-$0.0021``; in a window by locale, ``$1.234,56``.

    Two decimals where cents are exact, four where they would lie. Without a locale there are no
    grouping marks, so that no reader takes a comma for a decimal point. Hidden where the user
    wants no amount on the screen.
    """
    return _with_dollar(amount.decimal_text(min_places=2))


def chosen_amount_text(amount: Usd) -> str:
    """Return the same of an amount that the user chose, in the field where it is chosen."""
    return _shown_with_dollar(amount.decimal_text(min_places=2))


def brief_amount_text(amount: Usd) -> str:
    """Return the exact amount without a fraction that is zero: ``$20``, ``$20.50``."""
    return _with_dollar(amount.decimal_text(min_places=2).removesuffix(".00"))


def whole_dollars_text(dollars: int, suffix: str = "") -> str:
    """Return an amount of whole dollars: ``$1234``, ``-$5k``."""
    return HIDDEN_AMOUNT if amounts_are_hidden() else _shown_with_dollar(str(dollars)) + suffix


def column_texts(amounts: Sequence[Usd]) -> tuple[str, ...]:
    """Return exact amounts that stand below each other: cents, or four decimals for all."""
    texts = [amount.decimal_text(min_places=2).split(".") for amount in amounts]
    decimals = max((len(fraction) for _, fraction in texts), default=0)
    return tuple(_with_dollar(f"{whole}.{fraction:0<{decimals}}") for whole, fraction in texts)


def _with_dollar(decimal_text: str) -> str:
    return HIDDEN_AMOUNT if amounts_are_hidden() else _shown_with_dollar(decimal_text)


def _shown_with_dollar(decimal_text: str) -> str:
    text = number_text(decimal_text)
    return f"-${text[1:]}" if text.startswith("-") else f"${text}"


def age_text(age: timedelta) -> str:
    """Return how long ago: ``just now``, ``4 min ago``, ``3 h ago``, ``2 d ago``; rounded down."""
    if age < _MINUTE:
        return tr("just now")
    if age < _HOUR:
        return tr("%n min ago", n=age // _MINUTE)
    if age < _DAY:
        return tr("%n h ago", n=age // _HOUR)
    return tr("%n d ago", n=age // _DAY)


def next_try_text(wait: timedelta) -> str:
    """Return when the next try comes: ``now``, ``in 4 min``; rounded up to the minute."""
    if wait <= timedelta(0):
        return tr("Next try now")
    return tr("Next try in %n min", n=-(-wait // _MINUTE))


def level_text(level: Level) -> str:
    """Return the level as a word for people, empty for the level that needs none."""
    match level:
        case Level.HEALTHY:
            return ""
        case Level.LOW:
            return tr("low")
        case Level.CRITICAL:
            return tr("critical")
        case Level.EMPTY:
            return tr("empty")
        case _:
            assert_never(level)


def detail_rows(reading: BalanceReading) -> tuple[tuple[str, str], ...]:
    """Return (word, amount) of every amount beside ``available`` that the reply had."""
    named = (
        (tr("Cash"), reading.cash),
        (tr("Credit limit"), reading.credit_limit),
        (tr("Pending charges"), reading.pending_charges),
        (tr("Owed"), reading.outstanding_invoices),
    )
    return tuple((word, amount_text(amount)) for word, amount in named if amount is not None)


def keyring_wait_lines(*, can_be_left: bool) -> tuple[str, ...]:
    """Return what to show while an answer of the keyring is due."""
    anew = (tr("No prompt? Choose Refresh now to ask again"),) if can_be_left else ()
    return (keyring_wait_text(), *anew)
