"""A certificate authority of our own, as a company or a proxy that inspects TLS has one."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

_DAY: Final = timedelta(days=1)


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _host_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class PrivateCa:
    """Issues certificates; ``certificate_file`` in ``folder`` is what makes clients trust them.

    With ``issuer`` it is an intermediate authority below that one.
    """

    def __init__(
        self, folder: Path, name: str = "A company", issuer: PrivateCa | None = None
    ) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        signer = issuer or self
        self._certificate = (
            self._unsigned(self._name, signer._name, self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(signer._key, hashes.SHA256())
        )
        self.certificate_file = folder / f"{name}.pem"
        self.certificate_file.write_bytes(self.pem)

    @property
    def pem(self) -> bytes:
        """The authority's own certificate."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def serve(self, host: str = "127.0.0.1", *, begins: datetime | None = None) -> ssl.SSLContext:
        """Return the context of a server whose certificate names ``host`` for two days."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._unsigned(_named(host), self._name, key.public_key(), begins)
            .add_extension(x509.SubjectAlternativeName([_host_name(host)]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        served = self._folder / "served.pem"
        served.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
            + self.pem
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(served)
        return context

    @staticmethod
    def _unsigned(
        subject: x509.Name,
        issuer: x509.Name,
        key: ec.EllipticCurvePublicKey,
        begins: datetime | None = None,
    ) -> x509.CertificateBuilder:
        begins = begins or datetime.now(UTC) - _DAY
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(begins + 2 * _DAY)
        )
