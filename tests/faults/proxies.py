"""Proxies that do not let the request through, and one that puts itself in the server's place."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import SECRET
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer, answer, answer_and_wait, reset, wait_for_end
from tests.adapters.real_proxies import inspecting
from tests.faults.case import NetworkCase, Scene, Section
from tray_app.core.money import Usd
from tray_app.core.problem import (
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    Offline,
    ProxyFailed,
    ProxyFault,
    TimedOut,
)
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.case import Setting, Stage

_URL: Final = "https://novita.invalid"
"""Only a proxy could know where this is."""
_BUDGET: Final = timedelta(seconds=0.4)
_UNREACHABLE: Final = ProxyFailed(ProxyFault.UNREACHABLE)
_LOGIN_NEEDED: Final = ProxyFailed(ProxyFault.LOGIN_NEEDED)
_REFUSED: Final = ProxyFailed(ProxyFault.REFUSED)
_NO_WAY: Final = ProxyFailed(ProxyFault.NO_WAY)
_SETTINGS: Final = ProxyFailed(ProxyFault.SETTINGS)


def _named(address: str) -> Setting:
    """Return a scene whose proxy the environment names so, whether or not there is one."""

    @contextmanager
    def setting(stage: Stage) -> Iterator[Scene]:
        stage.patch.setenv("HTTPS_PROXY", address)
        yield Scene(_URL)

    return setting


@contextmanager
def _nobody_runs_it(stage: Stage) -> Iterator[Scene]:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    stage.patch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    yield Scene(_URL)


def _behaving(converse: Callable[[socket.socket], None], scheme: str = "http") -> Setting:
    """Return a scene whose proxy of plain sockets behaves so."""

    @contextmanager
    def setting(stage: Stage) -> Iterator[Scene]:
        with RawServer(converse) as proxy:
            stage.patch.setenv("HTTPS_PROXY", f"{scheme}://127.0.0.1:{proxy.port}")
            yield Scene(_URL)

    return setting


def _answering(line: str) -> Setting:
    """Return a scene whose proxy answers CONNECT with this status line."""
    return _behaving(answer(f"HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n".encode()))


def _speaks_http(connection: socket.socket) -> None:
    """Answer whatever comes first as an HTTP server does."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    wait_for_end(connection)


def _socks(*replies: bytes) -> Setting:
    """Return a scene whose SOCKS 5 proxy sends one reply to each message (RFC 1928)."""

    def converse(connection: socket.socket) -> None:
        for reply in replies:
            connection.recv(4096)
            connection.sendall(reply)
        wait_for_end(connection)

    return _behaving(converse, "socks5")


def _socks_reply(number: int) -> Setting:
    return _socks(b"\x05\x00", bytes((5, number, 0, 1, 0, 0, 0, 0, 0, 0)))


@contextmanager
def _inspects(stage: Stage, *, is_trusted: bool) -> Iterator[Scene]:
    authority = PrivateCa(stage.folder, "The proxy")
    if is_trusted:
        stage.patch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    with (
        Simulator({SECRET: accounts.SAMPLE_BALANCE}) as server,
        RawServer(inspecting(authority.serve(), server.port)) as proxy,
    ):
        stage.patch.setenv("HTTPS_PROXY", proxy.url)
        yield Scene(f"https://127.0.0.1:{server.port}", bystanders=() if is_trusted else (server,))


@contextmanager
def _spoken_to_over_tls(stage: Stage) -> Iterator[Scene]:
    with RawServer(wait_for_end, tls=PrivateCa(stage.folder, "Nobody").serve()) as proxy:
        stage.patch.setenv("HTTPS_PROXY", proxy.url)
        yield Scene(_URL)


