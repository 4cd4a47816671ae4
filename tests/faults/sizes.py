"""Bodies that are large, or packed."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

from tests.faults.case import NetworkCase, Section
from tests.faults.settings import BODY, account, reply
from tray_app.adapters.http_body import LARGEST_BODY_BYTES
from tray_app.core.money import Usd
from tray_app.core.problem import UnexpectedReply
from tray_app.simulator.accounts import EndlessBody, GzipBomb, SizedBody

if TYPE_CHECKING:
    from tests.faults.case import Outcome

_READ: Final = Usd.of_units(123_400)
_SAMPLE_READ: Final = Usd.of_units(1_000_000)
_TOO_LARGE: Final = UnexpectedReply("the reply is too large")
_UNREADABLE: Final = UnexpectedReply("the reply's compression cannot be read")
_GZIP: Final = gzip.compress(BODY)


def _packed_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def _packed(name: str, encoding: str, body: bytes, expected: Outcome) -> NetworkCase:
    return NetworkCase(name, reply(200, body, content_encoding=encoding), expected)


SECTION: Final = Section(
    "Size and compression",
    (
        NetworkCase(
            "a body of exactly 64 KiB", account(SizedBody(LARGEST_BODY_BYTES)), _SAMPLE_READ
        ),
        NetworkCase(
            "a body of 64 KiB and a byte", account(SizedBody(LARGEST_BODY_BYTES + 1)), _TOO_LARGE
        ),
        NetworkCase("a body without end", account(EndlessBody()), _TOO_LARGE),
        NetworkCase("gzip that unpacks to 64 MiB", account(GzipBomb()), _TOO_LARGE),
        NetworkCase(
            "gzip that unpacks to exactly 64 KiB",
            account(GzipBomb(LARGEST_BODY_BYTES)),
            _SAMPLE_READ,
        ),
        NetworkCase(
            "gzip that unpacks to 64 KiB and a byte",
            account(GzipBomb(LARGEST_BODY_BYTES + 1)),
            _TOO_LARGE,
        ),
        _packed("gzip", "gzip", _GZIP, _READ),
        _packed("gzip by its old name", "x-gzip", _GZIP, _READ),
        _packed("gzip in capitals", "GZIP", _GZIP, _READ),
        _packed("deflate in zlib's format", "deflate", zlib.compress(BODY), _READ),
        _packed("deflate without zlib's format", "deflate", _packed_raw(BODY), _READ),
        _packed("identity", "identity", BODY, _READ),
        _packed("a compression that is not known", "br", BODY, _UNREADABLE),
        _packed("gzip in gzip", "gzip, gzip", gzip.compress(_GZIP), _UNREADABLE),
        _packed("gzip that is cut short", "gzip", _GZIP[:-12], _UNREADABLE),
        _packed("gzip with a wrong checksum", "gzip", _GZIP[:-8] + bytes(8), _UNREADABLE),
        _packed("gzip with something behind it", "gzip", _GZIP + _GZIP, _UNREADABLE),
        _packed(
            "deflate with something behind it", "deflate", zlib.compress(BODY) + b"{}", _UNREADABLE
        ),
        _packed("plain JSON that is called gzip", "gzip", BODY, _UNREADABLE),
        _packed("plain JSON that is called deflate", "deflate", BODY, _UNREADABLE),
        NetworkCase(
            "gzip that is not called so",
            reply(200, _GZIP),
            UnexpectedReply("the reply is not UTF-8"),
        ),
    ),
    note="No more than 64 KiB are read, and no more than 64 KiB are unpacked.",
)
