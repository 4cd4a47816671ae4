"""What can go wrong between the key and the figure: a closed union, and its one exception."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from datetime import timedelta


class ConnectionFault(Enum):
    """Why no connection to Novita came about, as far as the system told."""

    NAME_NOT_FOUND = "name not found"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    LOST = "lost"
    TLS = "no common TLS"
    OTHER = "other"


class ProxyFault(Enum):
    """What stopped a request at the proxy that stands between."""

    UNREACHABLE = "unreachable"
    LOGIN_NEEDED = "wants a log-in"
    REFUSED = "refused the connection"
    NO_WAY = "finds no way to the server"
    SETTINGS = "its address cannot be used"


class CertificateFault(Enum):
    """Why a certificate was not trusted, as far as the system told."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    UNKNOWN_ISSUER = "unknown issuer"
    WRONG_HOST = "made out for another name"
    STORE = "the certificates to trust cannot be read"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NoKey:
    """No API key has been stored yet."""


@dataclass(frozen=True, slots=True)
class KeyringLocked:
    """The keyring is there, but the user did not unlock it or refused access."""


@dataclass(frozen=True, slots=True)
class KeyringMissing:
    """There is no keyring service to ask."""


@dataclass(frozen=True, slots=True)
class KeyringRefused:
    """The keyring is open, but this program may not have the key."""


@dataclass(frozen=True, slots=True)
class KeyringFailed:
    """The keyring broke off while it was asked, or its answer makes no sense."""


@dataclass(frozen=True, slots=True)
class WrongKey:
    """The key was rejected, or is not a key at all."""

    reason: str


@dataclass(frozen=True, slots=True)
class PermissionLacking:
    """The key is valid, but its role may not read the balance."""

    reason: str


@dataclass(frozen=True, slots=True)
class BlockedBeforeApi:
    """Something in front of the API refused the request: edge, proxy, firewall or region."""

    status: int


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too many requests; ``retry_after`` is what the reply asked for, if it did."""

    retry_after: timedelta | None


@dataclass(frozen=True, slots=True)
class Offline:
    """No connection, or none that lasted."""

    fault: ConnectionFault


@dataclass(frozen=True, slots=True)
class ProxyFailed:
    """The proxy did not let the request through: whether Novita answers is not known."""

    fault: ProxyFault


@dataclass(frozen=True, slots=True)
class CertificateRejected:
    """The server's certificate is not one that this computer trusts for its name."""

    fault: CertificateFault


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The reply was not complete within the request's budget."""


@dataclass(frozen=True, slots=True)
class ServerTrouble:
    """Novita answered that it cannot answer."""

    status: int
    reason: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class UnexpectedReply:
    """An answer that this version cannot read as a balance; ``detail`` is for logs and people.

    It names the status, the vendor's reason or the field at fault, never a value.
    """

    detail: str
    from_elsewhere: bool = False
    """Whether it looks as if something on the way sent it: a web page, a way to another host."""


Problem = (
    NoKey
    | KeyringLocked
    | KeyringMissing
    | KeyringRefused
    | KeyringFailed
    | WrongKey
    | PermissionLacking
    | BlockedBeforeApi
    | RateLimited
    | Offline
    | ProxyFailed
    | CertificateRejected
    | TimedOut
    | ServerTrouble
    | UnexpectedReply
)

KeyringProblem = KeyringLocked | KeyringMissing | KeyringRefused | KeyringFailed
"""Those that only the user can end, at the keyring."""


class ProblemError(Exception):
    """Carries a problem from an adapter to whoever can show it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(repr(problem))
        self.problem = problem


class RequestAbortedError(Exception):
    """The program itself ended a request: neither a reading nor a problem."""
