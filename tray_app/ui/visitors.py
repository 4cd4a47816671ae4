"""Connections from further starts of the program, and the one word that is understood."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

SHOW: Final = b"show"
SHOWN: Final = b"shown\n"
_LONGEST_LINE: Final = 512
"""Bytes of a word, a blank and an activation token, with the end of the line."""
_MOST_AT_ONCE: Final = 8
_PRINTABLE: Final = re.compile(rb"[!-~]+")


class Visitors(QObject):
    """Answers ``show`` or ``show TOKEN`` in one line with ``shown``.

    Whoever sends anything else, too much, or nothing in time is cut off without an answer.
    """

    show_requested = Signal(str)
    """The visitor's activation token, or an empty text."""

    def __init__(
        self, server: QLocalServer, patience: timedelta, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
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
            visitor = _Visitor(connection, self)
            visitor.show_requested.connect(self.show_requested)
            visitor.listen(self._patience)


class _Visitor(QObject):
    """One connection, from its first byte to its end."""

    show_requested = Signal(str)

    def __init__(self, connection: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._heard = b""
        self._connection = connection
        connection.setParent(self)
        connection.setReadBufferSize(_LONGEST_LINE)
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
        """Answer the one line that is understood."""
        self._heard += self._connection.read(_LONGEST_LINE).data()
        line, ended, _ = self._heard.partition(b"\n")
        if not ended and len(self._heard) < _LONGEST_LINE:
            return
        self._connection.readyRead.disconnect(self.on_ready_read)
        word, _, token = line.partition(b" ")
        if not ended or word != SHOW:
            self.on_left()
            return
        self.show_requested.emit(token.decode("ascii") if is_token(token) else "")
        self._connection.write(SHOWN)
        self._connection.disconnectFromServer()

    @Slot()
    def on_left(self) -> None:
        """Forget the visitor."""
        self._deadline.stop()
        self._connection.abort()
        self.deleteLater()


def is_token(token: bytes) -> bool:
    """Return whether this can be an activation token that fits into the line."""
    longest = _LONGEST_LINE - len(SHOW) - len(b" \n")
    return 0 < len(token) <= longest and _PRINTABLE.fullmatch(token) is not None
