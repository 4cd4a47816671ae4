"""How a second start of the program tells the first one to come forward."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
import time
from datetime import timedelta
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tray_app.ui.ports import Lock

_SHOW: Final = b"show"
_SHOWN: Final = b"shown\n"
_LONGEST_WORDS: Final = 512
"""Bytes of a whole message: a word, a blank and an activation token, and the end of the line."""
_MOST_AT_ONCE: Final = 8
_PRINTABLE: Final = re.compile(rb"[!-~]+")
PATIENCE: Final = timedelta(seconds=2)
START_PATIENCE: Final = timedelta(seconds=10)
"""A start takes less than a second, on a machine that is just waking up some."""
_NOBODY_LISTENS: Final = (
    QLocalSocket.LocalSocketError.ServerNotFoundError,
    QLocalSocket.LocalSocketError.ConnectionRefusedError,
)
_LOOK_AGAIN: Final = timedelta(milliseconds=50)
# Where the kernel takes a name of at most 108 bytes with its end (unix(7)), 104 on macOS.
_LONGEST_PATH: Final = 103
# The first is Wayland's, the second X11's; some launchers set only that one.
TOKEN_VARIABLES: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")

_log = logging.getLogger(__name__)


class SecondStart(Enum):
    """What became of a start beside a program that runs."""

    FIRST_CAME_FORWARD = auto()
    BECAME_THE_FIRST = auto()
    """The other one ended meanwhile."""
    NO_ANSWER = auto()


class InstanceServer(QObject):
    """Listens for further starts of the program, for whoever holds the lock.

    Each may send ``show`` or ``show TOKEN`` in one line, and is answered ``shown``. Whoever sends
    anything else, too much, or nothing in time is cut off without an answer.
    """

    show_requested = Signal(str)
    """The second start's activation token, or an empty text."""

    def __init__(
        self, address: str, *, patience: timedelta = PATIENCE, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._patience_ms = patience // timedelta(milliseconds=1)
        self._server = QLocalServer(self)
        self._server.setMaxPendingConnections(_MOST_AT_ONCE)
        self._server.newConnection.connect(self.on_new_connection)

    def listen(self) -> bool:
        """Listen, in place of whoever left the address behind; return whether that is possible."""
        if sys.platform == "win32":
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        else:
            # On Unix that option would put folders beside the socket, which a kill leaves there.
            # The socket's own folder is closed to others.
            _remove_socket(Path(self._address))
        listens = self._server.listen(self._address)
        if not listens:
            _log.warning("no socket for further starts: %s", self._server.serverError().name)
        elif sys.platform != "win32":
            Path(self._address).chmod(0o600)
        return listens

    def close(self) -> None:
        """Listen no more, and leave no socket behind."""
        self._server.close()

    @Slot()
    def on_new_connection(self) -> None:
        """Give everybody who is waiting some time to say a word."""
        while (connection := self._server.nextPendingConnection()) is not None:
            if len(self.findChildren(_Visitor)) >= _MOST_AT_ONCE:
                connection.abort()
                connection.deleteLater()
                continue
            _Visitor(connection, self._patience_ms, self).show_requested.connect(
                self.show_requested
            )


class _Visitor(QObject):
    """One connection, from its first byte to its end."""

    show_requested = Signal(str)

    def __init__(self, connection: QLocalSocket, patience_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._heard = b""
        self._connection = connection
        connection.setParent(self)
        connection.setReadBufferSize(_LONGEST_WORDS)
        connection.readyRead.connect(self.on_ready_read)
        connection.disconnected.connect(self.on_left)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self.on_left)
        self._deadline.start(patience_ms)
        if connection.bytesAvailable():
            self.on_ready_read()

    @Slot()
    def on_ready_read(self) -> None:
        """Answer the one line that is understood."""
        self._heard += self._connection.read(_LONGEST_WORDS).data()
        line, ended, _ = self._heard.partition(b"\n")
        if not ended:
            if len(self._heard) >= _LONGEST_WORDS:
                self.on_left()
            return
        self._connection.readyRead.disconnect(self.on_ready_read)
        word, _, token = line.partition(b" ")
        if word != _SHOW or len(line) > _LONGEST_WORDS:
            self.on_left()
            return
        self.show_requested.emit(token.decode("ascii") if _is_token(token) else "")
        self._connection.write(_SHOWN)
        self._connection.disconnectFromServer()

    @Slot()
    def on_left(self) -> None:
        """Forget the visitor."""
        self._deadline.stop()
        self._connection.abort()
        self.deleteLater()


def address_of(folder: Path, name: str, identity: str) -> str:
    """Return where the program listens whose lock has this identity.

    ``folder`` is closed to other users. On Windows it is a pipe's name, which every user shares.
    """
    unique = f"{name}-{identity}"
    if sys.platform == "win32":
        return f"novita-tray-{unique}"
    path = os.fspath(folder / unique)
    if len(os.fsencode(path)) <= _LONGEST_PATH or sys.platform != "linux":
        return path
    return f"/proc/self/fd/{_opened(folder)}/{unique}"


def activation_token(environ: Mapping[str, str]) -> str:
    """Return what lets a window come forward that was not asked itself, or an empty text."""
    for name in TOKEN_VARIABLES:
        token = environ.get(name, "")
        if token.isascii() and _is_token(token.encode()):
            return token
    return ""


def pass_on(token: str) -> None:
    """Let a window of this program come forward with another one's activation token.

    Qt takes it from the environment at the next activation (xdg-activation), and on Wayland alone.
    """
    if token and QGuiApplication.platformName().startswith("wayland"):
        os.environ[TOKEN_VARIABLES[0]] = token


def ask_first(
    lock: Lock,
    find_address: Callable[[], str | None],
    token: str,
    *,
    start_patience: timedelta = START_PATIENCE,
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
    connection.setReadBufferSize(len(_SHOWN))
    if not connection.waitForConnected(_left_ms(deadline)):
        return False
    connection.write(b" ".join((_SHOW, token.encode())).rstrip() + b"\n")
    connection.flush()
    heard = b""
    while len(heard) < len(_SHOWN):
        if not connection.bytesAvailable() and not connection.waitForReadyRead(_left_ms(deadline)):
            break
        heard += connection.read(len(_SHOWN) - len(heard)).data()
    return heard == _SHOWN


def _left_ms(deadline: float) -> int:
    return max(0, round((deadline - time.monotonic()) * 1000))


def _is_token(token: bytes) -> bool:
    longest = _LONGEST_WORDS - len(_SHOW) - 2
    return 0 < len(token) <= longest and _PRINTABLE.fullmatch(token) is not None


@cache
def _opened(folder: Path) -> int:
    """Open a folder for as long as the process lives: proc(5) has a short name for it then."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _remove_socket(path: Path) -> None:
    try:
        if stat.S_ISSOCK(path.lstat().st_mode):
            path.unlink()
    except OSError as error:
        _log.debug("no stale socket removed: errno %s", error.errno)
