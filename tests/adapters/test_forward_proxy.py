"""The balance through a real forward proxy, and what is said when it does not let it through."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import KEY, SECRET, opened, problem_at, read
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer, read_request
from tests.adapters.real_proxies import PASSWORD, USER, inspecting, relay, tinyproxy
from tests.core.samples import usd
from tray_app.core.problem import (
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    Offline,
    ProblemError,
    ProxyFailed,
    ProxyFault,
)
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Cut, CutPoint

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

LOGIN_NEEDED = ProxyFailed(ProxyFault.LOGIN_NEEDED)
BASIC_AUTH = f"BasicAuth {USER} {PASSWORD}"
LOGIN = f"{USER}:{PASSWORD}"


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrivateCa:
    """An authority that this computer trusts."""
    company = PrivateCa(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    return company


@pytest.fixture
def server(company: PrivateCa) -> Iterator[Simulator]:
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=company.serve()) as simulator:
        yield simulator


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_the_balance_comes_through_the_proxy_that_the_environment_names(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with tinyproxy(tmp_path) as proxy:
        monkeypatch.setenv(variable, f"http://{proxy.address}")
        assert read(server.url).available == usd("100")
        assert f"CONNECT 127.0.0.1:{server.port} HTTP/1.1" in proxy.log
        # Inside TLS from end to end: the proxy sees where to, and nothing of what.
        assert SECRET not in proxy.log


def test_an_address_without_a_scheme_is_that_of_an_http_proxy(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tinyproxy(tmp_path) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        assert read(server.url).available == usd("100")
        assert "Request" in proxy.log


def test_no_proxy_goes_past_it(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tinyproxy(tmp_path) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("NO_PROXY", "example.com,127.0.0.0/8")
        assert read(server.url).available == usd("100")
        assert "Request" not in proxy.log


def test_user_name_and_password_are_shown_to_the_proxy_alone(
    server: Simulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with tinyproxy(tmp_path, BASIC_AUTH) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{LOGIN}@{proxy.address}")
        assert read(server.url).available == usd("100")
    assert str(proxy.port) in caplog.text
    assert PASSWORD not in caplog.text
    assert USER not in caplog.text


@pytest.mark.parametrize("login", ["", "a.user:wrong@", "a.user@"])
def test_a_proxy_that_wants_a_login_is_named_and_the_server_not_reached(
    server: Simulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    login: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    with tinyproxy(tmp_path, BASIC_AUTH) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{login}{proxy.address}")
        with opened(server.url) as client, pytest.raises(ProblemError) as caught:
            client.fetch_balance(KEY)
        assert caught.value.problem == LOGIN_NEEDED
    assert "wrong" not in caplog.text + "".join(traceback.format_exception(caught.value))
    assert server.request_count == 0


def test_a_proxy_that_may_not_connect_there_refuses(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = tmp_path / "allowed"
    allowed.write_text("example\\.com\n", encoding="ascii")
    with tinyproxy(tmp_path, f'Filter "{allowed}"', "FilterDefaultDeny Yes") as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        assert problem_at(server.url) == ProxyFailed(ProxyFault.REFUSED)
        assert "filtered" in proxy.log
    assert server.request_count == 0


def test_a_proxy_that_cannot_reach_the_server_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tinyproxy(tmp_path) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        assert problem_at("https://127.0.0.1:1") == ProxyFailed(ProxyFault.NO_WAY)


def test_what_fails_behind_the_proxy_is_not_the_proxys(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.accounts[SECRET] = Cut(CutPoint.BEFORE_HEADERS)
    with tinyproxy(tmp_path) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        assert problem_at(server.url) == Offline(ConnectionFault.LOST)


def test_a_proxy_is_found_and_lost_again_without_a_new_start(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(server.url) as client:
        assert client.fetch_balance(KEY).available == usd("100")
        with tinyproxy(tmp_path) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
            assert client.fetch_balance(KEY).available == usd("100")
            assert "Request" in proxy.log
        with pytest.raises(ProblemError, match="UNREACHABLE"):
            client.fetch_balance(KEY)
        monkeypatch.delenv("HTTPS_PROXY")
        assert client.fetch_balance(KEY).available == usd("100")


def test_a_proxy_is_spoken_to_over_tls_where_its_address_says_https(
    company: PrivateCa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Trusted without the root above it, which only our own context does before Python 3.13.
    issuing = PrivateCa(tmp_path, "Issuing", issuer=company)
    monkeypatch.setenv("SSL_CERT_FILE", str(issuing.certificate_file))
    tls = issuing.serve()
    with (
        tinyproxy(tmp_path) as behind,
        Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=tls) as server,
    ):

        def pass_on(connection: socket.socket) -> None:
            with behind.connect() as inner:
                relay(connection, inner)

        with RawServer(pass_on, tls=tls) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            assert read(server.url).available == usd("100")
            assert f"CONNECT 127.0.0.1:{server.port}" in behind.log


def test_a_proxy_that_inspects_tls_is_believed_where_its_authority_is_trusted(
    company: PrivateCa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        Simulator({SECRET: accounts.SAMPLE_BALANCE}) as server,
        RawServer(inspecting(company.serve(), server.port)) as proxy,
    ):
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert read(f"https://127.0.0.1:{server.port}").available == usd("100")
        monkeypatch.setenv("SSL_CERT_FILE", str(PrivateCa(tmp_path, "Other").certificate_file))
        problem = problem_at(f"https://127.0.0.1:{server.port}")
        assert problem == CertificateRejected(CertificateFault.UNKNOWN_ISSUER)
        assert server.request_count == 1
    for surface in Surface:
        sentence = problem_sentence(problem, surface)
        assert "certificate" in sentence
        assert "proxy" in sentence


def test_the_certificate_of_a_proxy_over_tls_is_checked_too(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = []

    def listen(connection: socket.socket) -> None:
        received.append(read_request(connection))

    with RawServer(listen, tls=PrivateCa(tmp_path, "Other").serve()) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", f"//{LOGIN}@"))
        assert problem_at(server.url) == CertificateRejected(CertificateFault.UNKNOWN_ISSUER)
    assert received == []


def test_http_on_this_computer_goes_through_no_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}) as server, tinyproxy(tmp_path) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.address}")
        assert read(server.url).available == usd("100")
        assert "Request" not in proxy.log
