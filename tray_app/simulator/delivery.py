"""A reply's way onto the wire, with everything that can go wrong there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from tray_app.simulator.accounts import (
    Cut,
    CutPoint,
    Drip,
    EndlessBody,
    GzipBomb,
    Hang,
    NotHttp,
    Part,
    SizedBody,
    Trouble,
)
from tray_app.simulator.reply import http_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.simulator.reply import Reply
    from tray_app.simulator.wire import Wire

PADDING = b" " * 65_536
PROMISED_TOO_MUCH = 1_024


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a request gets: a reply, and the trouble on its way, if any."""

    reply: Reply
    trouble: Trouble | None = None


def dated(exchange: Exchange, instant: int) -> Exchange:
    """Return the exchange with the server's time, in Unix seconds, unless its reply tells one."""
    reply = exchange.reply
    if any(name.lower() == "date" for name, _ in reply.headers):
        return exchange
    return replace(exchange, reply=_with_headers(reply, ("Date", http_date(instant))))


def deliver(wire: Wire, exchange: Exchange, *, keep_alive: bool, with_body: bool = True) -> bool:
    """Send `exchange`; return whether the connection goes on.

    Raises `ConnectionEndedError` when the client leaves or the simulator stops meanwhile.
    """
    reply = exchange.reply
    if exchange.trouble is None:
        wire.send(reply.head(keep_alive=keep_alive) + (reply.body if with_body else b""))
        return keep_alive
    _trouble(wire, reply, exchange.trouble)
    return False


def _trouble(wire: Wire, reply: Reply, trouble: Trouble) -> None:
    match trouble:
        case Hang():
            wire.pause(None)
        case Drip(part, interval):
            _drip(wire, reply, part, interval)
        case Cut(point, reset):
            _send_until(wire, reply, point)
            if reset:
                wire.reset()
        case NotHttp(payload):
            wire.send(payload)
        case EndlessBody():
            _send_endless(wire, reply)
        case SizedBody(size):
            wire.send(_with_headers(reply, ("Content-Length", str(size))).head())
            for chunk in _padded(reply.body, size):
                wire.send(chunk)
        case GzipBomb(size):
            packed = _gzip(reply.body, size)
            headers = (("Content-Encoding", "gzip"), ("Content-Length", str(len(packed))))
            wire.send(_with_headers(reply, *headers).head() + packed)
        case _:
            assert_never(trouble)


def _drip(wire: Wire, reply: Reply, part: Part, interval: float) -> None:
    head = reply.head()
    at_once, dripping = (b"", head + reply.body) if part is Part.HEADERS else (head, reply.body)
    wire.send(at_once)
    for byte in dripping:
        wire.send(bytes((byte,)))
        wire.pause(interval)


def _send_until(wire: Wire, reply: Reply, point: CutPoint) -> None:
    match point:
        case CutPoint.BEFORE_HEADERS:
            pass
        case CutPoint.INSIDE_HEADERS:
            head = reply.head()
            wire.send(head[: len(head) // 2])
        case CutPoint.INSIDE_BODY:
            wire.send(reply.head() + reply.body[: len(reply.body) // 2])
        case CutPoint.AFTER_SHORT_BODY:
            promised = str(len(reply.body) + PROMISED_TOO_MUCH)
            wire.send(_with_headers(reply, ("Content-Length", promised)).head() + reply.body)
        case _:
            assert_never(point)


def _send_endless(wire: Wire, reply: Reply) -> None:
    wire.send(_with_headers(reply, ("Transfer-Encoding", "chunked")).head())
    wire.send(b"%x\r\n%b\r\n" % (len(reply.body), reply.body))
    chunk = b"%x\r\n%b\r\n" % (len(PADDING), PADDING)
    while True:
        wire.send(chunk)


def _with_headers(reply: Reply, *headers: tuple[str, str]) -> Reply:
    names = {name.lower() for name, _ in headers}
    kept = (header for header in reply.headers if header[0].lower() not in names)
    return replace(reply, headers=(*kept, *headers))


def _padded(body: bytes, size: int) -> Iterator[bytes]:
    yield body[:size]
    missing = size - len(body)
    while missing > 0:
        yield PADDING[:missing]
        missing -= len(PADDING)


def _gzip(body: bytes, size: int) -> bytes:
    from zlib import compressobj  # noqa: PLC0415 — only bombs need it

    gzip_format = 31
    packer = compressobj(9, wbits=gzip_format)
    return b"".join([*map(packer.compress, _padded(body, size)), packer.flush()])
