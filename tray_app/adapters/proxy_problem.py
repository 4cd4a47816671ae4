"""Names what stopped a request at the proxy, before anything was heard from the server."""

from __future__ import annotations

import re
import ssl
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tray_app.adapters.http_problem import causes_of, problem_of
from tray_app.adapters.light_httpx import httpx, socksio
from tray_app.core.problem import (
    CertificateRejected,
    Problem,
    ProxyFailed,
    ProxyFault,
    TimedOut,
    UnexpectedReply,
)

if TYPE_CHECKING:
    from tray_app.adapters.ending import Attempt

# What httpcore makes of the answer to CONNECT.
_STATUS: Final = re.compile(r"([0-9]{3}) ", re.ASCII)
# tinyproxy answers 401 to a wrong password.
_LOGIN_STATUSES: Final = frozenset(
    {HTTPStatus.PROXY_AUTHENTICATION_REQUIRED, HTTPStatus.UNAUTHORIZED}
)
# What httpcore writes for the replies of SOCKS 5 (RFC 1928, section 6; RFC 1929).
_LOGIN_PHRASES: Final = ("Requested NO AUTHENTICATION REQUIRED", "Invalid username/password")
_NO_WAY_PHRASES: Final = (
    "General SOCKS server failure",
    "Network unreachable",
    "Host unreachable",
    "Connection refused",
    "TTL expired",
)


def problem_at_proxy(error: Exception, attempt: Attempt) -> Problem:
    """Return the problem of a request through a proxy that did not get as far as the server."""
    if not attempt.connected:
        return ProxyFailed(ProxyFault.UNREACHABLE)
    if attempt.expired or isinstance(error, httpx.TimeoutException):
        # Whether the proxy hangs or waits for the server cannot be told.
        return TimedOut()
    problem = problem_of(error)
    match problem:
        case CertificateRejected():
            # The proxy's own, at an https proxy.
            return problem
        case UnexpectedReply():
            # Something answers there, but no proxy of that kind.
            return ProxyFailed(ProxyFault.SETTINGS)
        case _:
            return ProxyFailed(_fault_of(error))


def _fault_of(error: Exception) -> ProxyFault:
    if isinstance(error, httpx.ProxyError):
        return _fault_of_refusal(str(error))
    # Something answers there, but speaks no SOCKS, or no TLS where TLS was to be spoken with it.
    if any(isinstance(cause, socksio.SOCKSError | ssl.SSLError) for cause in causes_of(error)):
        return ProxyFault.SETTINGS
    return ProxyFault.REFUSED


def _fault_of_refusal(text: str) -> ProxyFault:
    status = _STATUS.match(text)
    if status is not None:
        code = int(status.group(1))
        if code in _LOGIN_STATUSES:
            return ProxyFault.LOGIN_NEEDED
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ProxyFault.NO_WAY
        return ProxyFault.REFUSED
    if any(phrase in text for phrase in _LOGIN_PHRASES):
        return ProxyFault.LOGIN_NEEDED
    if any(phrase in text for phrase in _NO_WAY_PHRASES):
        return ProxyFault.NO_WAY
    return ProxyFault.REFUSED
