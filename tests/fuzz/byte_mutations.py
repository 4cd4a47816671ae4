"""Replies whose bytes are mutated: flips, cuts, splices, encodings, compression, headers."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

from tests.adapters.replies import PAGE
from tests.fuzz.documents import balance, plain_body, sent, written
from tests.fuzz.json_text import Fields
from tests.fuzz.tokens import STATUSES, wait
from tests.fuzz.wire import CAP

if TYPE_CHECKING:
    import random

    from tests.fuzz.wire import WireReply

_BOM: Final = b"\xef\xbb\xbf"
_ENCODINGS: Final = (
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "latin-1", "cp1252"),
    *("cp037", "shift_jis", "gb18030", "utf-8"),
)
_BAD_UTF_8: Final = (
    *(b"\x80", b"\xc0\xaf", b"\xc1\xbf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(b"\xf8\x88\x80\x80\x80", b"\xff\xfe", b"\xfe\xff", b"\xe2\x82", b"\xc3", b"\xff"),
)
_NAMES_OF_ENCODINGS: Final = (
    *(b"gzip", b"gzip", b"x-gzip", b"deflate", b"deflate", b"GZIP", b" gzip ", b"Deflate"),
    *(b"identity", b"", b"br", b"zstd", b"compress", b"gzip, identity", b"identity, gzip"),
    *(b"gzip, gzip", b"gzip;q=1", b"\xff", b"none", b"utf-8", b"aws-chunked"),
)
_SIZES: Final = (CAP - 1, CAP, CAP + 1, CAP + 2, CAP * 2)
_TRAILS: Final = (b"", b"", b"\0", b"\n", b"}", b"null", b",", b"//", b"\x1a", _BOM, PAGE)


def flipped(rng: random.Random) -> WireReply:
    """Flip, remove, repeat and insert bytes."""
    body = bytearray(plain_body(rng))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        place = rng.randrange(len(body) + 1)
        match rng.randrange(5):
            case 0 if place < len(body):
                body[place] ^= 1 << rng.randrange(8)
            case 1 if place < len(body):
                body[place] = rng.randrange(256)
            case 2:
                del body[place : place + rng.randint(1, 4)]
            case 3:
                body[place:place] = body[place : place + rng.randint(1, 20)]
            case _:
                body[place:place] = bytes([rng.choice(b'{}[]":,\\0123456789.eE+-tfn \n\0')])
    return sent(rng, bytes(body))


def truncated(rng: random.Random) -> WireReply:
    """Cut the body short; now and then the connection breaks off there."""
    body = plain_body(rng)
    cut = body[: rng.randrange(len(body) + 1)]
    return sent(rng, cut, breaks_off=rng.random() < 0.3)


def spliced(rng: random.Random) -> WireReply:
    """Put two bodies together, whole or in part, or something behind one."""
    first, second = plain_body(rng), plain_body(rng)
    if rng.random() < 0.4:
        return sent(rng, first + rng.choice(_TRAILS) + rng.choice((b"", second)))
    start, end = rng.randrange(len(first) + 1), rng.randrange(len(second) + 1)
    return sent(rng, first[:start] + second[end:])


def encoded(rng: random.Random) -> WireReply:
    """Write in another encoding, with byte order marks, and with what is no UTF-8."""
    body = plain_body(rng)
    match rng.randrange(4):
        case 0:
            text = body.decode("utf-8", "replace")
            body = text.encode(rng.choice(_ENCODINGS), "replace")
        case 1:
            body = (
                rng.choice((_BOM, _BOM * 2, b"\xff\xfe", b"\xfe\xff", b"\0", b"\n" + _BOM)) + body
            )
        case 2:
            place = rng.randrange(len(body) + 1)
            body = body[:place] + _BOM + body[place:]
        case _:
            place = rng.randrange(len(body) + 1)
            body = body[:place] + rng.choice(_BAD_UTF_8) + body[place:]
    return sent(rng, body)


def _packed(rng: random.Random, body: bytes) -> bytes:
    level = rng.choice((0, 1, 6, 9))
    match rng.randrange(4):
        case 0 | 1:
            return gzip.compress(body, level, mtime=0)
        case 2:
            return zlib.compress(body, level)
        case _:
            bare = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
            return bare.compress(body) + bare.flush()


def compressed(rng: random.Random) -> WireReply:
    """Pack, mostly well; then cut, flip, follow by more, or name another encoding."""
    body = plain_body(rng)
    if rng.random() < 0.85:
        body = _packed(rng, body)
    match rng.randrange(8):
        case 0:
            body = body[: rng.randrange(len(body) + 1)]
        case 1 if body:
            flipped = bytearray(body)
            flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
            body = bytes(flipped)
        case 2:
            body += rng.choice((*_TRAILS, _packed(rng, plain_body(rng))))
        case 3:
            body = _packed(rng, body)
        case _:
            pass
    encoding = ((b"Content-Encoding", rng.choice(_NAMES_OF_ENCODINGS)),)
    return sent(rng, body, None, encoding, breaks_off=rng.random() < 0.05)


def sized(rng: random.Random) -> WireReply:
    """Stand at the cap, a byte below and above it, on the wire or only when unpacked."""
    body = written(rng, Fields(tuple(balance(rng))))
    body = body.ljust(rng.choice(_SIZES))
    headers: tuple[tuple[bytes, bytes], ...] = ()
    if rng.random() < 0.5:
        body, headers = gzip.compress(body, 1, mtime=0), ((b"Content-Encoding", b"gzip"),)
    return sent(rng, body, None, headers, breaks_off=rng.random() < 0.2)


def waiting(rng: random.Random) -> WireReply:
    """Ask to wait, in every form, once or twice, in a status that may ask for it."""
    name = rng.choice((b"Retry-After", b"retry-after", b"RETRY-AFTER"))
    waits = tuple(
        (name, wait(rng).encode(rng.choice(("utf-8", "utf-8", "latin-1")), "replace"))
        for _ in range(rng.choice((1, 1, 1, 1, 2)))
    )
    return sent(rng, plain_body(rng), rng.choice((429, 429, 429, 503, 503, 500, 403, 200)), waits)


def statuses(rng: random.Random) -> WireReply:
    """Answer a plain body with any status."""
    status = rng.choice(STATUSES) if rng.random() < 0.7 else rng.randint(100, 999)
    return sent(rng, plain_body(rng), status)
