"""What is not HTTP, or bends its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.adapters.raw_server import read_request
from tests.faults.case import NetworkCase, Section
from tests.faults.settings import BODY, account, conversation, sent
from tray_app.core.money import Usd
from tray_app.core.problem import ConnectionFault, Offline, UnexpectedReply
from tray_app.simulator.accounts import NotHttp

if TYPE_CHECKING:
    import socket

    from tests.faults.case import Outcome

_READ: Final = Usd.of_units(123_400)
_LOST: Final = Offline(ConnectionFault.LOST)
_NOT_HTTP: Final = UnexpectedReply("the reply is not HTTP")
_OK: Final = b"HTTP/1.1 200 OK\r\n"
_CHUNKED: Final = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_LENGTH: Final = b"Content-Length: %d\r\n" % len(BODY)


def _chunk(part: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(part), part)


def _bytes(name: str, reply: bytes, expected: Outcome) -> NetworkCase:
    return NetworkCase(name, sent(reply), expected)


def _endless_headers(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(_OK)
    while True:
        connection.sendall(b"X-Padding: " + b"x" * 8_000 + b"\r\n")


SECTION: Final = Section(
    "HTTP itself",
    (
        NetworkCase("a TLS alert in place of HTTP", account(NotHttp()), _NOT_HTTP),
        _bytes("the greeting of an SSH server", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", _NOT_HTTP),
        _bytes("a hundred zeros", b"\x00" * 100, _NOT_HTTP),
        _bytes("a balance without headers", BODY + b"\r\n\r\n", _NOT_HTTP),
        _bytes("an HTTP/2 status line", b"HTTP/2 200 OK\r\n\r\n" + BODY, _NOT_HTTP),
        _bytes("a version that nobody knows", b"HTTP/9.9 200 OK\r\n\r\n" + BODY, _READ),
        _bytes("a status of six digits", b"HTTP/1.1 999999 What\r\n\r\n", _NOT_HTTP),
        _bytes("a status without words", b"HTTP/1.1 200\r\n" + _LENGTH + b"\r\n" + BODY, _READ),
        _bytes("lines that end in LF alone", b"HTTP/1.1 200 OK\n\n" + BODY, _READ),
        _bytes("HTTP/1.0, ended by the connection", b"HTTP/1.0 200 OK\r\n\r\n" + BODY, _READ),
        _bytes("more bytes than the Content-Length", _OK + _LENGTH + b"\r\n" + BODY * 2, _READ),
        _bytes("the same Content-Length twice", _OK + _LENGTH * 2 + b"\r\n" + BODY, _READ),
        _bytes(
            "two Content-Lengths", _OK + _LENGTH + b"Content-Length: 2\r\n\r\n" + BODY, _NOT_HTTP
        ),
        _bytes("a Content-Length below zero", _OK + b"Content-Length: -1\r\n\r\n", _NOT_HTTP),
        _bytes("a Content-Length in words", _OK + b"Content-Length: some\r\n\r\n", _NOT_HTTP),
        _bytes("a header with a zero byte", _OK + b"X: a\x00b\r\n\r\n" + BODY, _NOT_HTTP),
        _bytes("a header without a name", _OK + b": x\r\n\r\n" + BODY, _NOT_HTTP),
        _bytes("a thousand headers", _OK + b"X: y\r\n" * 1_000 + _LENGTH + b"\r\n" + BODY, _READ),
        _bytes(
            "a header of 200 KiB", _OK + b"X: " + b"y" * 204_800 + b"\r\n\r\n" + BODY, _NOT_HTTP
        ),
        NetworkCase("headers without end", conversation(_endless_headers), _NOT_HTTP),
        _bytes(
            "a chunked body", _CHUNKED + _chunk(BODY[:5]) + _chunk(BODY[5:]) + b"0\r\n\r\n", _READ
        ),
        _bytes("a chunk whose size is no number", _CHUNKED + b"zz\r\n" + BODY, _NOT_HTTP),
        _bytes("a chunk whose size is negative", _CHUNKED + b"-5\r\n" + BODY, _NOT_HTTP),
        _bytes("a chunk that is longer than its size", _CHUNKED + b"5\r\n" + BODY, _NOT_HTTP),
        _bytes("a chunk that is cut short", _CHUNKED + _chunk(BODY)[:-9], _LOST),
        _bytes("a chunk of ten exabytes", _CHUNKED + b"8ac7230489e80000\r\n" + BODY, _LOST),
        _bytes("chunks without the last one", _CHUNKED + _chunk(BODY), _LOST),
    ),
)