SECTION: Final = Section(
    "Proxies",
    (
        NetworkCase(
            "a proxy that inspects TLS with a trusted CA",
            lambda stage: _inspects(stage, is_trusted=True),
            Usd.of_units(1_000_000),
        ),
        NetworkCase(
            "a proxy that inspects TLS with an unknown CA",
            lambda stage: _inspects(stage, is_trusted=False),
            CertificateRejected(CertificateFault.UNKNOWN_ISSUER),
        ),
        NetworkCase(
            "an https proxy whose certificate nobody vouches for",
            _spoken_to_over_tls,
            CertificateRejected(CertificateFault.UNKNOWN_ISSUER),
        ),
        NetworkCase("a proxy that nobody runs", _nobody_runs_it, _UNREACHABLE),
        NetworkCase(
            "a proxy whose name is not found", _named("http://proxy.invalid:3128"), _UNREACHABLE
        ),
        NetworkCase("HTTP 407 from the proxy", _answering("407 Authenticate"), _LOGIN_NEEDED),
        NetworkCase("HTTP 401 from the proxy", _answering("401 Unauthorized"), _LOGIN_NEEDED),
        NetworkCase("HTTP 403 from the proxy", _answering("403 Filtered"), _REFUSED),
        NetworkCase("HTTP 405 from the proxy", _answering("405 No CONNECT"), _REFUSED),
        NetworkCase(
            "HTTP 302 from the proxy",
            _answering("302 Found\r\nLocation: http://a.example"),
            _REFUSED,
        ),
        NetworkCase("HTTP 500 from the proxy", _answering("500 Unable to connect"), _NO_WAY),
        NetworkCase("HTTP 502 from the proxy", _answering("502 Bad Gateway"), _NO_WAY),
        NetworkCase("HTTP 503 from the proxy", _answering("503 Unavailable"), _NO_WAY),
        NetworkCase("HTTP 504 from the proxy", _answering("504 Timeout"), _NO_WAY),
        NetworkCase("the proxy closes without an answer", _behaving(answer(b"")), _REFUSED),
        NetworkCase("the proxy resets the connection", _behaving(reset), _REFUSED),
        NetworkCase("the proxy closes in its answer", _behaving(answer(b"HTTP/1.1 200")), _REFUSED),
        NetworkCase(
            "a proxy's address where SSH is spoken",
            _behaving(answer(b"SSH-2.0-OpenSSH\r\n\r\n")),
            _SETTINGS,
        ),
        NetworkCase(
            "an https proxy's address where HTTP is spoken",
            _behaving(_speaks_http, "https"),
            _SETTINGS,
        ),
        NetworkCase(
            "a SOCKS proxy's address where HTTP is spoken",
            _behaving(_speaks_http, "socks5"),
            _SETTINGS,
        ),
        NetworkCase("a proxy's address without a host", _named("http://:3128"), _SETTINGS),
        NetworkCase("a SOCKS 4 proxy", _named("socks4://127.0.0.1:1080"), _SETTINGS),
        NetworkCase("the proxy hangs", _behaving(wait_for_end), TimedOut(), _BUDGET),
        NetworkCase(
            "the proxy opens the way and then hangs",
            _behaving(answer_and_wait(b"HTTP/1.1 200 Connection established\r\n\r\n")),
            TimedOut(),
            _BUDGET,
        ),
        NetworkCase(
            "the proxy opens the way and then closes it",
            _behaving(answer(b"HTTP/1.1 200 Connection established\r\n\r\n")),
            Offline(ConnectionFault.TLS),
        ),
        NetworkCase("a SOCKS proxy that wants a log-in", _socks(b"\x05\xff"), _LOGIN_NEEDED),
        NetworkCase("SOCKS reply 1, general failure", _socks_reply(1), _NO_WAY),
        NetworkCase("SOCKS reply 2, not allowed", _socks_reply(2), _REFUSED),
        NetworkCase("SOCKS reply 3, network unreachable", _socks_reply(3), _NO_WAY),
        NetworkCase("SOCKS reply 4, host unreachable", _socks_reply(4), _NO_WAY),
        NetworkCase("SOCKS reply 5, connection refused", _socks_reply(5), _NO_WAY),
        NetworkCase("SOCKS reply 6, expired on the way", _socks_reply(6), _NO_WAY),
        NetworkCase("SOCKS reply 7, command not supported", _socks_reply(7), _REFUSED),
        NetworkCase("SOCKS reply 238, which nobody defined", _socks_reply(238), _SETTINGS),
    ),
    note=(
        "Until the proxy has opened the way, every failure is the proxy's. What comes after that "
        "is told as without a proxy."
    ),
)
