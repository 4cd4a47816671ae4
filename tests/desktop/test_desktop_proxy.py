"""The proxy that the desktop is set to, through the real portal and a real proxy."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.adapters.private_ca import PrivateCa
from tests.adapters.real_proxies import microsocks, tinyproxy
from tests.desktop.proxy_portal import exempt, set_no_proxy, set_proxy, start_portal
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, balance_of
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.desktop.session import DesktopSession

_BALANCE = (sys.executable, "-m", "tray_app", "balance", "--json", "--api-url")


@pytest.fixture
def company(tmp_path: Path) -> PrivateCa:
    return PrivateCa(tmp_path)


@pytest.fixture
def server(company: PrivateCa) -> Iterator[Simulator]:
    with Simulator({KEY: balance_of(12_34)}, tls=company.serve()) as running:
        yield running


@pytest.fixture
def portal_desktop(bare_desktop: DesktopSession, company: PrivateCa) -> DesktopSession:
    """A desktop with the portal, on which the company's authority is trusted."""
    bare_desktop.environ["SSL_CERT_FILE"] = str(company.certificate_file)
    start_portal(bare_desktop)
    return bare_desktop


def balance(
    desktop: DesktopSession, server: Simulator, variables: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what ``balance --json`` prints."""
    env = {**FROM_ENVIRONMENT, **(variables or {})}
    program = desktop.start([*_BALANCE, server.url], env)
    program.wait_exit(30)
    answer: dict[str, Any] = json.loads(program.stdout)
    return answer


def test_a_request_goes_through_the_proxy_that_the_desktop_is_set_to(
    portal_desktop: DesktopSession, server: Simulator, tmp_path: Path
) -> None:
    with tinyproxy(tmp_path) as proxy:
        assert balance(portal_desktop, server)["available"] == "12.3400"
        assert "Request" not in proxy.log
        set_proxy(portal_desktop, "https", proxy.port)
        assert balance(portal_desktop, server)["available"] == "12.3400"
        assert proxy.log.count("Request") == 1
        # Past it again: by the environment, by the desktop's exemptions, by switching it off.
        assert balance(portal_desktop, server, {"NO_PROXY": "127.0.0.1"})["available"]
        exempt(portal_desktop, "127.0.0.0/8")
        assert balance(portal_desktop, server)["available"] == "12.3400"
        set_no_proxy(portal_desktop)
        assert balance(portal_desktop, server)["available"] == "12.3400"
        assert proxy.log.count("Request") == 1


def test_a_socks_proxy_of_the_desktop_is_taken_too(
    portal_desktop: DesktopSession, server: Simulator, tmp_path: Path
) -> None:
    with microsocks(tmp_path) as proxy:
        set_proxy(portal_desktop, "socks", proxy.port)
        assert balance(portal_desktop, server)["available"] == "12.3400"
        assert f"connected to 127.0.0.1:{server.port}" in proxy.log


def test_a_proxy_of_the_desktop_that_is_gone_is_named(
    portal_desktop: DesktopSession, server: Simulator, tmp_path: Path
) -> None:
    with tinyproxy(tmp_path) as proxy:
        set_proxy(portal_desktop, "https", proxy.port)
    answer = balance(portal_desktop, server)
    assert answer["problem"] == "proxy_failed"
    assert "proxy cannot be reached" in answer["message"]
    assert server.request_count == 0
