"""A server of plain sockets, for what no HTTP server would do."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class RawServer:
    """Gives each connection to ``converse`` in its own thread; a context manager.

    ``converse`` may block in ``recv``: leaving ends every connection. With ``tls`` each
    connection is secured first.
    """

    def __init__(
        self, converse: Callable[[socket.socket], None], *, tls: ssl.SSLContext | None = None
    ) -> None:
        self._converse = converse
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._connections: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        # Closing alone would not wake the thread that accepts.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join(5)
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    @property
    def url(self) -> str:
        """The base address, such as ``http://127.0.0.1:40123``."""
        return f"{'http' if self._tls is None else 'https'}://127.0.0.1:{self.port}"

    @property
    def accepted(self) -> int:
        """How many connections came in."""
        return len(self._connections)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                thread.start()
                self._threads.append(thread)

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            if self._tls is None:
                self._converse(connection)
            else:
                with self._tls.wrap_socket(connection, server_side=True) as secured:
                    self._converse(secured)


def read_request(connection: socket.socket) -> bytes:
    """Return the request up to the empty line that ends its headers."""
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65_536)
        if not chunk:
            break
        received += chunk
    return received


def answer(reply: bytes) -> Callable[[socket.socket], None]:
    """Return a conversation that reads a request, sends ``reply`` and closes."""

    def converse(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(reply)

    return converse


def answer_and_wait(reply: bytes) -> Callable[[socket.socket], None]:
    """Return a conversation that sends ``reply`` and keeps the connection open."""

    def converse(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(reply)
        wait_for_end(connection)

    return converse


def reset(connection: socket.socket) -> None:
    """Read the request and reset the connection."""
    read_request(connection)
    reset_on_close(connection)


def reset_on_close(connection: socket.socket) -> None:
    """Let the end of the conversation be a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


def wait_for_end(connection: socket.socket) -> None:
    """Say nothing until the other side, or the server, ends the connection."""
    while connection.recv(65_536):
        pass
