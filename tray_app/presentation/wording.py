"""Every sentence that a user reads about a balance: amounts, ages, problems, next steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.level import Level
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    PermissionLacking,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.money import Usd
    from tray_app.core.problem import Problem
    from tray_app.core.reading import BalanceReading

_CHECK_FOR_LOG_IN_PAGE: Final = "Check for a network log-in page or a proxy"
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


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What is wrong, and what to do about it; each a short line without a full stop.

    In the tray, no next step means that the program tries again by itself.
    """

    title: str
    next_step: str


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


class Surface(Enum):
    """Where a problem is read: the next step is taken there."""

    TRAY = auto()
    KEY_DIALOG = auto()
    TERMINAL = auto()


def problem_text(
    problem: Problem, surface: Surface, *, key_from_environment: bool = False
) -> ProblemText:
    """Return the problem in words, with the next step for whoever reads it on that surface."""
    match problem:
        case NoKey():
            return ProblemText(
                "No API key yet",
                "Store one with: novita-tray key set"
                if surface is Surface.TERMINAL
                else "Add your Novita API key",
            )
        case KeyringLocked():
            return ProblemText(
                "The keyring is locked",
                f"{_capitalized(_again(surface))} and unlock it at its prompt",
            )
        case KeyringMissing():
            return ProblemText(
                "No keyring service is running",
                f"Start GNOME Keyring or KWallet, then {_again(surface)}",
            )
        case KeyringRefused():
            return ProblemText(
                "The keyring refused access to the key",
                f"Allow this program there, then {_again(surface)}",
            )
        case KeyringFailed():
            return ProblemText(
                "The keyring gave no usable answer",
                f"{_capitalized(_again(surface))}; if that fails, log out and in",
            )
        case WrongKey():
            return _wrong_key_text(surface, key_from_environment=key_from_environment)
        case PermissionLacking():
            return ProblemText(
                "The key may not read the balance", "Give its role the Balance permission"
            )
        case BlockedBeforeApi(status):
            return ProblemText(
                f"Blocked on the way to Novita (HTTP {status})", "Check proxy, firewall or VPN"
            )
        case RateLimited():
            return ProblemText("Novita asks to slow down", _later(surface))
        case Offline(fault):
            return _offline_text(fault, surface)
        case ProxyFailed(proxy_fault):
            return _proxy_text(proxy_fault, surface)
        case CertificateRejected(certificate_fault):
            return _certificate_text(certificate_fault)
        case TimedOut():
            return ProblemText("Novita did not answer in time", _later(surface))
        case ServerTrouble(status, reason):
            return ProblemText(f"Novita has trouble ({_code(status, reason)})", _later(surface))
        case UnexpectedReply(detail, from_elsewhere):
            return ProblemText(
                f"Unexpected reply: {detail}",
                _CHECK_FOR_LOG_IN_PAGE if from_elsewhere else _later(surface),
            )
        case _:
            assert_never(problem)


def problem_sentence(
    problem: Problem, surface: Surface, *, key_from_environment: bool = False
) -> str:
    """Return the problem and the next step as one line."""
    text = problem_text(problem, surface, key_from_environment=key_from_environment)
    return f"{text.title}. {text.next_step}." if text.next_step else f"{text.title}."


def keyring_wait_lines(*, can_be_left: bool) -> tuple[str, ...]:
    """Return what to show while an answer of the keyring is due."""
    anew = ("No prompt? Choose Refresh now to ask again",) if can_be_left else ()
    return (KEYRING_WAIT_TEXT, *anew)


def _again(surface: Surface) -> str:
    return "choose Refresh now" if surface is Surface.TRAY else "try again"


def _capitalized(text: str) -> str:
    return text[0].upper() + text[1:]


def _later(surface: Surface) -> str:
    # The tray tries again by itself, and says when.
    return "" if surface is Surface.TRAY else "Try again in a few minutes"


def _wrong_key_text(surface: Surface, *, key_from_environment: bool) -> ProblemText:
    if key_from_environment:
        return ProblemText(
            "The key in NOVITA_API_KEY is not accepted", "Correct or unset the variable"
        )
    match surface:
        case Surface.TRAY:
            step = "Enter a valid one under API key…"
        case Surface.KEY_DIALOG:
            step = "Check that it was copied whole and has not been deleted"
        case Surface.TERMINAL:
            step = "Store a valid one with: novita-tray key set"
        case _:
            assert_never(surface)
    return ProblemText("The API key is not accepted", step)


def _offline_text(fault: ConnectionFault, surface: Surface) -> ProblemText:
    match fault:
        case ConnectionFault.NAME_NOT_FOUND:
            return ProblemText("Offline: the server's name was not found", "Check the network")
        case ConnectionFault.REFUSED:
            return ProblemText(
                "Offline: the connection was refused", "Check firewall, VPN or ad blocker"
            )
        case ConnectionFault.UNREACHABLE:
            return ProblemText("Offline: the server cannot be reached", "Check the network")
        case ConnectionFault.LOST:
            return ProblemText("The connection was lost", _later(surface))
        case ConnectionFault.TLS:
            return ProblemText(
                "No secure connection (TLS) came about", "Check proxy, firewall or antivirus"
            )
        case ConnectionFault.OTHER:
            return ProblemText("Offline: no connection", "Check the network")
        case _:
            assert_never(fault)


def _proxy_text(fault: ProxyFault, surface: Surface) -> ProblemText:
    match fault:
        case ProxyFault.UNREACHABLE:
            return ProblemText("The proxy cannot be reached", "Check the network and the proxy")
        case ProxyFault.LOGIN_NEEDED:
            return ProblemText(
                "The proxy wants a user name and password", "Put valid ones into its address"
            )
        case ProxyFault.REFUSED:
            return ProblemText(
                "The proxy refused the connection", "Ask for api.novita.ai to be allowed there"
            )
        case ProxyFault.NO_WAY:
            return ProblemText("The proxy finds no way to Novita", _later(surface))
        case ProxyFault.SETTINGS:
            return ProblemText(
                "The proxy's address cannot be used", "Check HTTPS_PROXY and the proxy settings"
            )
        case _:
            assert_never(fault)


def _certificate_text(fault: CertificateFault) -> ProblemText:
    match fault:
        case CertificateFault.EXPIRED:
            return ProblemText(
                "The server's certificate has expired", "Check this computer's date and time"
            )
        case CertificateFault.NOT_YET_VALID:
            return ProblemText(
                "The server's certificate is not valid yet", "Check this computer's date and time"
            )
        case CertificateFault.UNKNOWN_ISSUER:
            return ProblemText(
                "The server's certificate is not trusted",
                "If a proxy inspects TLS, trust its certificate",
            )
        case CertificateFault.WRONG_HOST:
            return ProblemText(
                "The server's certificate is for another name",
                _CHECK_FOR_LOG_IN_PAGE,
            )
        case CertificateFault.STORE:
            return ProblemText(
                "No trusted certificates can be read",
                "Check SSL_CERT_FILE, or install ca-certificates",
            )
        case CertificateFault.OTHER:
            return ProblemText(
                "The server's certificate was rejected",
                "Check the clock, or a proxy that inspects TLS",
            )
        case _:
            assert_never(fault)


def _code(status: int, reason: str) -> str:
    return f"HTTP {status}, {reason}" if reason else f"HTTP {status}"
