"""What one request shows of the connection, over real sockets and real TLS."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AGENT, AMPLE, KEY, SECRET
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer, answer, wait_for_end
from tray_app.adapters.novita_client import Inspection, NovitaClient
from tray_app.adapters.server_check import ask_server
from tray_app.core.problem import (
    CertificateFault,
    CertificateRejected,
    RateLimited,
    TimedOut,
    WrongKey,
)
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tray_app.core.api_key import ApiKey
    from tray_app.core.checkup import ReplyFound

DAY = timedelta(days=1)
BUDGET = timedelta(seconds=AMPLE)


def ask(url: str, key: ApiKey | None = KEY, budget: timedelta = BUDGET) -> ReplyFound:
    def make_client(inspection: Inspection) -> NovitaClient:
        return NovitaClient(url, AGENT, budget=budget, inspection=inspection)

    return ask_server(make_client, key)


@pytest.fixture
def authority(tmp_path: Path) -> PrivateCa:
    return PrivateCa(tmp_path)


@pytest.fixture
def secure(authority: PrivateCa) -> Iterator[Simulator]:
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=authority.serve()) as simulator:
        yield simulator


def test_a_balance_is_no_problem_and_brings_the_servers_time() -> None:
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, clock=lambda: 1_800_000_000.9) as simulator:
        reply = ask(simulator.url)
    assert (reply.problem, reply.certificate, reply.with_key) == (None, None, True)
    assert reply.server_time == datetime.fromtimestamp(1_800_000_000, UTC)
    assert abs(reply.received_at - datetime.now(UTC)) < timedelta(seconds=AMPLE)
    assert timedelta(0) < reply.took < BUDGET


def test_without_a_key_the_server_answers_all_the_same() -> None:
    with Simulator() as simulator:
        reply = ask(simulator.url, None)
    assert (reply.problem, reply.with_key) == (WrongKey("MISSING_API_KEY"), False)
    assert reply.server_time is not None


def test_a_refusal_tells_the_time_too() -> None:
    with Simulator({SECRET: accounts.rate_limited(30)}) as simulator:
        reply = ask(simulator.url)
    assert isinstance(reply.problem, RateLimited)
    assert reply.server_time is not None


def test_a_trusted_certificate_is_told_with_its_issuer(
    authority: PrivateCa, secure: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    reply = ask(secure.url)
    assert reply.problem is None
    assert reply.certificate is not None
    assert (reply.certificate.issuer, reply.certificate.verified) == ("A company", True)
    assert reply.certificate.protocol == "TLSv1.3"
    assert reply.certificate.valid_until - reply.certificate.valid_from == 2 * DAY


def test_a_certificate_that_nobody_trusts_is_told_and_the_key_is_not_sent_to_it(
    secure: Simulator,
) -> None:
    reply = ask(secure.url)
    assert reply.problem == CertificateRejected(CertificateFault.UNKNOWN_ISSUER)
    assert reply.certificate is not None
    assert (reply.certificate.issuer, reply.certificate.verified) == ("A company", False)
    assert reply.server_time is not None
    (request,) = secure.requests
    assert (request.scheme, request.key_fingerprint) == (None, None)


@pytest.mark.parametrize(
    ("begins", "fault"),
    [(-9 * DAY, CertificateFault.EXPIRED), (9 * DAY, CertificateFault.NOT_YET_VALID)],
    ids=["expired", "not yet valid"],
)
def test_a_certificate_of_another_time_is_told_with_its_dates(
    authority: PrivateCa,
    monkeypatch: pytest.MonkeyPatch,
    begins: timedelta,
    fault: CertificateFault,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    begin = datetime.now(UTC).replace(microsecond=0) + begins
    with Simulator(tls=authority.serve(begins=begin)) as simulator:
        reply = ask(simulator.url)
    assert reply.problem == CertificateRejected(fault)
    assert reply.certificate is not None
    assert reply.certificate.valid_from == begin


def test_certificates_that_cannot_be_read_still_show_who_answers(
    secure: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    reply = ask(secure.url)
    assert reply.problem == CertificateRejected(CertificateFault.STORE)
    assert reply.certificate is not None
    assert reply.server_time is not None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"Date: Sat, 14 Mar 2026 15:09:26 GMT", datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)),
        (b"Date: Sat, 14 Mar 2026 15:09:26 -0000", datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)),
        (b"Date: yesterday", None),
        (b"Date: Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        (b"Date: Sat, 99 Mar 2026 15:09:26 GMT", None),
        (b"Date:", None),
        (b"X-Date: Sat, 14 Mar 2026 15:09:26 GMT", None),
    ],
)
def test_only_a_time_is_taken_for_the_servers_time(line: bytes, expected: datetime | None) -> None:
    page = b"HTTP/1.1 503 Busy\r\n" + line + b"\r\nContent-Length: 0\r\n\r\n"
    with RawServer(answer(page)) as server:
        assert ask(server.url).server_time == expected


def test_a_server_that_says_nothing_is_left_within_the_budget() -> None:
    begin = time.monotonic()
    with RawServer(wait_for_end) as server:
        reply = ask(server.url, budget=timedelta(seconds=0.3))
    assert (reply.problem, reply.server_time, reply.certificate) == (TimedOut(), None, None)
    assert time.monotonic() - begin < AMPLE
