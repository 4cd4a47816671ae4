"""Which proxy is named, and that nothing but its host and port is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.adapters.real_proxies import PASSWORD, USER, tinyproxy
from tray_app.adapters.proxy_check import proxy_found
from tray_app.core.checkup import ProxyFound
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.problem import ProxyFailed, ProxyFault

if TYPE_CHECKING:
    from pathlib import Path

API = "https://api.example.invalid"
HOST = "api.example.invalid"


def found_by(choice: ProxyChoice) -> ProxyFound:
    return proxy_found(API, choice, os.environ)


def found(monkeypatch: pytest.MonkeyPatch, **variables: str) -> ProxyFound:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return found_by(ProxyChoice())


def test_without_any_setting_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(monkeypatch) == ProxyFound(HOST)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("http://proxy.example:3128", "proxy.example", 3128),
        ("proxy.example:3128", "proxy.example", 3128),
        ("http://proxy.example", "proxy.example", 80),
        ("https://proxy.example", "proxy.example", 443),
        ("socks5://proxy.example", "proxy.example", 1080),
        ("http://[::1]:3128", "::1", 3128),
    ],
)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_host_port_and_variable_are_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, address: str, host: str, port: int
) -> None:
    proxy = found(monkeypatch, **{variable: address})
    assert proxy == ProxyFound(HOST, host, port, variable)


def test_an_exempt_host_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "example.invalid"}
    assert found(monkeypatch, **variables) == ProxyFound(HOST)


@pytest.mark.parametrize("address", ["ftp://user:secret@proxy.example", "http://user:secret@"])
def test_an_address_that_cannot_be_used_is_a_problem_with_its_source(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    proxy = found(monkeypatch, HTTPS_PROXY=address)
    assert proxy.problem == ProxyFailed(ProxyFault.SETTINGS)
    assert proxy.source == "HTTPS_PROXY"
    assert "secret" not in repr(proxy)


def test_credentials_stay_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tinyproxy(tmp_path, f"BasicAuth {USER} {PASSWORD}") as real:
        proxy = found(monkeypatch, HTTPS_PROXY=f"http://{USER}:{PASSWORD}@{real.address}")
    assert (proxy.host, proxy.port) == ("127.0.0.1", real.port)
    assert PASSWORD not in repr(proxy)
    assert USER not in repr(proxy)


def test_what_the_settings_say_is_named_as_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example:8080")
    address = ProxyChoice(ProxyKind.ADDRESS, "socks5://user:secret@proxy.example")
    assert found_by(address) == ProxyFound(HOST, "proxy.example", 1080, "settings.toml")
    assert found_by(ProxyChoice(ProxyKind.NONE)) == ProxyFound(HOST, source="settings.toml")


def test_an_address_of_the_settings_that_cannot_be_used_is_theirs_too() -> None:
    proxy = found_by(ProxyChoice(ProxyKind.ADDRESS, "ftp://user:secret@proxy.example"))
    problem = ProxyFailed(ProxyFault.SETTINGS)
    assert proxy == ProxyFound(HOST, source="settings.toml", problem=problem)
    assert "secret" not in repr(proxy)
