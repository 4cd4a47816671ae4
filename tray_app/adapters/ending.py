"""Connections that another thread can end, and that keep one time limit for all addresses.

httpx offers no way to end a request from outside, its timeouts are per operation, and name
resolution has none at all. So connections are made here, in httpcore's documented network back-end.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING, TypeVar

from tray_app.adapters.light_httpx import httpcore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Address = str
_Answer = TypeVar("_Answer")


class Attempt:
    """One request, so that :meth:`abort` or :meth:`expire` can end it from any thread.

    The socket is duplicated as soon as it is connected, because the TLS layer takes the original
    over: shutting the duplicate down still ends the connection, in the TLS handshake too.
    """

    def __init__(self) -> None:
        self.aborted = False
        self.expired = False
        self.connected = False
        """Whether a connection came about: to the proxy, where there is one."""
        self.tunnelled = False
        """Whether the proxy, where there is one, has let the request through to the server."""
        self.refused = False
        """Whether the reply's status was another than 200."""
        self._streams: list[httpcore.NetworkStream] = []
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._woken: threading.Event | None = None

    @property
    def ended(self) -> bool:
        """Whether the request was ended from outside."""
        return self.aborted or self.expired

    def abort(self) -> None:
        """End it because nobody wants the answer any more."""
        self.aborted = True
        self._end()

    def expire(self) -> None:
        """End it because its time is over."""
        self.expired = True
        self._end()

    def add(self, stream: httpcore.NetworkStream) -> None:
        """Take note of a connection that was just made."""
        self.connected = True
        with self._lock:
            self._streams.append(stream)
            self._sockets.append(stream.get_extra_info("socket").dup())
        if self.ended:
            self._end()

    def wake_at_end(self, event: threading.Event) -> None:
        """Set the event when the request is ended, at once if it is."""
        self._woken = event
        if self.ended:
            event.set()

    def release(self) -> None:
        """Close what is still open, once the request is over.

        WORKAROUND(httpcore 1.0: leaves the connection to a SOCKS proxy open when that refuses):
        the streams are closed here too; remove when httpcore closes it.
        """
        with self._lock:
            for stream in self._streams:
                stream.close()
            for duplicate in self._sockets:
                duplicate.close()
            self._streams.clear()
            self._sockets.clear()

    def _end(self) -> None:
        if self._woken is not None:
            self._woken.set()
        with self._lock:
            for duplicate in self._sockets:
                # The other side may have closed it meanwhile.
                with contextlib.suppress(OSError):
                    duplicate.shutdown(socket.SHUT_RDWR)


class EndableBackend(httpcore.SyncBackend):
    """Connects as httpcore does, within one limit for name resolution and every address."""

    def __init__(self, current_attempt: Callable[[], Attempt | None]) -> None:
        self._current_attempt = current_attempt

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to the first address that answers; raises httpcore's exceptions."""
        attempt = self._current_attempt() or Attempt()
        limit = 0.0 if timeout is None else timeout
        deadline = time.monotonic() + limit
        addresses = _resolve(host, port, limit, attempt)
        last_error: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectTimeout()
        for tried, address in enumerate(addresses):
            left = deadline - time.monotonic()
            if attempt.ended or left <= 0:
                break
            # An address that swallows everything must leave time for those behind it.
            share = left / (len(addresses) - tried)
            try:
                stream = super().connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last_error = error
                continue
            attempt.add(stream)
            return stream
        raise last_error


def answer_of(question: Callable[[], _Answer], limit: float, attempt: Attempt) -> _Answer:
    """Return the answer, or raise what it raised, of something that nobody can end.

    It runs in a thread of its own: after ``limit`` seconds, or when the attempt is ended, that is
    left behind to die with its answer, and TimeoutError is raised.
    """
    done = threading.Event()
    attempt.wake_at_end(done)
    answers: list[_Answer] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(question())
        except Exception as error:  # noqa: BLE001 — raised again in the thread that waits
            errors.append(error)
        done.set()

    threading.Thread(target=ask, name=f"left behind after {limit:g} s", daemon=True).start()
    done.wait(limit)
    if answers:
        return answers[0]
    if errors:
        raise errors[0]
    raise TimeoutError


def _resolve(host: str, port: int, limit: float, attempt: Attempt) -> list[_Address]:
    """Return the host's addresses, each once, in the system's order; the system knows no limit."""
    if _is_address(host):
        # No question to anybody, and no thread to wait for its answer.
        return [host]

    def look_up() -> list[_Address]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            # A name that cannot even be written as one is a name that does not exist.
            raise socket.gaierror(str(error)) from None
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    try:
        return answer_of(look_up, limit, attempt)
    except TimeoutError:
        raise httpcore.ConnectTimeout from None
    except OSError as error:
        # Raised here, because httpcore's pool drops the cause and keeps the context.
        raise httpcore.ConnectError from error


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        # UnicodeError is a ValueError: what is not ASCII is a name.
        with contextlib.suppress(OSError, ValueError):
            return bool(socket.inet_pton(family, host))
    return False
