"""Replies as bytes on a socket, their HTTP mutated: status line, headers, framing, and the end.

The body is a balance that is left as it is or cut: whatever happens to the HTTP around it, it is
read as this amount or not at all.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tests.fuzz.tokens import STATUSES, wait

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS_LINES: Final = (
    *(
        b"HTTP/1.0 200 OK",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 ",
        b"http/1.1 200 OK",
        b"HTTP/1.2 200 OK",
    ),
    *(
        b"HTTP/2 200 OK",
        b"HTTP/0.9 200 OK",
        b"HTTP/1.1  200 OK",
        b" HTTP/1.1 200 OK",
        b"HTTP 200 OK",
    ),
    *(
        b"HTTP/1.1 200OK",
        b"HTTP/1.1 2OO OK",
        b"HTTP/1.1 20",
        b"HTTP/1.1 2000 OK",
        b"HTTP/1.1 -200 OK",
    ),
    *(
        b"HTTP/1.1 000 OK",
        b"HTTP/1.1 099 OK",
        b"HTTP/1.1 200 \xff\xfe",
        b"HTTP/1.1 200 O\0K",
        b"ICY 200 OK",
    ),
    *(b"", b"\r\nHTTP/1.1 200 OK", b"\0", b"HTTP/1.1\t200\tOK", b"HTTP/1.1 200 " + b"K" * 200_000),
)
_INTERIM: Final = (
    *(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 102 Processing\r\n\r\n"),
    *(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 103\r\n\r\n" * 50),
    *(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
        b"HTTP/1.1 100 C\r\n",
        b"\r\n\r\n",
    ),
)
_ODD_HEADERS: Final = (
    *(b"", b":", b": x", b"x", b"X Y: z", b"X : y", b" folded", b"\tfolded", b"X: \0", b"X: \xff"),
    *(b"X: y\rZ: w", b"X: y\nZ: w", b"X:" + b" " * 5_000, b"X: " + b"y" * 120_000, b"\xc3\xa9: 1"),
    *(b"Set-Cookie: a=b; Domain=127.0.0.1", b"Location: http://127.0.0.1:9/", b"Location: \xff"),
    *(b"Connection: close", b"Connection: keep-alive", b"Connection: upgrade", b"Upgrade: h2c"),
    *(b"Content-Type: text/html", b"Content-Type: application/json; charset=utf-16", b"Trailer: X"),
    *(b"Refresh: 0; url=http://127.0.0.1:9/", b'Alt-Svc: h3=":443"', b"Content-Range: bytes 0-1/9"),
)
_LENGTHS: Final = (
    *(b"0", b"1", b"-1", b"+5", b"5, 5", b"5, 6", b"0x10", b"1e2", b"", b" ", b"abc", b"9" * 30),
    *(b"9" * 5_000, b"\xd9\xa1", b"1_0", b"65536", b"65537", b"99999999"),
)
_TRANSFER_ENCODINGS: Final = (
    *(b"chunked", b"Chunked", b" chunked ", b"identity", b"gzip, chunked", b"chunked, chunked"),
    *(b"chunked, identity", b"xchunked", b"", b"chunked;q=1", b"\x0bchunked", b"deflate"),
)
_CONTENT_ENCODINGS: Final = (
    b"gzip",
    b"deflate",
    b"br",
    b"identity",
    b"gzip, gzip",
    b"zstd",
    b"\xff",
)
_CHUNK_SIZES: Final = (
    *(b"0", b"-1", b"+5", b"0x5", b"5 ", b" 5", b"5;name=value", b"5;" + b"x" * 20_000, b"", b"g"),
    *(b"00000000000000000005", b"ffffffffffffffffffff", b"5_0", b"\xd9\xa5", b"7fffffff"),
)


class End(Enum):
    """What the server does after its last byte."""

    CLOSE = auto()
    RESET = auto()
    SILENCE = auto()


@dataclass(frozen=True, slots=True)
class RawReply:
    """Bytes to send, in pieces, and what must be read if anything is."""

    pieces: tuple[bytes, ...]
    end: End
    units: str
    """The amount of the body, in 1/10000 USD."""
    may_be_read: bool
    """False where the status alone forbids it."""


@dataclass(slots=True)
class _Draft:
    """A reply while it is put together."""

    status_line: bytes
    headers: list[bytes]
    body: bytes
    before: bytes = b""


def raw_reply_of(seed: int, number: int) -> RawReply:
    """Return the reply of this number: the same for the same seed."""
    rng = random.Random(f"raw {seed}:{number}")  # noqa: S311 — to be repeated, not to be secret
    units = str(rng.randrange(10**14, 10**15))
    body = json.dumps({"availableBalance": units}).encode()
    status = 200 if rng.random() < 0.8 else rng.choice(STATUSES)
    draft = _framed(rng, _Draft(b"HTTP/1.1 %d Some Words" % status, [], body))
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        rng.choice(_MUTATIONS)(rng, draft)
    head = b"\r\n".join((draft.status_line, *draft.headers))
    if rng.random() < 0.15:
        head = _flipped(rng, head)
    if rng.random() < 0.05:
        head = head.replace(b"\r\n", rng.choice((b"\n", b"\r", b"\r\r\n", b"\n\r")))
    sent = draft.before + head + b"\r\n\r\n" + draft.body
    if rng.random() < 0.1:
        sent = sent[: rng.randrange(len(sent))]
    if rng.random() < 0.05:
        sent += rng.choice((sent, b"\0" * 100, b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 100_000))
    end = rng.choices(tuple(End), (85, 10, 5))[0]
    return RawReply(_in_pieces(rng, sent), end, units, b"200" in draft.status_line)


def _framed(rng: random.Random, draft: _Draft) -> _Draft:
    """Pack the body or not, and say where it ends in one of HTTP's three ways."""
    packing = rng.random()
    if packing < 0.1:
        draft.body = gzip.compress(draft.body, mtime=0)
        draft.headers.append(b"Content-Encoding: gzip")
    elif packing < 0.15:
        draft.body = zlib.compress(draft.body)
        draft.headers.append(b"Content-Encoding: deflate")
    framing = rng.random()
    if framing < 0.45:
        draft.headers.append(b"Content-Length: %d" % len(draft.body))
    elif framing < 0.85:
        draft.headers.append(b"Transfer-Encoding: chunked")
        draft.body = _chunked(rng, draft.body)
    return draft


