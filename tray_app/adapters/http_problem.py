"""Names what went wrong when a request brought no whole reply."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING, Final

from tray_app.adapters.certificate_fault import certificate_fault
from tray_app.adapters.light_httpx import httpx
from tray_app.core.problem import (
    CertificateRejected,
    ConnectionFault,
    Offline,
    Problem,
    ProblemError,
    TimedOut,
    UnexpectedReply,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREACHABLE_ERRNOS: Final = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
)
# What httpcore and h11 say when the other side closed early; see `problem_of`.
_CLOSED_EARLY: Final = ("disconnected", "peer closed", "closed connection")


def problem_of(error: Exception, *, over_tls: bool = False) -> Problem:
    """Return the problem behind an exception of httpx, of the system, or of our own.

    ``over_tls`` says that a TLS handshake belonged to connecting.
    """
    if isinstance(error, ProblemError):
        return error.problem
    causes = list(causes_of(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateRejected(certificate_fault(cause))
    if isinstance(error, httpx.TimeoutException):
        return TimedOut()
    if isinstance(error, httpx.RemoteProtocolError):
        # httpcore has one class for both; a text that is not known counts as garbage.
        if any(phrase in str(error) for phrase in _CLOSED_EARLY):
            return Offline(ConnectionFault.LOST)
        return UnexpectedReply("the reply is not HTTP")
    if isinstance(error, httpx.ReadError | httpx.WriteError | httpx.CloseError):
        return Offline(ConnectionFault.LOST)
    connection_fault = _connection_fault(causes)
    if over_tls and connection_fault is ConnectionFault.LOST:
        # Nothing but the TLS handshake comes between connecting and the request.
        return Offline(ConnectionFault.TLS)
    return Offline(connection_fault)


def _connection_fault(causes: list[BaseException]) -> ConnectionFault:
    for cause in causes:
        match cause:
            case socket.gaierror():
                return ConnectionFault.NAME_NOT_FOUND
            case ConnectionRefusedError():
                return ConnectionFault.REFUSED
            case ssl.SSLError():
                return ConnectionFault.TLS
            case ConnectionResetError() | BrokenPipeError():
                return ConnectionFault.LOST
            case OSError(errno=number) if number in _UNREACHABLE_ERRNOS:
                return ConnectionFault.UNREACHABLE
    return ConnectionFault.OTHER


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what led to it: httpx wraps httpcore, which wraps the system."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__
