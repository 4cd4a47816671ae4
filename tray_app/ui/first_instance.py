"""Asks the program that runs already to come forward, on behalf of a second start."""

from __future__ import annotations

import time
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtNetwork import QLocalSocket

from tray_app.core.instance_protocol import PATIENCE, SHOW, SHOWN, is_token
from tray_app.ui.single_instance import TOKEN_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tray_app.ui.ports import Lock

_START_PATIENCE: Final = timedelta(seconds=10)
"""A start takes less than a second, on a machine that is just waking up some."""
_LOOK_AGAIN: Final = timedelta(milliseconds=50)
_NOBODY_LISTENS: Final = (
    QLocalSocket.LocalSocketError.ServerNotFoundError,
    QLocalSocket.LocalSocketError.ConnectionRefusedError,
)


class SecondStart(Enum):
    """What became of a start beside a program that runs."""

    FIRST_CAME_FORWARD = auto()
    BECAME_THE_FIRST = auto()
    """The other one ended meanwhile."""
    NO_ANSWER = auto()


def activation_token(environ: Mapping[str, str]) -> str:
    """Return what lets a window come forward that was not asked itself, or an empty text."""
    for name in TOKEN_VARIABLES:
        token = environ.get(name, "")
        if token.isascii() and is_token(token.encode()):
            return token
    return ""


def ask_first(
    lock: Lock,
    find_address: Callable[[], str | None],
    token: str,
    *,
    start_patience: timedelta = _START_PATIENCE,
    patience: timedelta = PATIENCE,
) -> SecondStart:
    """Ask the program that holds the lock to come forward.

    It may not listen yet, for at most ``start_patience``, or be about to end: so it is asked again,
    and its lock tried again. Once somebody listens, ``patience`` is all it gets to answer.
    """
    gives_up_at = time.monotonic() + start_patience.total_seconds()
    while True:
        if lock.take():
            return SecondStart.BECAME_THE_FIRST
        address = find_address()
        if address is not None:
            connection = QLocalSocket()
            connection.connectToServer(address)
            if connection.error() not in _NOBODY_LISTENS:
                gives_up_at = min(gives_up_at, time.monotonic() + patience.total_seconds())
                if _comes_forward(connection, token, gives_up_at):
                    return SecondStart.FIRST_CAME_FORWARD
            connection.abort()
        if time.monotonic() >= gives_up_at:
            return SecondStart.NO_ANSWER
        time.sleep(_LOOK_AGAIN.total_seconds())


def _comes_forward(connection: QLocalSocket, token: str, deadline: float) -> bool:
    connection.setReadBufferSize(len(SHOWN))
    if not connection.waitForConnected(_left_ms(deadline)):
        return False
    connection.write(b" ".join((SHOW, token.encode())).rstrip() + b"\n")
    connection.flush()
    heard = b""
    while len(heard) < len(SHOWN):
        if not connection.bytesAvailable() and not connection.waitForReadyRead(_left_ms(deadline)):
            break
        heard += connection.read(len(SHOWN) - len(heard)).data()
    return heard == SHOWN


def _left_ms(deadline: float) -> int:
    return max(0, round((deadline - time.monotonic()) * 1000))
