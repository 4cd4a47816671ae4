"""Errors that nobody caught, in whichever thread: logged, told once, survived."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from tray_app.core.error_trace import error_trace

if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from threading import ExceptHookArgs
    from types import TracebackType

_log = logging.getLogger(__name__)


class UnexpectedErrors(QObject):
    """Emits ``happened`` once, at the first error that reaches the interpreter's own hooks.

    PySide calls ``sys.excepthook`` in the thread of the slot that raised, and goes on. The hooks
    would print messages, and those may hold a secret; this logs types and places alone.
    """

    happened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = False
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def watch(self) -> None:
        """Take the interpreter's hooks."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread
        sys.unraisablehook = self._on_unraisable

    def leave(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    @Slot()
    def on_logged(self) -> None:
        """Tell of an error that was logged elsewhere, if it is the first one."""
        if not self._told:
            self._told = True
            self.happened.emit()

    def _on_uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self._note(error, _thread_name())

    def _on_uncaught_in_thread(self, arguments: ExceptHookArgs) -> None:
        # The interpreter lets a thread end so without a word.
        if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
            name = "?" if arguments.thread is None else arguments.thread.name
            self._note(arguments.exc_value, f"thread {name}")

    def _on_unraisable(self, arguments: UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            # Not the object's repr: that is code of its own.
            self._note(arguments.exc_value, f"the end of a {type(arguments.object).__name__}")

    def _note(self, error: BaseException, where: str) -> None:
        _log.error("unexpected error in %s\n%s", where, error_trace(error))
        self.on_logged()


def _thread_name() -> str:
    current = QThread.currentThread()
    return f"thread {current.objectName() or threading.current_thread().name}"
