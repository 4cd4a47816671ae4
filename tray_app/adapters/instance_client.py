"""Says one word to the tray that runs, and hears one line back; no Qt."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from typing import TYPE_CHECKING, Final

from tray_app.adapters.limited import LimitedQuestion
from tray_app.core.instance_protocol import LONGEST_STATUS, PATIENCE, QUIT, QUITTING, STATUS

if TYPE_CHECKING:
    from datetime import timedelta

_LINE_END: Final = b"\n"
_LOOK_AGAIN_SECONDS: Final = 0.05


class NobodyListensError(Exception):
    """There is no tray at the address, or none that listens yet, or too many ask it just now."""


class NoAnswerError(Exception):
    """Somebody listens, and did not answer with a line in time."""


def ask_status(address: str, patience: timedelta = PATIENCE) -> bytes:
    """Return the line that the tray at ``address`` answers ``status`` with, without its end.

    ``address`` is as adapters/instance_address.py returns it. At most LONGEST_STATUS bytes are
    read, and for no longer than ``patience``. Raises NobodyListensError and NoAnswerError.
    """
    return _ask(STATUS, address, patience)


def ask_to_quit(address: str, patience: timedelta = PATIENCE) -> None:
    """Ask the tray at ``address`` to end, and return once it has said that it does.

    Raises NobodyListensError and NoAnswerError; the latter also for an older tray, which does not
    know the word.
    """
    if _ask(QUIT, address, patience) + _LINE_END != QUITTING:
        raise NoAnswerError


def _ask(word: bytes, address: str, patience: timedelta) -> bytes:
    if sys.platform == "win32":
        return _ask_pipe(word, rf"\\.\pipe\{address}", patience)
    return _ask_socket(word, address, patience)


def _ask_socket(word: bytes, address: str, patience: timedelta) -> bytes:
    gives_up_at = time.monotonic() + patience.total_seconds()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(patience.total_seconds())
        try:
            connection.connect(address)
        except TimeoutError:
            raise NoAnswerError from None
        except OSError:
            raise NobodyListensError from None
        heard = b""
        try:
            connection.sendall(word + _LINE_END)
            while _LINE_END not in heard and len(heard) < LONGEST_STATUS:
                # A drip of single bytes must not stretch the time.
                left = gives_up_at - time.monotonic()
                if left <= 0:
                    break
                connection.settimeout(left)
                more = connection.recv(LONGEST_STATUS - len(heard))
                if not more:
                    break
                heard += more
        except OSError:
            raise NoAnswerError from None
    return _first_line(heard)


def _ask_pipe(word: bytes, path: str, patience: timedelta) -> bytes:
    """Ask a named pipe of Windows, which opens like a file and knows no time limit."""
    question = LimitedQuestion("tray", patience, lambda: _heard_from(word, path, patience))
    match question.answer():
        case None:
            raise NobodyListensError
        case bytes() as heard:
            return _first_line(heard)
        case _:
            raise NoAnswerError


def _heard_from(word: bytes, path: str, patience: timedelta) -> bytes | None:
    """Return what is answered to the word at ``path``; None where there is no such pipe."""
    gives_up_at = time.monotonic() + patience.total_seconds()
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            break
        except FileNotFoundError:
            return None
        except OSError:
            # All instances of the pipe are busy with others (ERROR_PIPE_BUSY).
            if time.monotonic() >= gives_up_at:
                return b""
            time.sleep(_LOOK_AGAIN_SECONDS)
    heard = b""
    try:
        os.write(descriptor, word + _LINE_END)
        while _LINE_END not in heard and len(heard) < LONGEST_STATUS:
            more = os.read(descriptor, LONGEST_STATUS - len(heard))
            if not more:
                break
            heard += more
    except OSError:
        # The other side closed it, which ends the answer; whether it is whole is seen later.
        pass
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    return heard


def _first_line(heard: bytes) -> bytes:
    line, ended, _ = heard.partition(_LINE_END)
    if not ended:
        raise NoAnswerError
    return line
