from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.adapters.certificates import write_certificate
from tests.simulator.asking import HEADERS, KEY
from tests.simulator.stopping import stop_quickly
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Cut, CutPoint, EndlessBody, Hang
from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for the loopback address, and the context that serves it."""
    return write_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def secure(identity: tuple[Path, ssl.SSLContext]) -> Iterator[Simulator]:
    with Simulator({KEY: accounts.SAMPLE_BALANCE}, tls=identity[1]) as simulator:
        yield simulator


@pytest.fixture
def secure_client(
    secure: Simulator, identity: tuple[Path, ssl.SSLContext]
) -> Iterator[httpx.Client]:
    trust = ssl.create_default_context(cafile=identity[0])
    with httpx.Client(
        base_url=secure.url, headers=HEADERS, verify=trust, trust_env=False
    ) as client:
        yield client


def test_https_is_served_and_kept_alive(secure: Simulator, secure_client: httpx.Client) -> None:
    assert secure.url.startswith("https://")
    for _ in range(2):
        assert secure_client.get(BALANCE_PATH).json()["availableBalance"] == "1000000"
    assert [request.connection for request in secure.requests] == [1, 1]


def test_large_bodies_pass_over_https(secure: Simulator, secure_client: httpx.Client) -> None:
    secure.accounts[KEY] = accounts.SizedBody(3_000_000)
    assert len(secure_client.get(BALANCE_PATH).content) == 3_000_000


def test_a_reset_ends_the_request_over_https(
    secure: Simulator, secure_client: httpx.Client
) -> None:
    secure.accounts[KEY] = Cut(CutPoint.BEFORE_HEADERS, reset=True)
    with pytest.raises(httpx.TransportError):
        secure_client.get(BALANCE_PATH)


def test_a_client_that_trusts_nobody_leaves_the_server_running(
    secure: Simulator, secure_client: httpx.Client
) -> None:
    with pytest.raises(httpx.ConnectError, match=r"(?i)certificate"):
        httpx.get(secure.url + BALANCE_PATH, headers=HEADERS, trust_env=False)
    assert secure_client.get(BALANCE_PATH).status_code == 200


def test_stop_is_quick_while_an_endless_body_over_https_is_not_read(
    secure: Simulator, secure_client: httpx.Client
) -> None:
    secure.accounts[KEY] = EndlessBody()
    with secure_client.stream("GET", BALANCE_PATH) as reply:
        assert reply.status_code == 200
        stop_quickly(secure)


def test_stop_is_quick_while_https_hangs_and_while_a_handshake_waits(
    secure: Simulator, secure_client: httpx.Client
) -> None:
    secure.accounts[KEY] = Hang()
    with socket.create_connection(("127.0.0.1", secure.port), 5):
        with pytest.raises(httpx.ReadTimeout):
            secure_client.get(BALANCE_PATH, timeout=0.2)
        stop_quickly(secure)
