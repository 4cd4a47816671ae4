"""What was asked, for tests: a bounded record that never holds a key."""

from __future__ import annotations

import re
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tray_app.simulator.request import Request

CAPACITY = 1_000
RECORDED_HEADERS = (
    "host",
    "user-agent",
    "accept",
    "accept-encoding",
    "content-type",
    "connection",
    "cookie",
)
KEY_PATTERN = re.compile(r"sk_[A-Za-z0-9_-]+")
HIDDEN = "<key>"


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request as seen by the server; wherever a key stood, it says `<key>`.

    `received_at` is in Unix seconds by the simulator's clock; `connection` counts the accepted
    connections from 1; `scheme` is Bearer, Basic, other or None; `key_fingerprint` is the first
    eight hexadecimal digits of the key's SHA-256, None without a Bearer key.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    scheme: str | None
    key_fingerprint: str | None
    received_at: float
    connection: int

    def header(self, name: str) -> str | None:
        """Return a recorded header's value, None where it was absent or is not recorded."""
        return dict(self.headers).get(name.lower())


class RequestLog:
    """The newest requests and the count of all, for any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._newest: deque[RecordedRequest] = deque(maxlen=CAPACITY)
        self._count = 0

    @property
    def count(self) -> int:
        """How many requests came since the simulator was made."""
        return self._count

    def newest(self) -> tuple[RecordedRequest, ...]:
        """Return the newest requests, oldest first, at most `CAPACITY`."""
        with self._changed:
            return tuple(self._newest)

    def append(self, record: RecordedRequest) -> None:
        """Keep `record` and wake who waits."""
        with self._changed:
            self._newest.append(record)
            self._count += 1
            self._changed.notify_all()

    def wait_for(self, count: int, timeout: float) -> tuple[RecordedRequest, ...]:
        """Return the newest requests once `count` have come in all; raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._count >= count, timeout):
                raise TimeoutError(f"{self._count} of {count} requests came within {timeout} s")
            return tuple(self._newest)


def record(request: Request, received_at: float, connection: int) -> RecordedRequest:
    """Return what may be remembered of `request`."""
    key = request.key

    def hide(text: str) -> str:
        without_own = text if key is None else text.replace(key, HIDDEN)
        return KEY_PATTERN.sub(HIDDEN, without_own)

    return RecordedRequest(
        method=hide(request.method),
        path=hide(request.path),
        query=tuple((hide(name), hide(value)) for name, value in request.query),
        headers=tuple(
            (name, hide(request.headers[name]))
            for name in RECORDED_HEADERS
            if name in request.headers
        ),
        scheme=request.scheme,
        key_fingerprint=None if key is None else fingerprint(key),
        received_at=received_at,
        connection=connection,
    )


def fingerprint(key: str) -> str:
    """Return the first eight hexadecimal digits of the key's SHA-256."""
    from hashlib import sha256  # noqa: PLC0415 — loads OpenSSL, which a start of the demo need not wait for

    return sha256(key.encode()).hexdigest()[:8]
