"""The balance by the proxy that was chosen, through real ones, whatever the environment says."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import KEY, SECRET, opened
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer
from tests.adapters.real_proxies import (
    HARD_LOGIN,
    HARD_PASSWORD,
    PASSWORD,
    USER,
    microsocks,
    relay,
    tinyproxy,
)
from tests.core.samples import usd
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.problem import Problem, ProblemError, ProxyFailed, ProxyFault
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

    from tray_app.core.money import Usd


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrivateCa:
    company = PrivateCa(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    return company


@pytest.fixture
def server(company: PrivateCa, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """A server that neither the environment's proxy nor its exceptions lead to."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=company.serve()) as simulator:
        yield simulator


def available(server: Simulator, address: str) -> Usd:
    with opened(server.url, proxy=ProxyChoice(ProxyKind.ADDRESS, address)) as client:
        return client.fetch_balance(KEY).available


def problem(server: Simulator, address: str) -> Problem:
    with pytest.raises(ProblemError) as caught:
        available(server, address)
    return caught.value.problem


def test_an_http_proxy_with_a_login(
    server: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with tinyproxy(tmp_path, f"BasicAuth {USER} {PASSWORD}") as proxy:
        assert available(server, f"http://{USER}:{PASSWORD}@{proxy.address}") == usd("100")
        assert f"CONNECT 127.0.0.1:{server.port}" in proxy.log
        needed = ProxyFailed(ProxyFault.LOGIN_NEEDED)
        assert problem(server, f"http://{proxy.address}") == needed
    assert str(proxy.port) in caplog.text
    assert PASSWORD not in caplog.text


def test_a_socks_proxy_with_a_login(server: Simulator, tmp_path: Path) -> None:
    with microsocks(tmp_path, "-u", USER, "-P", HARD_PASSWORD) as proxy:
        assert available(server, f"socks5://{HARD_LOGIN}@{proxy.address}") == usd("100")
        assert f"connected to 127.0.0.1:{server.port}" in proxy.log


def test_a_proxy_behind_tls(company: PrivateCa, server: Simulator, tmp_path: Path) -> None:
    with tinyproxy(tmp_path) as behind:

        def pass_on(connection: socket.socket) -> None:
            with behind.connect() as inner:
                relay(connection, inner)

        with RawServer(pass_on, tls=company.serve()) as proxy:
            assert available(server, proxy.url) == usd("100")
            assert f"CONNECT 127.0.0.1:{server.port}" in behind.log


def test_none_goes_straight_past_the_environments(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY")
    with tinyproxy(tmp_path) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        with opened(server.url, proxy=ProxyChoice(ProxyKind.NONE)) as client:
            assert client.fetch_balance(KEY).available == usd("100")
        assert "Request" not in proxy.log


def test_one_that_is_not_there_is_not_gone_past(server: Simulator) -> None:
    assert problem(server, "http://127.0.0.1:1") == ProxyFailed(ProxyFault.UNREACHABLE)
    assert server.request_count == 0


def test_an_address_that_cannot_be_used_is_a_problem_and_stands_in_no_log(
    server: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    unusable = f"http://{USER}:{PASSWORD}@proxy.example/path"
    assert problem(server, unusable) == ProxyFailed(ProxyFault.SETTINGS)
    assert server.request_count == 0
    for part in (USER, PASSWORD, "proxy.example"):
        assert part not in caplog.text
