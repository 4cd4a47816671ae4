"""Asks real sockets, of which some are hostile."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.instance_client import (
    NoAnswerError,
    NobodyListensError,
    _ask_pipe,
    ask_status,
    ask_to_quit,
)
from tray_app.core.instance_protocol import LONGEST_STATUS, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket of Unix")

SOON = timedelta(seconds=0.3)
SLACK = 2.0


@pytest.fixture
def address(tmp_path: Path) -> str:
    return str(tmp_path / "s")


@contextmanager
def answering(address: str, *answers: bytes, hangs_up: bool = True) -> Iterator[list[bytes]]:
    """Answer one connection so, and note what it said."""
    heard: list[bytes] = []
    over = threading.Event()
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(address)
        listener.listen()
        listener.settimeout(20)

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, suppress(ConnectionError):
                heard.append(connection.recv(100))
                for answer in answers:
                    connection.sendall(answer)
                    over.wait(0.05)
                if not hangs_up:
                    over.wait(20)

        server = threading.Thread(target=serve)
        server.start()
        try:
            yield heard
        finally:
            over.set()
            server.join()


def test_the_word_is_said_and_the_line_returned(address: str) -> None:
    with answering(address, b'{"a"', b": 1}\n") as heard:
        assert ask_status(address) == b'{"a": 1}'
    assert heard == [b"status\n"]


def test_a_tray_that_says_that_it_quits_is_believed(address: str) -> None:
    with answering(address, b"quitting\n") as heard:
        ask_to_quit(address)
    assert heard == [b"quit\n"]


@pytest.mark.parametrize("said", [b"", b"quitting", b"shown\n"])
def test_a_tray_that_does_not_know_the_word_is_none_that_quits(address: str, said: bytes) -> None:
    with answering(address, said), pytest.raises(NoAnswerError):
        ask_to_quit(address)


def test_who_says_the_line_and_keeps_the_connection_is_not_waited_for(address: str) -> None:
    begun = time.monotonic()
    with answering(address, b"{}\nmore", hangs_up=False):
        assert ask_status(address) == b"{}"
        assert time.monotonic() - begun < SLACK


@pytest.mark.parametrize(
    ("answers", "hangs_up"),
    [
        ((), True),
        ((), False),
        ((b"{}",), True),
        ((b"{}",), False),
        (tuple(b"." for _ in range(100)), False),
        ((b"x" * (LONGEST_STATUS + 10),), True),
    ],
    ids=["cut off", "silent", "no end", "no end, and silent", "a drip", "a flood"],
)
def test_anything_else_is_no_answer_and_costs_no_more_than_its_time(
    address: str, answers: tuple[bytes, ...], *, hangs_up: bool
) -> None:
    with answering(address, *answers, hangs_up=hangs_up):
        begun = time.monotonic()
        with pytest.raises(NoAnswerError):
            ask_status(address, SOON)
        assert time.monotonic() - begun < SOON.total_seconds() + SLACK


def test_who_takes_no_more_connections_is_not_waited_for(address: str) -> None:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(address)
        listener.listen(0)
        stack.enter_context(socket.socket(socket.AF_UNIX)).connect(address)
        with pytest.raises((NobodyListensError, NoAnswerError)):
            ask_status(address, SOON)


@pytest.mark.parametrize("there", ["nothing", "a stale socket", "a file"])
def test_where_nobody_listens_it_says_so_at_once(address: str, tmp_path: Path, there: str) -> None:
    if there == "a stale socket":
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(address)
    if there == "a file":
        (tmp_path / "s").touch()
    with pytest.raises(NobodyListensError):
        ask_status(address, timedelta(minutes=5))


@contextmanager
def pipe_answering(answer: bytes) -> Iterator[str]:
    """What opens like a pipe of Windows: a terminal without a terminal's habits."""
    import pty  # noqa: PLC0415 — not there on Windows
    import tty  # noqa: PLC0415 — likewise

    master, slave = pty.openpty()
    tty.setraw(slave)

    def serve() -> None:
        assert os.read(master, 100) == b"status\n"
        os.write(master, answer)

    server = threading.Thread(target=serve)
    server.start()
    try:
        yield os.ttyname(slave)
    finally:
        server.join()
        os.close(master)
        os.close(slave)


def test_a_pipe_is_asked_like_a_file() -> None:
    with pipe_answering(b"{}\n") as path:
        assert _ask_pipe(STATUS, path, timedelta(seconds=20)) == b"{}"


def test_a_pipe_that_hangs_costs_no_more_than_its_time() -> None:
    with pipe_answering(b"{}") as path:
        begun = time.monotonic()
        with pytest.raises(NoAnswerError):
            _ask_pipe(STATUS, path, SOON)
        assert time.monotonic() - begun < SOON.total_seconds() + SLACK


def test_a_pipe_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NobodyListensError):
        _ask_pipe(STATUS, str(tmp_path / "none"), SOON)
