"""Connections from further starts of the program, and the words that are understood."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray_app.core.instance_protocol import (
    LONGEST_LINE,
    QUIT,
    QUITTING,
    SHOW,
    SHOWN,
    STATUS,
    is_token,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_MOST_AT_ONCE: Final = 8
_ANSWER_MILLISECONDS: Final = 100
"""A line of some bytes goes into the socket at once; a full one is not waited for longer."""


class Visitors(QObject):
    """Answers ``show`` or ``show TOKEN`` with ``shown``, and ``status`` with what is known.

    ``quit`` is answered with ``quitting``.
    ``tell_status`` returns that as a line with its end. Whoever sends anything else, too much, or
    nothing in time is cut off without an answer.
    """

    show_requested = Signal(str)
    """The visitor's activation token, or an empty text."""
    quit_requested = Signal()
    """The answer has left: whoever ends now leaves nobody waiting for it."""

    def __init__(
        self,
        server: QLocalServer,
        tell_status: Callable[[], bytes],
        patience: timedelta,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tell_status = tell_status
        self._patience = patience
        self._server = server
        server.setMaxPendingConnections(_MOST_AT_ONCE)
        server.newConnection.connect(self.on_new_connection)

    @property
    def count(self) -> int:
        """How many are being listened to."""
        return len(self.findChildren(_Visitor))

    @Slot()
    def on_new_connection(self) -> None:
        """Give everybody who is waiting some time to say a word."""
        while (connection := self._server.nextPendingConnection()) is not None:
            if self.count >= _MOST_AT_ONCE:
                connection.abort()
                connection.deleteLater()
                continue
            visitor = _Visitor(connection, self._tell_status, self)
            visitor.show_requested.connect(self.show_requested)
            visitor.quit_requested.connect(self.quit_requested)
            visitor.listen(self._patience)


class _Visitor(QObject):
    """One connection, from its first byte to its end."""

    show_requested = Signal(str)
    quit_requested = Signal()

    def __init__(
        self, connection: QLocalSocket, tell_status: Callable[[], bytes], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tell_status = tell_status
        self._heard = b""
        self._connection = connection
        connection.setParent(self)
        connection.setReadBufferSize(LONGEST_LINE)
        connection.readyRead.connect(self.on_ready_read)
        connection.disconnected.connect(self.on_left)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self.on_left)

    def listen(self, patience: timedelta) -> None:
        """Hear the line, which may be there already."""
        self._deadline.start(patience // timedelta(milliseconds=1))
        if self._connection.bytesAvailable():
            self.on_ready_read()

    @Slot()
    def on_ready_read(self) -> None:
        """Answer the line that is understood."""
        self._heard += self._connection.read(LONGEST_LINE).data()
        line, ended, _ = self._heard.partition(b"\n")
        if not ended and len(self._heard) < LONGEST_LINE:
            return
        self._connection.readyRead.disconnect(self.on_ready_read)
        word, _, token = line.partition(b" ")
        if ended and line == STATUS:
            self._end_with(self._tell_status())
        elif ended and line == QUIT:
            self._connection.write(QUITTING)
            self._connection.waitForBytesWritten(_ANSWER_MILLISECONDS)
            self._connection.disconnectFromServer()
            self.quit_requested.emit()
        elif ended and word == SHOW:
            self.show_requested.emit(token.decode("ascii") if is_token(token) else "")
            self._end_with(SHOWN)
        else:
            self.on_left()

    def _end_with(self, answer: bytes) -> None:
        self._connection.write(answer)
        # Only after all of it has left; the deadline holds for whoever does not read it.
        self._connection.disconnectFromServer()

    @Slot()
    def on_left(self) -> None:
        """Forget the visitor."""
        self._deadline.stop()
        self._connection.abort()
        self.deleteLater()
