"""Turns the signals of the operating system into one of Qt's."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

if TYPE_CHECKING:
    from types import FrameType

_ENDING: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


class OsSignals(QObject):
    """Emits ``quit_requested`` when the system or a terminal asks the program to end.

    Python runs a handler only between two of its own instructions, and an idle Qt program runs
    none. So the interpreter's wake-up socket, written by the signal itself, wakes the event loop.
    """

    quit_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.settimeout(0)
        self._writer.settimeout(0)
        self._previous_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        # nohup starts a program with SIGHUP ignored, and means it.
        self._heeded = [n for n in _ENDING if signal.getsignal(n) is not signal.SIG_IGN]
        self._previous = {n: signal.signal(n, _leave_to_notifier) for n in self._heeded}
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_activated)

    @Slot()
    def on_activated(self) -> None:
        """Read what woke the event loop, and say it."""
        numbers = self._reader.recv(64)
        if any(number in numbers for number in self._heeded):
            self.quit_requested.emit()

    def close(self, *, for_good: bool = False) -> None:
        """Give the signals back to whoever had them, or ``for_good`` to nobody.

        A terminal that closes sends two, and so does an impatient Ctrl-C: the second must not cut
        the interpreter's own end short. That takes every handler back, but leaves an ignored
        signal ignored.
        """
        for number, handler in self._previous.items():
            signal.signal(number, signal.SIG_IGN if for_good else handler)
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._previous_fd)
        self._reader.close()
        self._writer.close()


def _leave_to_notifier(_number: int, _frame: FrameType | None) -> None:
    """Keep the default action away; the wake-up socket does the work."""
