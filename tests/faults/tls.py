"""TLS that does not come about: certificates, protocols, and what is no TLS at all."""

from __future__ import annotations

import ssl
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import SECRET
from tests.adapters.certificates import write_certificate
from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer, answer, reset_on_close
from tests.faults.case import NetworkCase, Scene, Section
from tests.faults.settings import conversation
from tray_app.core.money import Usd
from tray_app.core.problem import (
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    Offline,
)
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Cut, CutPoint

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from tests.faults.case import Setting, Stage
    from tray_app.simulator.accounts import Account

_NO_TLS: Final = Offline(ConnectionFault.TLS)
_LOST: Final = Offline(ConnectionFault.LOST)
_SAMPLE: Final = Usd.of_units(1_000_000)
_DAY: Final = timedelta(days=1)


def _served(
    make: Callable[[Stage], ssl.SSLContext],
    account: Account = accounts.SAMPLE_BALANCE,
    *,
    is_refused: bool = True,
) -> Setting:
    """Return a scene of the simulator over TLS, which no request reaches where it is refused."""

    @contextmanager
    def setting(stage: Stage) -> Iterator[Scene]:
        with Simulator({SECRET: account}, tls=make(stage)) as simulator:
            yield Scene(simulator.url, bystanders=(simulator,) if is_refused else ())

    return setting


def _self_signed(stage: Stage) -> ssl.SSLContext:
    return write_certificate(stage.folder)[1]


def _of_an_unknown_ca(stage: Stage) -> ssl.SSLContext:
    return PrivateCa(stage.folder, "Nobody").serve()


def _of_a_trusted_ca(
    stage: Stage, host: str = "127.0.0.1", begins: datetime | None = None
) -> ssl.SSLContext:
    ca = PrivateCa(stage.folder)
    stage.patch.setenv("SSL_CERT_FILE", str(ca.certificate_file))
    return ca.serve(host, begins=begins)


def _expired(stage: Stage) -> ssl.SSLContext:
    return _of_a_trusted_ca(stage, begins=datetime.now(UTC) - 3 * _DAY)


def _not_yet_valid(stage: Stage) -> ssl.SSLContext:
    return _of_a_trusted_ca(stage, begins=datetime.now(UTC) + _DAY)


def _for_another_host(stage: Stage) -> ssl.SSLContext:
    return _of_a_trusted_ca(stage, "127.0.0.2")


def _old_protocol(stage: Stage) -> ssl.SSLContext:
    context = _of_a_trusted_ca(stage)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    # OpenSSL offers its own signatures for these versions at this level alone.
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _no_shared_cipher(stage: Stage) -> ssl.SSLContext:
    context = _of_a_trusted_ca(stage)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    # The certificate's key is of an elliptic curve, so that no suite is left to agree on.
    context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")
    return context


def _unusable_store(stage: Stage) -> ssl.SSLContext:
    context = _of_a_trusted_ca(stage)
    stage.patch.setenv("SSL_CERT_FILE", str(stage.folder / "absent.pem"))
    return context


def _greeted(converse: Callable[[socket.socket], None]) -> Setting:
    """Return a scene whose server behaves so once it has read the client's greeting."""

    def greeted(connection: socket.socket) -> None:
        connection.recv(65_536)
        converse(connection)

    return conversation(greeted, "https")


def _says(reply: bytes) -> Setting:
    return _greeted(lambda connection: connection.sendall(reply))


def _closes(_connection: socket.socket) -> None:
    """Leave it at that: the conversation's end is the connection's."""


@contextmanager
def _breaks_its_records(stage: Stage) -> Iterator[Scene]:
    """Send half a reply as it should be, then bytes that nobody encrypted."""
    context = _of_a_trusted_ca(stage)

    def converse(connection: socket.socket) -> None:
        with context.wrap_socket(connection.dup(), server_side=True) as secured:
            answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")(secured)
            connection.sendall(b"\x17\x03\x03\x00\x20" + bytes(32))
            secured.recv(1)

    with RawServer(converse) as server:
        yield Scene(f"https://127.0.0.1:{server.port}")


def _rejected(
    name: str, make: Callable[[Stage], ssl.SSLContext], fault: CertificateFault
) -> NetworkCase:
    return NetworkCase(name, _served(make), CertificateRejected(fault))


SECTION: Final = Section(
    "Certificates and TLS",
    (
        NetworkCase(
            "a certificate of a trusted CA", _served(_of_a_trusted_ca, is_refused=False), _SAMPLE
        ),
        _rejected("a self-signed certificate", _self_signed, CertificateFault.UNKNOWN_ISSUER),
        _rejected(
            "a certificate of an unknown CA", _of_an_unknown_ca, CertificateFault.UNKNOWN_ISSUER
        ),
        _rejected("an expired certificate", _expired, CertificateFault.EXPIRED),
        _rejected(
            "a certificate that is not valid yet", _not_yet_valid, CertificateFault.NOT_YET_VALID
        ),
        _rejected("a certificate for another host", _for_another_host, CertificateFault.WRONG_HOST),
        _rejected(
            "no certificates to trust, though SSL_CERT_FILE names some",
            _unusable_store,
            CertificateFault.STORE,
        ),
        NetworkCase("a server that knows TLS 1.0 and 1.1 alone", _served(_old_protocol), _NO_TLS),
        NetworkCase("no cipher in common", _served(_no_shared_cipher), _NO_TLS),
        NetworkCase(
            "a handshake that the server refuses", _says(b"\x15\x03\x03\x00\x02\x02\x28"), _NO_TLS
        ),
        NetworkCase(
            "plain HTTP where TLS belongs", _says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), _NO_TLS
        ),
        NetworkCase(
            "garbage in the handshake", _says(b"\x16\x03\x03\x00\x10" + bytes(16)), _NO_TLS
        ),
        NetworkCase("zeros in the handshake", _says(bytes(100)), _NO_TLS),
        NetworkCase("closed in the handshake", _greeted(_closes), _NO_TLS),
        NetworkCase("reset in the handshake", _greeted(reset_on_close), _NO_TLS),
        NetworkCase("garbage after the handshake, inside the body", _breaks_its_records, _LOST),
        NetworkCase(
            "closed inside the body, over TLS",
            _served(_of_a_trusted_ca, Cut(CutPoint.INSIDE_BODY), is_refused=False),
            _LOST,
        ),
        NetworkCase(
            "reset before the headers, over TLS",
            _served(_of_a_trusted_ca, Cut(CutPoint.BEFORE_HEADERS, reset=True), is_refused=False),
            _LOST,
        ),
    ),
    note=(
        "Where no secure connection comes about, nothing was sent: the key leaves this computer "
        "over TLS 1.2 or later alone, to a server whose certificate is trusted for its name."
    ),
)
