"""One accepted connection: sockets that never block longer than the simulator runs."""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

T = TypeVar("T")

# poll() needs no descriptor of its own and has no highest one; Windows has select() alone.
Selector: type[selectors.BaseSelector] = getattr(
    selectors, "PollSelector", selectors.SelectSelector
)
GRACE = 0.5
LINGER = struct.Struct("hh" if sys.platform == "win32" else "ii")


class ConnectionEndedError(Exception):
    """The client is gone, or the simulator stops: nothing more can be said on this connection."""


class StopSignal:
    """A one-way switch that a selector can wait for, in any number of threads."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self.is_set = False

    def fileno(self) -> int:
        """Return the descriptor that becomes readable once set, and stays so."""
        return self._reader.fileno()

    def set(self) -> None:
        """Wake everyone who waits, now and later."""
        self.is_set = True
        self._writer.close()

    def close(self) -> None:
        """Release both ends, once nobody waits any more."""
        self._writer.close()
        self._reader.close()


class Wire:
    """Reads and writes on one connection; every wait also ends when `stopping` is set.

    All methods raise `ConnectionEndedError` when the client is gone or the simulator stops.
    """

    def __init__(self, connection: socket.socket, stopping: StopSignal) -> None:
        connection.settimeout(0)
        with contextlib.suppress(OSError):  # macOS refuses once the client has reset
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = connection
        self._stopping = stopping
        self._want_read: tuple[type[OSError], ...] = (BlockingIOError,)
        self._want_write: tuple[type[OSError], ...] = ()

    def secure(self, tls: ssl.SSLContext) -> None:
        """Do the TLS handshake as the server."""
        from ssl import SSLWantReadError, SSLWantWriteError  # noqa: PLC0415 — plain HTTP needs no OpenSSL

        self._want_read = (BlockingIOError, SSLWantReadError)
        self._want_write = (SSLWantWriteError,)
        try:
            secured = tls.wrap_socket(self._socket, server_side=True, do_handshake_on_connect=False)
        except OSError as error:
            raise ConnectionEndedError from error
        self._socket = secured
        self._until_done(secured.do_handshake, selectors.EVENT_READ)

    def receive(self) -> bytes:
        """Return what came next, empty when the client will send no more."""
        return self._until_done(lambda: self._socket.recv(65_536), selectors.EVENT_READ)

    def send(self, payload: bytes) -> None:
        """Send all of `payload`."""
        rest = memoryview(payload)
        while rest:
            sent = self._until_done(partial(self._socket.send, rest), selectors.EVENT_WRITE)
            rest = rest[sent:]

    def pause(self, seconds: float | None) -> None:
        """Let `seconds` pass, or for ever if None; what the client sends meanwhile is dropped."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while deadline is None or time.monotonic() < deadline:
            if not self._wait(selectors.EVENT_READ, deadline):
                return
            try:
                received = self._socket.recv(65_536)
            except (*self._want_read, *self._want_write):
                continue
            except OSError as error:
                raise ConnectionEndedError from error
            if not received:
                raise ConnectionEndedError

    def finish(self) -> None:
        """End our side, and leave the client time to read before its unread bytes reset it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self.pause(GRACE)

    def reset(self) -> None:
        """Close with a TCP reset: the client sees ECONNRESET rather than an end."""
        with contextlib.suppress(OSError):  # macOS refuses once the client has reset
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER.pack(1, 0))
        self.close()

    def close(self) -> None:
        """Close; never raises."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _until_done(self, attempt: Callable[[], T], wanted: int) -> T:
        while not self._stopping.is_set:
            try:
                return attempt()
            except self._want_write:
                self._wait(selectors.EVENT_WRITE, None)
            except self._want_read as error:
                blocked = isinstance(error, BlockingIOError)
                self._wait(wanted if blocked else selectors.EVENT_READ, None)
            except OSError as error:
                raise ConnectionEndedError from error
        raise ConnectionEndedError

    def _wait(self, events: int, deadline: float | None) -> bool:
        timeout = None if deadline is None else max(deadline - time.monotonic(), 0)
        with Selector() as selector:
            selector.register(self._stopping, selectors.EVENT_READ)
            selector.register(self._socket, events)
            ready = {key.fileobj for key, _ in selector.select(timeout)}
        if self._stopping in ready:
            raise ConnectionEndedError
        return bool(ready)
