from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Cut, CutPoint, EndlessBody, Hang
from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "sk_server_secret"
HEADERS = {"Authorization": f"Bearer {KEY}", "User-Agent": "novita-tray/test"}
QUICK = 0.5


def simulator_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("simulator")]


def stop_quickly(simulator: Simulator) -> None:
    began = time.monotonic()
    simulator.stop()
    assert time.monotonic() - began < QUICK
    assert simulator_threads() == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "simulator")])
    today = dt.datetime.now(dt.UTC)
    loopback = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(loopback, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "simulator.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(encoding)
    )
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Simulator]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Simulator({KEY: accounts.SAMPLE_BALANCE}, tls=context) as simulator:
        yield simulator


@pytest.fixture
def secure_client(secure: Simulator, certificate: Path) -> Iterator[httpx.Client]:
    trust = ssl.create_default_context(cafile=certificate)
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
