"""Reads a reply's body with a cap on what it may cost."""

from __future__ import annotations

import zlib
from http import HTTPStatus
from typing import Final

from tray_app.adapters.light_httpx import httpx
from tray_app.core.problem import ProblemError, UnexpectedReply

LARGEST_BODY_BYTES: Final = 64 * 1024


def body_of(response: httpx.Response) -> bytes:
    """Return the decoded body, of at most LARGEST_BODY_BYTES on the wire and decoded.

    A larger, undecodable or broken-off one raises ProblemError or httpx's exception in a 200, and
    counts as empty otherwise: an error page may be as it likes, its status says enough.
    """
    try:
        return _decoded(_raw_body(response), response.headers.get("content-encoding", ""))
    except (ProblemError, httpx.TransportError):
        if response.status_code == HTTPStatus.OK:
            raise
        return b""


def _raw_body(response: httpx.Response) -> bytes:
    raw = bytearray()
    for chunk in response.iter_raw():
        raw += chunk
        if len(raw) > LARGEST_BODY_BYTES:
            raise ProblemError(UnexpectedReply("the reply is too large"))
    return bytes(raw)


def _decoded(raw: bytes, encoding: str) -> bytes:
    """Undo gzip or deflate, which some servers send unasked, without holding more than the cap."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return raw
    for window_bits in _window_bits(encoding):
        decoder = zlib.decompressobj(wbits=window_bits)
        try:
            decoded = decoder.decompress(raw, LARGEST_BODY_BYTES + 1)
        except zlib.error:
            continue
        if len(decoded) > LARGEST_BODY_BYTES:
            raise ProblemError(UnexpectedReply("the reply is too large"))
        # What stands behind the end belongs to another reply, or to nobody.
        if decoder.eof and not decoder.unused_data:
            return decoded
    raise ProblemError(UnexpectedReply("the reply's compression cannot be read"))


def _window_bits(encoding: str) -> tuple[int, ...]:
    match encoding:
        case "gzip" | "x-gzip":
            return (zlib.MAX_WBITS | 16,)
        case "deflate":
            # RFC 9110 means zlib's format; some servers send the bare stream.
            return (zlib.MAX_WBITS, -zlib.MAX_WBITS)
        case _:
            return ()
