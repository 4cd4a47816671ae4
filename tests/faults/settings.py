"""Scenes that many cases play in: the simulator, and servers of plain sockets."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import SECRET
from tests.adapters.raw_server import RawServer, answer
from tests.faults.case import Scene
from tray_app.simulator import Simulator
from tray_app.simulator.reply import JSON_TYPE, Reply

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator

    from tests.faults.case import Setting, Stage
    from tray_app.simulator.accounts import Account

BODY: Final = b'{"availableBalance": "123400"}'
"""A balance of $12.34."""


def account(account: Account) -> Setting:
    """Return a scene in which the simulator treats the key so."""

    @contextmanager
    def setting(_stage: Stage) -> Iterator[Scene]:
        with Simulator({SECRET: account}) as simulator:
            yield Scene(simulator.url)

    return setting


def reply(status: int, body: bytes = BODY, **headers: str) -> Setting:
    """Return a scene in which the simulator sends that; header names have _ for -."""
    named = {"content_type": JSON_TYPE, **headers}
    return account(
        Reply(status, body, tuple((name.replace("_", "-"), text) for name, text in named.items()))
    )


def conversation(converse: Callable[[socket.socket], None], scheme: str = "http") -> Setting:
    """Return a scene in which a server of plain sockets behaves so."""

    @contextmanager
    def setting(_stage: Stage) -> Iterator[Scene]:
        with RawServer(converse) as server:
            yield Scene(f"{scheme}://127.0.0.1:{server.port}")

    return setting


def sent(reply: bytes) -> Setting:
    """Return a scene in which these bytes are sent, whatever they are, and the connection ends."""
    return conversation(answer(reply))
