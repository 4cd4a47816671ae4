"""The reader of certificates, judged by another library's writer and reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import example, given
from hypothesis import strategies as st

from tray_app.adapters.certificate_der import certificate_fields

KEY = ec.generate_private_key(ec.SECP256R1())
BEGIN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
END = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
ORGANISATION = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Firma Größe & Söhne")
COMMON_NAME = x509.NameAttribute(NameOID.COMMON_NAME, "R11")
COUNTRY = x509.NameAttribute(NameOID.COUNTRY_NAME, "DE")
INSTANTS = st.datetimes(datetime(1950, 1, 1), datetime(9999, 1, 1)).map(  # noqa: DTZ001 — set below
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=15
)


def certificate(
    *issuer: x509.NameAttribute[str], begin: datetime = BEGIN, end: datetime = END
) -> bytes:
    """Return a certificate by this issuer, for another name."""
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Not the issuer")])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name(issuer))
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .sign(KEY, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


WHOLE = certificate(COUNTRY, ORGANISATION)


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ((COUNTRY, ORGANISATION, COMMON_NAME), "Firma Größe & Söhne"),
        ((COUNTRY, COMMON_NAME), "R11"),
        ((COUNTRY,), ""),
        ((), ""),
    ],
    ids=["organisation", "common name", "neither", "nothing"],
)
def test_the_issuer_is_the_organisation_or_else_the_common_name(
    issuer: tuple[x509.NameAttribute[str], ...], expected: str
) -> None:
    assert certificate_fields(certificate(*issuer)).issuer == expected


@example(name="first of UTCTime", begin=datetime(1950, 1, 1, tzinfo=UTC), seconds=0)
@example(name="last of UTCTime", begin=datetime(2049, 12, 31, tzinfo=UTC), seconds=86_399)
@given(
    name=NAMES.filter(lambda name: len(name.encode()) < 60),
    begin=INSTANTS,
    seconds=st.integers(0, 10**9),
)
def test_name_and_instants_are_those_that_were_written(
    name: str, begin: datetime, seconds: int
) -> None:
    end = min(begin + timedelta(seconds=seconds), datetime(9999, 12, 31, tzinfo=UTC))
    issuer = x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)
    fields = certificate_fields(certificate(issuer, begin=begin, end=end))
    assert (fields.issuer, fields.valid_from, fields.valid_until) == (name, begin, end)


@given(st.data())
def test_a_damaged_certificate_is_a_value_error_and_nothing_else(data: st.DataObject) -> None:
    der = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        der[data.draw(st.integers(0, 160))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(der)))
    for damaged in (bytes(der), bytes(der[:cut])):
        try:
            certificate_fields(damaged)
        except ValueError:
            continue


@given(st.binary(max_size=80))
def test_bytes_that_are_no_certificate_are_a_value_error(noise: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — the class is the contract, not the text
        certificate_fields(noise)
