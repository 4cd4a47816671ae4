from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.samples import NOW
from tray_app.core.checkup import CertificateFound, ProxyFound, ReplyFound, RouteFound
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    Offline,
    PermissionLacking,
    Problem,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.presentation.finding import Verdict
from tray_app.presentation.network_findings import (
    balance_finding,
    certificate_finding,
    clock_finding,
    proxy_finding,
    route_finding,
)

TOOK = timedelta(milliseconds=123, microseconds=1)
DAY = timedelta(days=1)
SHOWN = CertificateFound("Let's Encrypt", NOW - 30 * DAY, NOW + 60 * DAY, "TLSv1.3")
UNVERIFIED = CertificateFound("", NOW - 90 * DAY, NOW - DAY, "TLSv1.3", verified=False)
HOST = "api.novita.ai"


def reply(
    problem: Problem | None = None,
    certificate: CertificateFound | None = None,
    *,
    off: timedelta | None = None,
    with_key: bool = True,
) -> ReplyFound:
    """Return a reply to a clock that is ``off``; without it the server told no time."""
    server_time = None if off is None else NOW - off
    return ReplyFound(TOOK, NOW, problem, certificate, server_time, with_key=with_key)


def test_a_proxy_is_named_with_whoever_names_it() -> None:
    assert proxy_finding(ProxyFound(HOST)).text == "None for api.novita.ai"
    unwanted = proxy_finding(ProxyFound(HOST, source="settings.toml"))
    assert unwanted.text == "None for api.novita.ai, from settings.toml"
    sixth = proxy_finding(ProxyFound(HOST, "::1", 9, "HTTPS_PROXY"))
    assert sixth.text == "[::1]:9 for api.novita.ai, from HTTPS_PROXY"
    finding = proxy_finding(ProxyFound(HOST, "proxy.example", 3128, "HTTPS_PROXY"))
    assert finding.text == "proxy.example:3128 for api.novita.ai, from HTTPS_PROXY"
    assert finding.verdict is Verdict.OK


def test_a_proxy_that_cannot_be_used_names_its_source() -> None:
    problem = ProxyFailed(ProxyFault.SETTINGS)
    finding = proxy_finding(ProxyFound(HOST, source="ALL_PROXY", problem=problem))
    assert finding.verdict is Verdict.FAILED
    assert "ALL_PROXY" in finding.text
    assert finding.next_step


def test_the_first_hop_tells_its_times() -> None:
    route = RouteFound(HOST, 443, is_proxy=False, looked_up=TOOK, connected=TOOK)
    assert route_finding(route).text == (
        "api.novita.ai (port 443): name found in 124 ms, connected in 124 ms"
    )
    route = RouteFound("10.0.0.1", 3128, is_proxy=True, connected=timedelta(0))
    assert route_finding(route).text == "Proxy 10.0.0.1 (port 3128): connected in 0 ms"


@pytest.mark.parametrize("is_proxy", [True, False])
def test_a_first_hop_that_refuses_is_told_from_novita(
    is_proxy: bool,  # noqa: FBT001 — a parameter of the table
) -> None:
    problem = Offline(ConnectionFault.REFUSED)
    finding = route_finding(RouteFound("host", 1, is_proxy=is_proxy, problem=problem))
    assert finding.verdict is Verdict.FAILED
    assert finding.next_step
    assert ("Proxy host" in finding.text) == is_proxy
    assert ("proxy cannot be reached" in finding.text) == is_proxy


@pytest.mark.parametrize(("age", "left"), [(0 * DAY, "60 days"), (58.5 * DAY, "1 day")])
def test_a_trusted_certificate_tells_who_issued_it_and_how_long_it_lasts(
    age: timedelta, left: str
) -> None:
    shown = CertificateFound("Let's Encrypt", NOW - 30 * DAY, NOW + 60 * DAY - age, "TLSv1.3")
    finding = certificate_finding(reply(None, shown), "the system's store")
    assert finding.verdict is Verdict.OK
    assert finding.text == (
        f"TLSv1.3, issued by Let's Encrypt, {left} left, trusted by the system's store"
    )


def test_a_rejected_certificate_tells_whose_it_is_and_what_it_was_checked_against() -> None:
    problem = CertificateRejected(CertificateFault.EXPIRED)
    finding = certificate_finding(reply(problem, UNVERIFIED), "SSL_CERT_FILE")
    assert finding.verdict is Verdict.FAILED
    assert "expired" in finding.text
    assert "issued by somebody without a name" in finding.text
    assert str((NOW - DAY).date()) in finding.text
    assert finding.text.endswith("Checked against SSL_CERT_FILE")
    assert finding.next_step


