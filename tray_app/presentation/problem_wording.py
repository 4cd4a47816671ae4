"""Every problem in words, with its next step, for whoever reads it where."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from tray_app.core.api_key import KeyFault
from tray_app.core.light_dataclass import dataclass
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
from tray_app.presentation.reply_detail import reply_detail_text
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from tray_app.core.problem import Problem


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
    in_tray = surface is Surface.TRAY
    match problem:
        case NoKey():
            return ProblemText(
                tr("No API key yet"),
                "Store one with: novita-tray key set"
                if surface is Surface.TERMINAL
                else tr("Add your Novita API key"),
            )
        case KeyringLocked():
            return ProblemText(
                tr("The keyring is locked"),
                tr("Choose Refresh now and unlock it at its prompt")
                if in_tray
                else tr("Try again and unlock it at its prompt"),
            )
        case KeyringMissing():
            return ProblemText(
                tr("No keyring service is running"),
                tr("Start GNOME Keyring or KWallet, then choose Refresh now")
                if in_tray
                else tr("Start GNOME Keyring or KWallet, then try again"),
            )
        case KeyringRefused():
            return ProblemText(
                tr("The keyring refused access to the key"),
                tr("Allow this program there, then choose Refresh now")
                if in_tray
                else tr("Allow this program there, then try again"),
            )
        case KeyringFailed():
            return ProblemText(
                tr("The keyring gave no usable answer"),
                tr("Choose Refresh now; if that fails, log out and in")
                if in_tray
                else tr("Try again; if that fails, log out and in"),
            )
        case WrongKey():
            return _wrong_key_text(surface, key_from_environment=key_from_environment)
        case PermissionLacking():
            return ProblemText(
                tr("The key may not read the balance"), tr("Give its role the Balance permission")
            )
        case BlockedBeforeApi(status):
            return ProblemText(
                tr("Blocked on the way to Novita (HTTP {status})", status=status),
                tr("Check proxy, firewall or VPN"),
            )
        case RateLimited():
            return ProblemText(tr("Novita asks to slow down"), _later(surface))
        case Offline(fault):
            return _offline_text(fault, surface)
        case ProxyFailed(proxy_fault):
            return _proxy_text(proxy_fault, surface)
        case CertificateRejected(certificate_fault):
            return _certificate_text(certificate_fault)
        case TimedOut():
            return ProblemText(tr("Novita did not answer in time"), _later(surface))
        case ServerTrouble(status, reason):
            return ProblemText(
                tr("Novita has trouble ({code})", code=_code(status, reason)), _later(surface)
            )
        case UnexpectedReply(detail, from_elsewhere):
            return ProblemText(
                tr("Unexpected reply: {detail}", detail=reply_detail_text(detail)),
                _log_in_page_step() if from_elsewhere else _later(surface),
            )
        case _:
            assert_never(problem)


def problem_sentence(
    problem: Problem, surface: Surface, *, key_from_environment: bool = False
) -> str:
    """Return the problem and the next step as one line."""
    text = problem_text(problem, surface, key_from_environment=key_from_environment)
    if not text.next_step:
        return tr("{problem}.", problem=text.title)
    return tr("{problem}. {next_step}.", problem=text.title, next_step=text.next_step)


def key_fault_text(fault: KeyFault) -> str:
    """Return why a text cannot be a key."""
    match fault:
        case KeyFault.EMPTY:
            return tr("The key is empty.")
        case KeyFault.TOO_LONG:
            return tr("This is too long for an API key.")
        case KeyFault.SEVERAL_LINES:
            return tr("There are several lines; a key is one.")
        case KeyFault.FOREIGN_CHARACTERS:
            return tr("An API key has only plain letters, digits and signs.")
        case _:
            assert_never(fault)


def _log_in_page_step() -> str:
    return tr("Check for a network log-in page or a proxy")


def _later(surface: Surface) -> str:
    # The tray tries again by itself, and says when.
    return "" if surface is Surface.TRAY else tr("Try again in a few minutes")


def _wrong_key_text(surface: Surface, *, key_from_environment: bool) -> ProblemText:
    if key_from_environment:
        return ProblemText(
            tr("The key in NOVITA_API_KEY is not accepted"), tr("Correct or unset the variable")
        )
    match surface:
        case Surface.TRAY:
            step = tr("Enter a valid one under API key…")
        case Surface.KEY_DIALOG:
            step = tr("Check that it was copied whole and has not been deleted")
        case Surface.TERMINAL:
            step = "Store a valid one with: novita-tray key set"
        case _:
            assert_never(surface)
    return ProblemText(tr("The API key is not accepted"), step)


def _offline_text(fault: ConnectionFault, surface: Surface) -> ProblemText:
    match fault:
        case ConnectionFault.NAME_NOT_FOUND:
            return ProblemText(
                tr("Offline: the server's name was not found"), tr("Check the network")
            )
        case ConnectionFault.REFUSED:
            return ProblemText(
                tr("Offline: the connection was refused"), tr("Check firewall, VPN or ad blocker")
            )
        case ConnectionFault.UNREACHABLE:
            return ProblemText(tr("Offline: the server cannot be reached"), tr("Check the network"))
        case ConnectionFault.LOST:
            return ProblemText(tr("The connection was lost"), _later(surface))
        case ConnectionFault.TLS:
            return ProblemText(
                tr("No secure connection (TLS) came about"),
                tr("Check proxy, firewall or antivirus"),
            )
        case ConnectionFault.OTHER:
            return ProblemText(tr("Offline: no connection"), tr("Check the network"))
        case _:
            assert_never(fault)


def _proxy_text(fault: ProxyFault, surface: Surface) -> ProblemText:
    match fault:
        case ProxyFault.UNREACHABLE:
            return ProblemText(
                tr("The proxy cannot be reached"), tr("Check the network and the proxy")
            )
        case ProxyFault.LOGIN_NEEDED:
            return ProblemText(
                tr("The proxy wants a user name and password"),
                tr("Put valid ones into its address"),
            )
        case ProxyFault.REFUSED:
            return ProblemText(
                tr("The proxy refused the connection"),
                tr("Ask for api.novita.ai to be allowed there"),
            )
        case ProxyFault.NO_WAY:
            return ProblemText(tr("The proxy finds no way to Novita"), _later(surface))
        case ProxyFault.SETTINGS:
            return ProblemText(
                tr("The proxy's address cannot be used"),
                tr("Check HTTPS_PROXY and the proxy settings"),
            )
        case _:
            assert_never(fault)


def _certificate_text(fault: CertificateFault) -> ProblemText:
    match fault:
        case CertificateFault.EXPIRED:
            return ProblemText(
                tr("The server's certificate has expired"),
                tr("Check this computer's date and time"),
            )
        case CertificateFault.NOT_YET_VALID:
            return ProblemText(
                tr("The server's certificate is not valid yet"),
                tr("Check this computer's date and time"),
            )
        case CertificateFault.UNKNOWN_ISSUER:
            return ProblemText(
                tr("The server's certificate is not trusted"),
                tr("If a proxy inspects TLS, trust its certificate"),
            )
        case CertificateFault.WRONG_HOST:
            return ProblemText(
                tr("The server's certificate is for another name"),
                _log_in_page_step(),
            )
        case CertificateFault.STORE:
            return ProblemText(
                tr("No trusted certificates can be read"),
                tr("Check SSL_CERT_FILE, or install ca-certificates"),
            )
        case CertificateFault.OTHER:
            return ProblemText(
                tr("The server's certificate was rejected"),
                tr("Check the clock, or a proxy that inspects TLS"),
            )
        case _:
            assert_never(fault)


def _code(status: int, reason: str) -> str:
    return f"HTTP {status}, {reason}" if reason else f"HTTP {status}"
