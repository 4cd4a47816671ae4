"""The log: a private file that is rotated, and never in the program's way."""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING, Final

from tray_app.adapters.flood_gate import FloodGate
from tray_app.adapters.log_line import LogLine, record_text
from tray_app.adapters.paths import make_private_folder, private_opener

if TYPE_CHECKING:
    from pathlib import Path

LOG_NAME: Final = "novita-tray.log"
LARGEST_FILE: Final = 1_000_000
"""Bytes; three files of this size are kept in all."""
_OLDER: Final = (".1", ".2")
_OWN_LOGGER: Final = "tray_app"


class LogFile(logging.Handler):
    """Appends records to ``novita-tray.log``; those of libraries from WARNING on.

    Each record is one write to the system, so that nothing is left to flush and a kill leaves
    whole lines. What cannot be written is lost without a word: the file is tried again with the
    next record. Files are 0600 in a folder of 0700.
    """

    def __init__(
        self, folder: Path, *, largest: int = LARGEST_FILE, gate: FloodGate | None = None
    ) -> None:
        super().__init__()
        self._folder = folder
        self._path = folder / LOG_NAME
        self._largest = largest
        self._gate = gate or FloodGate()
        self._descriptor: int | None = None
        self._size = 0
        self.setFormatter(LogLine())
        self.addFilter(_is_wanted)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, or lose it."""
        try:
            self._emit(record)
        except OSError:
            self._shut()
        except Exception:  # noqa: BLE001 — nothing that is logged may stop the program
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 — logging's name
        """Say nothing: standard error is for the user."""

    def close(self) -> None:
        """Say how much was left out, and close the file."""
        self.acquire()
        try:
            if self._gate.left_out and self._descriptor is not None:
                with contextlib.suppress(OSError):
                    self._write(self._left_out(self._gate.left_out))
                self._gate.left_out = 0
            self._shut()
        finally:
            self.release()
        super().close()

    def _emit(self, record: logging.LogRecord) -> None:
        left_out = self._gate.renewed()
        text = record_text(record)
        if not self._gate.passes(text):
            return
        line = self.format(record)
        if self._gate.was_last(text):
            line += " (more of the same is left out for up to an hour)"
        if left_out:
            line = f"{self._left_out(left_out)}\n{line}"
        self._write(line)

    def _left_out(self, count: int) -> str:
        text = f"{count} lines were left out"
        return self.format(logging.LogRecord(__name__, logging.WARNING, "", 0, text, None, None))

    def _write(self, line: str) -> None:
        content = f"{line}\n".encode(errors="backslashreplace")
        descriptor = self._opened()
        if self._size and self._size + len(content) > self._largest:
            self._shut()
            self._rotate()
            descriptor = self._opened()
        written = os.write(descriptor, content)
        self._size += written
        if written < len(content):
            # The disk is full: the next line must not stand behind half a one.
            self._shut()

    def _opened(self) -> int:
        if self._descriptor is not None and not os.fstat(self._descriptor).st_nlink:
            # Somebody removed it to have a fresh one.
            self._shut()
        if self._descriptor is None:
            make_private_folder(self._folder)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            descriptor = private_opener(os.fspath(self._path), flags)
            self._descriptor = descriptor
            self._size = os.fstat(descriptor).st_size
            if self._size and _last_byte(descriptor, self._size) != b"\n":
                self._size += os.write(descriptor, b"\n")
        return self._descriptor

    def _rotate(self) -> None:
        names = [self._path, *(self._path.with_name(LOG_NAME + end) for end in _OLDER)]
        try:
            for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
                with contextlib.suppress(FileNotFoundError):
                    newer.replace(older)
        except OSError:
            # Windows renames no file that somebody reads: better the newest than everything.
            os.truncate(self._path, 0)

    def _shut(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _is_wanted(record: logging.LogRecord) -> bool:
    own = record.name.partition(".")[0] == _OWN_LOGGER
    return record.levelno >= (logging.INFO if own else logging.WARNING)


def _last_byte(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1)
