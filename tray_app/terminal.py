"""What the command line says, on streams that may be closed, full, or not read to the end."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import time
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta

OUTPUT_LOST: Final = 1
"""The exit code of an answer that could not be written."""


def make_output_safe() -> None:
    """Let a terminal that cannot show a sign show "?" in its place, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def answer(text: str, exit_code: int) -> int:
    """Print an answer as lines on standard output; return the exit code of the command.

    It is ``exit_code``, also where the reader went away early, as ``head`` does: what was found
    out stays true. It is OUTPUT_LOST where the answer could not be written, with the reason on
    standard error.
    """
    return answer_in_parts(lambda stream: _write_line(stream, text), exit_code)


def answer_in_parts(write: Callable[[TextIO], None], exit_code: int) -> int:
    """Let ``write`` print an answer too long to be held in memory; return as :func:`answer` does.

    A reader who goes away early ends ``write``. What it raises itself is passed on.
    """
    try:
        _write(sys.stdout, write)
    except BrokenPipeError:
        return exit_code
    except OSError as error:
        complain(f"The answer could not be written: {error.strerror}.")
        return OUTPUT_LOST
    return exit_code


def tell(text: str) -> None:
    """Print lines on standard output at once.

    Raises BrokenPipeError where nobody reads any more, another OSError where they cannot be
    written.
    """
    if sys.stdout is None:
        raise BrokenPipeError
    _write(sys.stdout, lambda stream: _write_line(stream, text))


def wait_for_reader_to_leave(longest: timedelta) -> bool:
    """Wait until nobody reads standard output any more, as after a bar's end, or for ``longest``.

    Return whether nobody does. Who writes seldom would else stay for hours.
    """
    if sys.platform == "win32" or sys.stdout is None:
        time.sleep(longest.total_seconds())
        return False
    import select  # noqa: PLC0415 — Windows polls sockets alone

    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    gone = select.POLLERR | select.POLLHUP
    found = poll.poll(max(round(longest.total_seconds() * 1000), 1))
    if any(event & gone for _, event in found):
        return True
    if found:
        # POLLNVAL: a stream that cannot be polled, as terminals of macOS; nothing was waited for.
        time.sleep(longest.total_seconds())
    return False


def complain(text: str) -> None:
    """Print lines on standard error, if somebody can read them there."""
    with contextlib.suppress(OSError):
        _write(sys.stderr, lambda stream: _write_line(stream, text))


@contextlib.contextmanager
def quiet_end() -> Iterator[None]:
    """Let what others print inside, such as a help text, be lost without a traceback."""
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    _flush(stream)


def _write_line(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")


def _write(stream: TextIO | None, write: Callable[[TextIO], None]) -> None:
    # A stream that was closed before the start is None.
    if stream is None:
        return
    try:
        write(stream)
    except OSError:
        _discard(stream)
        raise
    _flush(stream)


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError:
        _discard(stream)
        raise


def _discard(stream: TextIO) -> None:
    """Let what is still to be written go nowhere: the interpreter would try again at its end."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
