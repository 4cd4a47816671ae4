"""Every problem in words, with its next step, for whoever reads it where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, assert_never

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
    from tray_app.core.problem import Problem

_CHECK_FOR_LOG_IN_PAGE: Final = "Check for a network log-in page or a proxy"


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What is wrong, and what to do about it; each a short line without a full stop.

    In the tray, no next step means that the program tries again by itself.
    """

    title: str
    next_step: str


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
