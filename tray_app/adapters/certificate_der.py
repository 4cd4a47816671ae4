"""Who made a certificate out and when it is valid, read from its DER bytes.

Python decodes a peer's certificate only after its own check, not where the system's verifier
checks it (Windows, macOS) and not where it was rejected, which is when one wants to read it.
docs: X.690 for the encoding, RFC 5280 section 4.1 for the fields.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_OID: Final = 0x06
_VERSION: Final = 0xA0
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_STRING_CODECS: Final = {
    0x0C: "utf-8",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1E: "utf-16-be",
}
_COMMON_NAME: Final = b"\x55\x04\x03"
_ORGANISATION: Final = b"\x55\x04\x0a"
_LONG_LENGTH: Final = 0x80
_MOST_LENGTH_BYTES: Final = 4
# RFC 5280, 4.1.2.5.1: the years of two digits.
_FIRST_OF_1900S: Final = 50


@dataclass(frozen=True, slots=True)
class CertificateFields:
    """``issuer`` is an organisation, else a common name, else empty; the instants are in UTC."""

    issuer: str
    valid_from: datetime
    valid_until: datetime


def certificate_fields(der: bytes) -> CertificateFields:
    """Return the fields; raises ValueError for what is not a certificate."""
    ((tag, certificate),) = _elements(der)
    _expect(tag, _SEQUENCE)
    tag, to_be_signed = next(_elements(certificate), (0, b""))
    _expect(tag, _SEQUENCE)
    elements = list(_elements(to_be_signed))
    if elements and elements[0][0] == _VERSION:
        del elements[0]
    # Serial number, signature algorithm, issuer, validity.
    (_, _, (issuer_tag, issuer), (validity_tag, validity)) = elements[:4]
    _expect(issuer_tag, _SEQUENCE)
    _expect(validity_tag, _SEQUENCE)
    begin, end = _elements(validity)
    names = dict(_names(issuer))
    return CertificateFields(
        names.get(_ORGANISATION) or names.get(_COMMON_NAME, ""), _instant(*begin), _instant(*end)
    )


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and content of each element."""
    position = 0
    while position < len(content):
        if position + 2 > len(content):
            raise ValueError("cut off")
        tag, length = content[position], content[position + 1]
        position += 2
        if length & _LONG_LENGTH:
            count = length & ~_LONG_LENGTH
            if not 1 <= count <= _MOST_LENGTH_BYTES:
                raise ValueError("not a length")
            length = int.from_bytes(content[position : position + count])
            position += count
        if position + length > len(content):
            raise ValueError("cut off")
        yield tag, content[position : position + length]
        position += length


def _names(issuer: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield (attribute, text) of a distinguished name."""
    for set_tag, relative_names in _elements(issuer):
        _expect(set_tag, _SET)
        for pair_tag, pair in _elements(relative_names):
            _expect(pair_tag, _SEQUENCE)
            (oid_tag, oid), (text_tag, text) = _elements(pair)
            _expect(oid_tag, _OID)
            if text_tag in _STRING_CODECS:
                yield oid, text.decode(_STRING_CODECS[text_tag], errors="replace")


def _instant(tag: int, content: bytes) -> datetime:
    text = content.decode("ascii")
    if tag == _UTC_TIME:
        text = ("19" if int(text[:2]) >= _FIRST_OF_1900S else "20") + text
    else:
        _expect(tag, _GENERALIZED_TIME)
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _expect(tag: int, expected: int) -> None:
    if tag != expected:
        raise ValueError("not the structure of a certificate")
