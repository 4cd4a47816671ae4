"""Listens for further starts of the program: they bring this one forward, end it, or ask."""

from __future__ import annotations

import logging
import os
import socket
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tray_app.core.instance_protocol import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from PySide6.QtNetwork import QLocalServer

_BACKLOG: Final = 50
# The first is Wayland's, the second X11's; some launchers set only that one.
TOKEN_VARIABLES: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")

_log = logging.getLogger(__name__)


class InstanceServer(QObject):
    """Listens for whoever holds the lock; ``visitors`` says what is understood.

    Qt's own sockets (3 MB) are loaded with the first one that comes.
    """

    show_requested = Signal(str)
    """A further start's activation token, or an empty text."""
    quit_requested = Signal()
    """``novita-tray quit`` was started; it has its answer."""

    def __init__(
        self,
        address: str,
        tell_status: Callable[[], bytes],
        *,
        patience: timedelta = PATIENCE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._tell_status = tell_status
        self._patience = patience
        self._listener: socket.socket | None = None
        self._inode: tuple[int, int] | None = None
        self._notifier: QSocketNotifier | None = None
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Listen, in place of whoever left the address behind; return whether that is possible."""
        if sys.platform == "win32":
            return self._listen_on_pipe()
        path = Path(self._address)
        _remove_socket(path)
        listener = socket.socket(socket.AF_UNIX)
        try:
            listener.bind(self._address)
            path.chmod(0o600)
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            _log.warning("no socket for further starts: errno %s", error.errno)
            return False
        listener.settimeout(0)
        self._listener = listener
        self._inode = _inode_of(path)
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_first_visit)
        return True

    @property
    def can_be_found(self) -> bool:
        """Whether the address still leads here; cleaners of temporary folders remove sockets."""
        if sys.platform == "win32":
            return True
        return self._inode is not None and _inode_of(Path(self._address)) == self._inode

    def close(self) -> None:
        """Listen no more, and leave no socket behind."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._server is not None:
            self._server.close()
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            _remove_socket(Path(self._address))

    @Slot()
    def on_first_visit(self) -> None:
        """Leave this visit and all others to Qt's own server."""
        if self._listener is None or self._notifier is None:
            return
        self._notifier.setEnabled(False)
        # Qt closes what it is given, and so does Python.
        self._made_server().listen(os.dup(self._listener.fileno()))

    def _listen_on_pipe(self) -> bool:
        from PySide6.QtNetwork import QLocalServer

        server = self._made_server()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        listens = server.listen(self._address)
        if not listens:
            _log.warning("no pipe for further starts: %s", server.serverError().name)
        return listens

    def _made_server(self) -> QLocalServer:
        from PySide6.QtNetwork import QLocalServer

        from tray_app.ui.visitors import Visitors

        self._server = QLocalServer(self)
        visitors = Visitors(self._server, self._tell_status, self._patience, self)
        visitors.show_requested.connect(self.show_requested)
        visitors.quit_requested.connect(self.quit_requested)
        return self._server


def pass_on(token: str) -> None:
    """Let a window of this program come forward with another one's activation token.

    Qt takes it from the environment at the next activation (xdg-activation), and on Wayland alone.
    """
    if token and QGuiApplication.platformName().startswith("wayland"):
        os.environ[TOKEN_VARIABLES[0]] = token


def _inode_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _remove_socket(path: Path) -> None:
    """Remove what an ended one left, or an empty folder that stands in the way."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISSOCK(mode):
            path.unlink()
        elif stat.S_ISDIR(mode):
            path.rmdir()
    except OSError as error:
        _log.debug("no stale socket removed: errno %s", error.errno)
