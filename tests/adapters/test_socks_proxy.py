"""The balance through a real SOCKS 5 proxy, and what is said when it does not let it through."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import SECRET, problem_at, read
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer
from tests.adapters.real_proxies import HARD_LOGIN, HARD_PASSWORD, USER, microsocks
from tests.core.samples import usd
from tray_app.core.problem import ConnectionFault, Offline, ProxyFailed, ProxyFault
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Cut, CutPoint

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

LOGIN_NEEDED = ProxyFailed(ProxyFault.LOGIN_NEEDED)
LOGIN_ARGUMENTS = ("-u", USER, "-P", HARD_PASSWORD)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    company = PrivateCa(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=company.serve()) as simulator:
        yield simulator


# GNOME and many shell profiles write the first.
@pytest.mark.parametrize("scheme", ["socks", "socks5", "socks5h"])
def test_the_balance_comes_through_a_socks_proxy(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with microsocks(tmp_path) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://{proxy.address}")
        assert read(server.url).available == usd("100")
        assert f"connected to 127.0.0.1:{server.port}" in proxy.log


def test_a_user_name_and_password_of_any_signs_are_shown_to_the_proxy_alone(
    server: Simulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # httpcore writes them to this log, which has a level of its own then.
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "httpcore.socks")
    with microsocks(tmp_path, *LOGIN_ARGUMENTS) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5://{HARD_LOGIN}@{proxy.address}")
        assert read(server.url).available == usd("100")
        assert "connected to" in proxy.log
    assert str(proxy.port) in caplog.text
    for part in (HARD_PASSWORD, repr(HARD_PASSWORD.encode())[2:-1], HARD_LOGIN, USER):
        assert part not in caplog.text


@pytest.mark.parametrize("login", ["", "a.user:wrong@"])
def test_a_proxy_that_wants_a_login_is_named(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    with microsocks(tmp_path, *LOGIN_ARGUMENTS) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5://{login}{proxy.address}")
        assert problem_at(server.url) == LOGIN_NEEDED
    assert server.request_count == 0


def test_a_proxy_that_cannot_reach_the_server_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with microsocks(tmp_path) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5://{proxy.address}")
        assert problem_at("https://127.0.0.1:1") == ProxyFailed(ProxyFault.NO_WAY)


def test_what_fails_behind_the_proxy_is_not_the_proxys(
    server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.accounts[SECRET] = Cut(CutPoint.BEFORE_HEADERS)
    with microsocks(tmp_path) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5://{proxy.address}")
        assert problem_at(server.url) == Offline(ConnectionFault.LOST)


@pytest.mark.parametrize("reply", [b"", b"\x05", b"\x05\x00\x00"])
def test_a_broken_answer_of_a_socks_proxy_is_a_matter_of_settings(
    monkeypatch: pytest.MonkeyPatch, reply: bytes
) -> None:
    def converse(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(reply)

    with RawServer(converse) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{proxy.port}")
        assert problem_at("https://novita.invalid") == ProxyFailed(ProxyFault.SETTINGS)
