"""From the bytes of a reply to what the program makes of them, and what is wrong with that."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from tests.core.samples import NOW
from tests.fuzz.oracle import Reply, complaint_about
from tray_app.adapters.http_body import body_of
from tray_app.adapters.http_problem import problem_of
from tray_app.adapters.novita_reply import reading_of_reply
from tray_app.core.problem import ConnectionFault, Offline, Problem, ProblemError, UnexpectedReply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.core.reading import BalanceReading

CAP: Final = 64 * 1024
"""The most bytes of a body, as ARCHITECTURE names it: on the wire, and decoded."""
_BASE_URL: Final = "https://api.novita.ai"
_REQUEST: Final = httpx.Request("GET", _BASE_URL)
_GZIP: Final = 31
_ZLIB: Final = 15
_BARE: Final = -15
_FORMATS: Final = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, _BARE)}


@dataclass(frozen=True, slots=True)
class WireReply:
    """A reply as it arrives: its body in pieces, whole or broken off."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    pieces: tuple[bytes, ...]
    breaks_off: bool = False


class _Pieces(httpx.SyncByteStream):
    def __init__(self, reply: WireReply) -> None:
        self._reply = reply

    def __iter__(self) -> Iterator[bytes]:
        yield from self._reply.pieces
        if self._reply.breaks_off:
            raise httpx.ReadError("reset")


def judged(reply: WireReply) -> tuple[str, str | None]:
    """Return what the program read (a type's name), and what is wrong with that, None if nothing.

    Raises nothing, whatever the program raises.
    """
    response = httpx.Response(
        reply.status, headers=list(reply.headers), stream=_Pieces(reply), request=_REQUEST
    )
    try:
        got = _answer(response)
    except Exception as error:  # noqa: BLE001 — a crash of any kind is what is looked for
        return "crash", f"crash: {error!r}"
    return type(got).__name__, _complaint(reply, response, got)


def _answer(response: httpx.Response) -> BalanceReading | Problem:
    """Do with a response what the client does."""
    try:
        body = body_of(response)
        return reading_of_reply(response.status_code, response.headers, body, NOW)
    except (ProblemError, httpx.HTTPError) as error:
        return problem_of(error)


def _complaint(
    reply: WireReply, response: httpx.Response, got: BalanceReading | Problem
) -> str | None:
    body = body_on_arrival(reply, response.headers.get("content-encoding", ""))
    if body is None and reply.status == 200:
        # What is too large is too large before its end is missed.
        lost = reply.breaks_off and _size(reply) <= CAP
        right = got == Offline(ConnectionFault.LOST) if lost else isinstance(got, UnexpectedReply)
        return None if right else f"no body can be read, got {got!r}"
    headers = {name.lower(): value for name, value in response.headers.items()}
    return complaint_about(Reply(reply.status, headers, body or b""), got)


def body_on_arrival(reply: WireReply, encoding: str) -> bytes | None:
    """Return the decoded body; None when it is too large, broken off or not to be decoded.

    Byte by byte and without a limit of its own, so as to be another way than the program's.
    """
    raw = b"".join(reply.pieces)
    if reply.breaks_off or len(raw) > CAP:
        return None
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return raw
    for window_bits in _FORMATS.get(name, ()):
        try:
            body = _unpacked(raw, window_bits)
        except zlib.error:
            continue
        if body is not None:
            return body if len(body) <= CAP else None
    return None


def _unpacked(raw: bytes, window_bits: int) -> bytes | None:
    """Return what the stream holds, cut where it passes the cap.

    None where it has no end, or something behind it.
    """
    decoder = zlib.decompressobj(window_bits)
    body = bytearray()
    for start in range(0, len(raw), 7):
        body += decoder.decompress(raw[start : start + 7])
        if len(body) > CAP:
            return bytes(body)
        if decoder.eof:
            return None if decoder.unused_data or raw[start + 7 :] else bytes(body)
    return None


def _size(reply: WireReply) -> int:
    return sum(len(piece) for piece in reply.pieces)
