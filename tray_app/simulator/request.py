"""Requests read from a connection, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tray_app.simulator.wire import Wire

HEAD_LIMIT = 65_536
LENGTH_DIGITS = 15
"""More of them would be more bytes than anybody sends."""


class MalformedRequestError(Exception):
    """What came is not an HTTP/1.x request with a body of known length."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are in lower case, and a repeated header keeps its last value."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str] = field(repr=False)
    keep_alive: bool

    @property
    def parameters(self) -> Mapping[str, str]:
        """The query as a mapping; a repeated parameter keeps its last value."""
        return dict(self.query)

    @property
    def scheme(self) -> str | None:
        """The Authorization's scheme: None without the header, never text that could be a key."""
        authorization = self.headers.get("authorization")
        if authorization is None:
            return None
        scheme = authorization.split(" ")[0]
        return scheme if " " in authorization and scheme in {"Bearer", "Basic"} else "other"

    @property
    def key(self) -> str | None:
        """The key of a Bearer authorization, None without one."""
        if self.scheme != "Bearer":
            return None
        return self.headers["authorization"].removeprefix("Bearer ").strip() or None


class RequestReader:
    """Takes requests off a connection; what was sent ahead is kept for the next one."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._buffer = b""

    def next(self) -> Request | None:
        """Return the next request with its body consumed, or None when the client sends no more.

        Raises `MalformedRequestError` for anything else than HTTP/1.x.
        """
        while b"\r\n\r\n" not in self._buffer:
            # A TLS greeting, for one, would wait for an answer and never send an empty line.
            if len(self._buffer) > HEAD_LIMIT or not (self._buffer or b"G")[:1].isalpha():
                raise MalformedRequestError
            received = self._wire.receive()
            if not received:
                return None
            self._buffer += received
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        request = parse(head)
        self._drop_body(request)
        return request

    def _drop_body(self, request: Request) -> None:
        length = request.headers.get("content-length", "0")
        is_number = length.isascii() and length.isdigit() and len(length) <= LENGTH_DIGITS
        if "transfer-encoding" in request.headers or not is_number:
            raise MalformedRequestError
        missing = int(length)
        while missing > len(self._buffer):
            missing -= len(self._buffer)
            self._buffer = self._wire.receive()
            if not self._buffer:
                raise MalformedRequestError
        self._buffer = self._buffer[missing:]


def parse(head: bytes) -> Request:
    """Read request line and headers, without the empty line; raises `MalformedRequestError`."""
    first, *lines = head.decode("latin-1").split("\r\n")
    try:
        method, target, version = first.split(" ")
        url = urlsplit(target)
    except ValueError as error:
        raise MalformedRequestError from error
    if not version.startswith("HTTP/1.") or not method.isalpha():
        raise MalformedRequestError
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise MalformedRequestError
        headers[name.lower()] = value.strip()
    connection = headers.get("connection", "").lower()
    return Request(
        method=method,
        path=unquote(url.path),
        query=tuple(parse_qsl(url.query, keep_blank_values=True)),
        headers=headers,
        keep_alive=connection == "keep-alive" if version == "HTTP/1.0" else connection != "close",
    )