def _chunked(rng: random.Random, body: bytes) -> bytes:
    cuts = sorted(rng.randrange(1, len(body)) for _ in range(rng.randint(0, 4)))
    parts = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True) if a < b]
    sizes = [b"%x" % len(part) for part in parts]
    if rng.random() < 0.3:
        sizes[rng.randrange(len(sizes))] = rng.choice(_CHUNK_SIZES)
    ends = [b"\r\n"] * len(parts)
    if rng.random() < 0.15:
        ends[rng.randrange(len(ends))] = rng.choice((b"", b"\n", b"\r", b"xx", b"\r\n\r\n"))
    last = b"0\r\n\r\n"
    if rng.random() < 0.25:
        last = rng.choice(
            (b"", b"0", b"0\r\n", b"0\r\nTrailer: x\r\n\r\n", b"00\r\n\r\n", b"-0\r\n\r\n")
        )
    chunks = (b"%b\r\n%b%b" % chunk for chunk in zip(sizes, parts, ends, strict=True))
    return b"".join(chunks) + last


def _status_line(rng: random.Random, draft: _Draft) -> None:
    draft.status_line = rng.choice(_STATUS_LINES)


def _interim(rng: random.Random, draft: _Draft) -> None:
    draft.before += rng.choice(_INTERIM) * rng.choice((1, 1, 1, 3, 200))


def _odd_header(rng: random.Random, draft: _Draft) -> None:
    draft.headers.insert(rng.randint(0, len(draft.headers)), rng.choice(_ODD_HEADERS))


def _many_headers(rng: random.Random, draft: _Draft) -> None:
    draft.headers += [
        b"X-%d: %d" % (number, number) for number in range(rng.choice((20, 101, 3_000)))
    ]


def _length(rng: random.Random, draft: _Draft) -> None:
    draft.headers.append(b"Content-Length: " + rng.choice(_LENGTHS))


def _transfer_encoding(rng: random.Random, draft: _Draft) -> None:
    draft.headers.append(b"Transfer-Encoding: " + rng.choice(_TRANSFER_ENCODINGS))


def _content_encoding(rng: random.Random, draft: _Draft) -> None:
    draft.headers.append(b"Content-Encoding: " + rng.choice(_CONTENT_ENCODINGS))


def _header_twice(rng: random.Random, draft: _Draft) -> None:
    if draft.headers:
        draft.headers.append(rng.choice(draft.headers))


def _header_removed(rng: random.Random, draft: _Draft) -> None:
    if draft.headers:
        del draft.headers[rng.randrange(len(draft.headers))]


def _retry_after(rng: random.Random, draft: _Draft) -> None:
    draft.headers.append(b"Retry-After: " + wait(rng).encode("utf-8", "replace"))


_MUTATIONS: Final[tuple[Callable[[random.Random, _Draft], None], ...]] = (
    _status_line,
    _interim,
    _odd_header,
    _odd_header,
    _many_headers,
    _length,
    _transfer_encoding,
    _content_encoding,
    _header_twice,
    _header_removed,
    _retry_after,
)


def _flipped(rng: random.Random, head: bytes) -> bytes:
    """Change one byte behind the status, which must stay what ``may_be_read`` says."""
    start = min(len(head), len(b"HTTP/1.1 200"))
    if start == len(head):
        return head
    flipped = bytearray(head)
    flipped[rng.randrange(start, len(head))] = rng.randrange(256)
    return bytes(flipped)


def _in_pieces(rng: random.Random, sent: bytes) -> tuple[bytes, ...]:
    if not sent or rng.random() < 0.7:
        return (sent,)
    cuts = sorted(rng.randrange(len(sent)) for _ in range(rng.randint(1, 4)))
    return tuple(sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True))
