"""What the doctor says about the way to Novita: proxy, connection, certificate, answer, clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.problem import (
    CertificateRejected,
    Offline,
    PermissionLacking,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    TimedOut,
    WrongKey,
)
from tray_app.presentation.account_findings import problem_finding
from tray_app.presentation.finding import Finding, Verdict

if TYPE_CHECKING:
    from tray_app.core.checkup import CertificateFound, ProxyFound, ReplyFound, RouteFound
    from tray_app.core.problem import Problem

_MILLISECOND: Final = timedelta(milliseconds=1)
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_CLOCK_MATTERS: Final = timedelta(minutes=2)
"""Ages and waits that replies ask for are off by more than shows elsewhere."""
_CLOCK_FAILS: Final = timedelta(minutes=5)
"""Certificates are judged by it, and so is whether a figure is old."""


def proxy_finding(proxy: ProxyFound) -> Finding:
    """Return whether a proxy stands between, and who says so."""
    if proxy.problem is not None:
        finding = problem_finding("proxy", proxy.problem)
        text = f"{finding.text} (from {proxy.source})"
        return Finding(finding.what, finding.verdict, text, finding.next_step)
    if not proxy.host:
        decided = f", from {proxy.source}" if proxy.source else ""
        return Finding("proxy", Verdict.OK, f"None for {proxy.api_host}{decided}")
    address = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
    address = f"{address}:{proxy.port}"
    return Finding("proxy", Verdict.OK, f"{address} for {proxy.api_host}, from {proxy.source}")


def route_finding(route: RouteFound) -> Finding:
    """Return how the first hop answers."""
    hop = f"{'Proxy ' if route.is_proxy else ''}{route.host} (port {route.port})"
    if route.problem is not None:
        shown: Problem = ProxyFailed(ProxyFault.UNREACHABLE) if route.is_proxy else route.problem
        finding = problem_finding("connection", shown)
        text = f"{hop}: {finding.text}"
        return Finding(finding.what, finding.verdict, text, finding.next_step)
    steps = (("name found in", route.looked_up), ("connected in", route.connected))
    times = ", ".join(f"{step} {_duration(span)}" for step, span in steps if span is not None)
    return Finding("connection", Verdict.OK, f"{hop}: {times}")


def certificate_finding(reply: ReplyFound, store: str | None) -> Finding:
    """Return whose certificate the address shows; ``store`` is what it is checked against.

    ``store`` is None where no TLS is spoken.
    """
    if store is None:
        return Finding("certificate", Verdict.OK, "None needed: http on this computer")
    shown = reply.certificate
    if isinstance(reply.problem, CertificateRejected):
        finding = problem_finding("certificate", reply.problem)
        facts = "" if shown is None else f". {_made_out(shown)}"
        text = f"{finding.text}{facts}. Checked against {store}"
        return Finding("certificate", Verdict.FAILED, text, finding.next_step)
    if shown is None:
        return Finding("certificate", Verdict.SKIPPED, "Not seen: no answer came")
    days = (shown.valid_until - reply.received_at) // _DAY
    left = "1 day" if days == 1 else f"{days} days"
    return Finding(
        "certificate",
        Verdict.OK,
        f"{shown.protocol}, issued by {_issuer(shown)}, {left} left, trusted by {store}",
    )


def balance_finding(reply: ReplyFound, *, reachable: bool, from_environment: bool) -> Finding:
    """Return whether Novita tells the balance; the balance itself stays private.

    ``reachable`` is whether the first hop answers: if not, that is the finding to act on.
    """
    took = f"in {_duration(reply.took)}"
    match reply.problem:
        case None:
            return Finding("balance", Verdict.OK, f"Novita took the key and answered {took}")
        case CertificateRejected():
            text = "Not asked for: the certificate was rejected"
            return Finding("balance", Verdict.SKIPPED, text)
        case Offline() | TimedOut() | ProxyFailed() if not reachable:
            return Finding("balance", Verdict.SKIPPED, "Not asked for: there is no connection")
        case WrongKey() | PermissionLacking() if not reply.with_key:
            return Finding("balance", Verdict.OK, f"Novita answered {took}; no key was tried")
        case RateLimited():
            return problem_finding("balance", reply.problem, Verdict.WARNING)
        case problem:
            return problem_finding("balance", problem, from_environment=from_environment)


def clock_finding(reply: ReplyFound) -> Finding:
    """Return how far this computer's clock is from the server's."""
    if reply.server_time is None:
        return Finding("clock", Verdict.SKIPPED, "Not compared: no server told the time")
    off = reply.received_at - reply.server_time
    # The reply tells whole seconds, and was under way for a while.
    if abs(off) <= _CLOCK_MATTERS:
        return Finding("clock", Verdict.OK, "Right, by the server's")
    side = "fast" if off > timedelta(0) else "slow"
    doubt = "" if _is_verified(reply) else ", if the server is to be believed"
    return Finding(
        "clock",
        Verdict.FAILED if abs(off) > _CLOCK_FAILS else Verdict.WARNING,
        f"{_span(abs(off))} {side}{doubt}",
        "Set this computer's date and time, or let the system set them",
    )


def _is_verified(reply: ReplyFound) -> bool:
    return reply.certificate is None or reply.certificate.verified


def _made_out(certificate: CertificateFound) -> str:
    begin, end = certificate.valid_from.date(), certificate.valid_until.date()
    return f"It was issued by {_issuer(certificate)} for {begin} to {end}"


def _issuer(certificate: CertificateFound) -> str:
    return certificate.issuer or "somebody without a name"


def _duration(span: timedelta) -> str:
    return f"{-(-span // _MILLISECOND)} ms"


def _span(span: timedelta) -> str:
    for unit, word in ((_DAY, "days"), (_HOUR, "hours")):
        if span >= 2 * unit:
            return f"{span // unit} {word}"
    return f"{span // _MINUTE} minutes"
