"""What makes a request last: replies, connections and look-ups that never end."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import AMPLE
from tray_app.simulator.accounts import Drip, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

BUDGET: Final = 0.3
"""Seconds, for requests that are to run out of time."""
DRIPS: Final = [Drip(Part.HEADERS, interval=0.02), Drip(Part.BODY, interval=0.02)]
BODY: Final = json.dumps({"availableBalance": "123400"}).encode()


@contextmanager
def unreachable_port() -> Iterator[int]:
    """Give a port of 127.0.0.0/8 whose connections neither come about nor fail.

    Its backlog is full.
    """
    with socket.create_server(("", 0), backlog=0) as listener:
        address = ("127.0.0.1", listener.getsockname()[1])
        waiting = []
        try:
            for _ in range(4):
                client = socket.socket()
                client.settimeout(0)
                client.connect_ex(address)
                waiting.append(client)
            yield address[1]
        finally:
            for client in waiting:
                client.close()


@contextmanager
def hanging_name_resolution(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every look-up hang until the end; give the event that one has begun."""
    begun, over = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        begun.set()
        over.wait(AMPLE)
        raise socket.gaierror(socket.EAI_AGAIN, "temporary failure")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        yield begun
    finally:
        over.set()
