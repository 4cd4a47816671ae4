"""The simulator: a local Novita that listens on the loopback address."""

from __future__ import annotations

import contextlib
import selectors
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

from tray_app.simulator.account_book import AccountBook
from tray_app.simulator.delivery import Exchange, dated, deliver
from tray_app.simulator.reply import Reply
from tray_app.simulator.request import MalformedRequestError, RequestReader
from tray_app.simulator.request_log import RecordedRequest, RequestLog, record
from tray_app.simulator.routes import respond
from tray_app.simulator.scripts import demo_accounts
from tray_app.simulator.wire import ConnectionEndedError, Selector, StopSignal, Wire

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from tray_app.simulator.accounts import Account

HOST = "127.0.0.1"
BACKLOG = 128
MOST_CONNECTIONS = 256
STOP_WITHIN = 2.0
MALFORMED = Exchange(Reply(400, b"bad request\n", (("Content-Type", "text/plain"),)))


class Simulator:
    """Serves the accounts between `start()` and `stop()`, or as a context manager; can start again.

    `accounts` are the demo accounts unless given; `clock` returns Unix seconds; port 0 takes a free
    one, and a later start takes the same again. `host` is an IPv4 address of this computer. With
    `tls` it serves https. Raises OSError if the port is taken. While nobody asks, nothing runs:
    all its threads wait without a timeout.
    """

    def __init__(
        self,
        accounts: Mapping[str, Account] | None = None,
        *,
        host: str = HOST,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.accounts = AccountBook(demo_accounts(int(clock())) if accounts is None else accounts)
        self._host = host
        self._port = port
        self._clock = clock
        self._tls = tls
        self._log = RequestLog()
        self._stopping: StopSignal | None = None
        self._acceptor: threading.Thread | None = None
        self._threads: tuple[threading.Thread, ...] = ()
        self._accepted = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen and serve; requests are answered once this returns."""
        if self._stopping is not None:
            raise RuntimeError("the simulator runs already")
        listener = _listen(self._host, self._port)
        self._port = listener.getsockname()[1]
        self._stopping = StopSignal()
        self._acceptor = threading.Thread(
            target=self._accept,
            args=(listener, self._stopping),
            name="simulator",
            daemon=True,
        )
        self._acceptor.start()

    def stop(self) -> None:
        """End every connection, hanging ones too, and every thread; does nothing when stopped."""
        if self._stopping is None or self._acceptor is None:
            return
        self._stopping.set()
        deadline = time.monotonic() + STOP_WITHIN
        self._acceptor.join(STOP_WITHIN)
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0))
        self._stopping.close()
        self._stopping = self._acceptor = None

    @property
    def port(self) -> int:
        """The port it listens on; raises RuntimeError before the first start if none was given."""
        if not self._port:
            raise RuntimeError("the simulator has no port before it starts")
        return self._port

    @property
    def url(self) -> str:
        """The base address without a slash at the end, such as `http://127.0.0.1:40123`."""
        return f"{'http' if self._tls is None else 'https'}://{self._host}:{self.port}"

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """The newest requests, oldest first, without keys."""
        return self._log.newest()

    @property
    def request_count(self) -> int:
        """How many requests came in all."""
        return self._log.count

    @property
    def open_connections(self) -> int:
        """How many connections are served now."""
        return sum(thread.is_alive() for thread in self._threads)

    def wait_for_requests(self, count: int, timeout: float = 5.0) -> tuple[RecordedRequest, ...]:
        """Return the newest requests once `count` have come in all; raises TimeoutError."""
        return self._log.wait_for(count, timeout)

    def _accept(self, listener: socket.socket, stopping: StopSignal) -> None:
        with listener, Selector() as selector:
            selector.register(stopping, selectors.EVENT_READ)
            selector.register(listener, selectors.EVENT_READ)
            while True:
                selector.select()
                if stopping.is_set:
                    return
                with contextlib.suppress(OSError):
                    self._serve(listener.accept()[0], stopping)

    def _serve(self, connection: socket.socket, stopping: StopSignal) -> None:
        if self.open_connections >= MOST_CONNECTIONS:
            connection.close()
            return
        self._accepted += 1
        thread = threading.Thread(
            target=self._converse,
            args=(connection, stopping, self._accepted),
            name=f"simulator connection {self._accepted}",
            daemon=True,
        )
        self._threads = (*(old for old in self._threads if old.is_alive()), thread)
        thread.start()

    def _converse(self, connection: socket.socket, stopping: StopSignal, number: int) -> None:
        wire = Wire(connection, stopping)
        try:
            with contextlib.suppress(ConnectionEndedError):
                if self._tls is not None:
                    wire.secure(self._tls)
                self._answer_all(wire, number)
        finally:
            wire.close()

    def _answer_all(self, wire: Wire, number: int) -> None:
        reader = RequestReader(wire)
        goes_on = True
        while goes_on:
            try:
                request = reader.next()
            except MalformedRequestError:
                deliver(wire, MALFORMED, keep_alive=False)
                wire.finish()
                return
            if request is None:
                return
            now = self._clock()
            self._log.append(record(request, now, number))
            goes_on = deliver(
                wire,
                dated(respond(request, self.accounts, int(now)), int(now)),
                keep_alive=request.keep_alive,
                with_body=request.method != "HEAD",
            )


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # "Reuse" frees the port of a run before; on Windows it would share a port in use.
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        listener.settimeout(0)
    except OSError:
        listener.close()
        raise
    return listener