def test_a_rejected_certificate_that_nobody_saw_is_still_a_failure() -> None:
    problem = CertificateRejected(CertificateFault.STORE)
    finding = certificate_finding(reply(problem), "SSL_CERT_FILE")
    assert finding.verdict is Verdict.FAILED
    assert "issued" not in finding.text


def test_no_certificate_is_needed_on_this_computer_and_none_seen_without_an_answer() -> None:
    assert certificate_finding(reply(), None).verdict is Verdict.OK
    assert certificate_finding(reply(TimedOut()), "the system").verdict is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("problem", "verdict"),
    [
        (None, Verdict.OK),
        (RateLimited(None), Verdict.WARNING),
        (CertificateRejected(CertificateFault.EXPIRED), Verdict.SKIPPED),
        (WrongKey("FAILED_TO_AUTH"), Verdict.FAILED),
        (PermissionLacking("FORBIDDEN"), Verdict.FAILED),
        (BlockedBeforeApi(403), Verdict.FAILED),
        (Offline(ConnectionFault.LOST), Verdict.FAILED),
        (ProxyFailed(ProxyFault.LOGIN_NEEDED), Verdict.FAILED),
        (TimedOut(), Verdict.FAILED),
        (ServerTrouble(503, ""), Verdict.FAILED),
        (UnexpectedReply("not JSON"), Verdict.FAILED),
    ],
    ids=repr,
)
def test_the_balance_is_judged_by_what_the_request_met(
    problem: Problem | None, verdict: Verdict
) -> None:
    finding = balance_finding(reply(problem), reachable=True, from_environment=False)
    assert finding.verdict is verdict
    assert bool(finding.next_step) == (verdict in {Verdict.WARNING, Verdict.FAILED})


@pytest.mark.parametrize("problem", [WrongKey("MISSING_API_KEY"), PermissionLacking("FORBIDDEN")])
def test_a_refusal_where_no_key_was_tried_is_an_answer(problem: Problem) -> None:
    finding = balance_finding(
        reply(problem, with_key=False), reachable=True, from_environment=False
    )
    assert finding.verdict is Verdict.OK
    assert "no key was tried" in finding.text


@pytest.mark.parametrize(
    "problem",
    [Offline(ConnectionFault.REFUSED), TimedOut(), ProxyFailed(ProxyFault.UNREACHABLE)],
    ids=repr,
)
def test_without_a_connection_that_alone_is_the_failure(problem: Problem) -> None:
    finding = balance_finding(reply(problem), reachable=False, from_environment=False)
    assert finding.verdict is Verdict.SKIPPED


def test_a_rejected_key_of_the_environment_is_named_as_such() -> None:
    finding = balance_finding(reply(WrongKey("")), reachable=True, from_environment=True)
    assert "NOVITA_API_KEY" in finding.text


@pytest.mark.parametrize(
    ("off", "verdict", "text"),
    [
        (timedelta(seconds=119), Verdict.OK, "Right, by the server's"),
        (timedelta(seconds=-119), Verdict.OK, "Right, by the server's"),
        (timedelta(seconds=121), Verdict.WARNING, "2 minutes fast"),
        (timedelta(seconds=-299), Verdict.WARNING, "4 minutes slow"),
        (timedelta(minutes=-7), Verdict.FAILED, "7 minutes slow"),
        (timedelta(hours=3), Verdict.FAILED, "3 hours fast"),
        (-9000 * DAY, Verdict.FAILED, "9000 days slow"),
    ],
)
def test_the_clock_is_judged_by_how_far_it_is_off(
    off: timedelta, verdict: Verdict, text: str
) -> None:
    finding = clock_finding(reply(None, SHOWN, off=off))
    assert (finding.verdict, finding.text) == (verdict, text)
    assert bool(finding.next_step) == (verdict is not Verdict.OK)


def test_a_time_that_nobody_vouches_for_is_told_with_a_doubt() -> None:
    problem = CertificateRejected(CertificateFault.EXPIRED)
    finding = clock_finding(reply(problem, UNVERIFIED, off=2 * DAY))
    assert finding.text == "2 days fast, if the server is to be believed"


def test_a_clock_that_cannot_be_compared_is_no_failure() -> None:
    assert clock_finding(reply(TimedOut())).verdict is Verdict.SKIPPED
