"""How a second start tells the first one to come forward, over the real socket."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from tray_app.adapters.instance_address import address_of
from tray_app.ui.first_instance import SecondStart, activation_token
from tray_app.ui.single_instance import InstanceServer, pass_on
from tray_app.ui.visitors import Visitors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to the socket of Unix")

SOON = timedelta(seconds=0.3)
AMPLE = timedelta(seconds=20)
ANSWER = b'{"an": "answer"}\n' * 3000 + b"its end\n"


ROOT = Path(__file__).parents[2]
# In a process of its own: Qt's waiting keeps Python's other threads from running.
SECOND = """
import sys, time
from datetime import timedelta
from tray_app.ui.qt_messages import log_qt_messages
from tray_app.ui.first_instance import ask_first
class Lock:
    refusals = int(sys.argv[3])
    def take(self):
        self.refusals -= 1
        return self.refusals < 0
log_qt_messages()
begun = time.monotonic()
outcome = ask_first(
    Lock(),
    lambda: sys.argv[1] or None,
    sys.argv[2],
    start_patience=timedelta(seconds=float(sys.argv[4])),
    patience=timedelta(seconds=float(sys.argv[5])),
)
print(outcome.name, time.monotonic() - begun)
"""


class Second:
    """A second start, which asks whoever listens at an address.

    The lock is held by somebody else until it was tried ``refusals`` times.
    """

    def __init__(
        self,
        address: str,
        token: str = "",
        *,
        refusals: int = 1_000_000,
        start_patience: timedelta = AMPLE,
        patience: timedelta = SOON,
    ) -> None:
        patiences = (str(each.total_seconds()) for each in (start_patience, patience))
        self._process = subprocess.Popen(
            [sys.executable, "-c", SECOND, address, token, str(refusals), *patiences],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def outcome(self) -> tuple[SecondStart, float]:
        """Return what became of it, and how long it asked."""
        out, err = self._process.communicate(timeout=60)
        name, took = out.split()
        assert [line for line in err.splitlines() if "event dispatcher" not in line] == []
        return SecondStart[name], float(took)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return address_of(tmp_path, "tray", "1-2")


@pytest.fixture
def make_server(
    qapp: QApplication, address: str
) -> Iterator[Callable[[timedelta], tuple[InstanceServer, list[str]]]]:
    assert qapp is not None
    servers: list[InstanceServer] = []

    def make(patience: timedelta) -> tuple[InstanceServer, list[str]]:
        server = InstanceServer(address, lambda: ANSWER, patience=patience)
        shown: list[str] = []
        server.show_requested.connect(shown.append)
        servers.append(server)
        return server, shown

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def listening(
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]],
) -> tuple[InstanceServer, list[str]]:
    server, shown = make_server(AMPLE)
    assert server.listen()
    return server, shown


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(address)
        yield connection


def say(qtbot: QtBot, address: str, *parts: bytes) -> bytes:
    """Send the parts one by one, and return what is answered before the end."""
    heard: list[bytes] = []

    def speak() -> None:
        with connected(address) as connection:
            try:
                for part in parts:
                    connection.sendall(part)
                answer = b""
                while more := connection.recv(100):
                    answer += more
            except ConnectionError:
                answer = b""
            heard.append(answer)

    speaker = threading.Thread(target=speak)
    speaker.start()
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    speaker.join()
    return heard[0]


@pytest.mark.parametrize(
    ("line", "token"),
    [
        (b"show\n", ""),
        (b"show a-token_TIME123\n", "a-token_TIME123"),
        (b"show \n", ""),
        (b"show two tokens\n", ""),
        (b"show \x1b[2J\n", ""),
        ("show ä\n".encode(), ""),
    ],
)
def test_the_word_is_answered_and_told_with_its_token_if_it_can_be_one(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str, line: bytes, token: str
) -> None:
    assert say(qtbot, address, line) == b"shown\n"
    assert listening[1] == [token]


def test_the_other_word_is_answered_with_what_is_known_and_shows_nothing(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str
) -> None:
    assert say(qtbot, address, b"status\n") == ANSWER
    assert say(qtbot, address, b"sta", b"tus\n") == ANSWER
    assert listening[1] == []


def test_a_visitor_may_end_the_program_and_has_its_answer_before(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str
) -> None:
    server, shown = listening
    # What ends at once, as the program may, must not lose the answer.
    server.quit_requested.connect(server.close)
    with qtbot.waitSignal(server.quit_requested, timeout=20_000):
        assert say(qtbot, address, b"quit\n") == b"quitting\n"
    assert shown == []


@pytest.mark.parametrize("line", [b"quit now\n", b"QUIT\n", b"quit", b"quit\r\n"])
def test_nothing_but_the_word_itself_ends_the_program(
    qtbot: QtBot,
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]],
    address: str,
    line: bytes,
) -> None:
    server, _ = make_server(SOON)
    assert server.listen()
    quits: list[bool] = []
    server.quit_requested.connect(lambda: quits.append(True))
    assert say(qtbot, address, line) == b""
    assert quits == []


def test_who_does_not_read_the_answer_is_cut_off_in_time(
    qtbot: QtBot,
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]],
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"{__name__}.ANSWER", b"x" * 10_000_000)
    server, _ = make_server(timedelta(milliseconds=200))
    assert server.listen()
    with connected(address) as connection:
        connection.sendall(b"status\n")
        qtbot.waitUntil(lambda: sum(each.count for each in server.findChildren(Visitors)) == 1)
        qtbot.waitUntil(lambda: sum(each.count for each in server.findChildren(Visitors)) == 0)


def test_the_word_may_come_byte_by_byte_and_counts_once(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str
) -> None:
    parts = [bytes([each]) for each in b"show x\nshow y\n"]
    assert say(qtbot, address, *parts) in {b"shown\n", b""}
    assert listening[1] == ["x"]


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"SHOW\n",
        b"status now\n",
        b"STATUS\n",
        b"status\r\n",
        b"shown\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x00" * 100 + b"\n",
        b"show " + b"x" * 600 + b"\n",
        b"show " + b"x" * 1_000_000,
    ],
    ids=lambda line: repr(line[:20]),
)
def test_anything_else_is_cut_off_and_the_next_one_is_heard(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str, line: bytes
) -> None:
    assert say(qtbot, address, line) == b""
    assert listening[1] == []
    assert say(qtbot, address, b"show\n") == b"shown\n"


def test_who_says_nothing_is_cut_off_in_time(
    qtbot: QtBot,
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]],
    address: str,
) -> None:
    server, shown = make_server(timedelta(milliseconds=50))
    assert server.listen()
    assert say(qtbot, address, b"sho") == b""
    assert shown == []


def test_no_more_than_a_few_are_heard_at_once(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str
) -> None:
    server, _ = listening
    with ExitStack() as stack:
        waiting = [stack.enter_context(connected(address)) for _ in range(40)]

        def visitors() -> int:
            return sum(each.count for each in server.findChildren(Visitors))

        qtbot.waitUntil(lambda: visitors() == 8)
        qtbot.waitUntil(lambda: all(map(_is_cut, waiting[8:])))
        assert visitors() == 8
    qtbot.waitUntil(lambda: visitors() == 0)
    assert say(qtbot, address, b"show\n") == b"shown\n"


def _is_cut(connection: socket.socket) -> bool:
    connection.settimeout(0)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_a_stale_socket_is_replaced_and_nothing_stays_after_the_end(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str, tmp_path: Path
) -> None:
    server, _ = listening
    server.close()
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(address)
    assert server.listen()
    assert say(qtbot, address, b"show\n") == b"shown\n"
    server.close()
    assert list(tmp_path.iterdir()) == []


def test_a_socket_that_somebody_removed_or_replaced_is_noticed(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str
) -> None:
    server, _ = listening
    found = [server.can_be_found]
    Path(address).unlink()
    found.append(server.can_be_found)
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(address)
        found.append(server.can_be_found)
    server.close()
    assert server.listen()
    found.append(server.can_be_found)
    assert found == [True, False, False, True]
    assert say(qtbot, address, b"show\n") == b"shown\n"


def test_an_empty_folder_in_its_place_makes_way(
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]], tmp_path: Path
) -> None:
    (tmp_path / "tray-1-2").mkdir()
    server, _ = make_server(AMPLE)
    assert server.listen()


def test_a_file_in_its_place_is_left_alone_and_it_does_not_listen(
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]], tmp_path: Path
) -> None:
    (tmp_path / "tray-1-2").write_text("mine")
    server, _ = make_server(AMPLE)
    assert not server.listen()
    assert (tmp_path / "tray-1-2").read_text() == "mine"


def test_the_socket_is_private(
    make_server: Callable[[timedelta], tuple[InstanceServer, list[str]]], tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        assert make_server(AMPLE)[0].listen()
    finally:
        os.umask(before)
    assert [stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()] == [0o600]


@pytest.mark.skipif(sys.platform != "linux", reason="the short name is Linux's")
def test_a_folder_with_a_long_name_has_a_socket_too(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    folder = tmp_path / ("long" * 30) / ("name" * 30)
    folder.mkdir(parents=True)
    address = address_of(folder, "tray", "1-2")
    assert len(address) < 100
    assert address_of(folder, "tray", "1-2") == address
    server = InstanceServer(address, lambda: ANSWER)
    assert server.listen()
    assert (folder / "tray-1-2").is_socket()
    server.close()
    assert list(folder.iterdir()) == []


@contextmanager
def answering(address: str, *answers: bytes) -> Iterator[None]:
    """A first instance that answers each connection so, and then says no more."""
    with socket.socket(socket.AF_UNIX) as listener, ExitStack() as stack:
        listener.bind(address)
        listener.listen(50)
        stop = threading.Event()

        def serve() -> None:
            listener.settimeout(0.05)
            while not stop.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                stack.enter_context(connection)
                with suppress(ConnectionError):
                    for answer in answers:
                        connection.sendall(answer)
                        stop.wait(0.05)

        server = threading.Thread(target=serve)
        server.start()
        try:
            yield
        finally:
            stop.set()
            server.join()


@pytest.mark.parametrize("token", ["", "x" * 506], ids=["no token", "the longest token"])
def test_the_first_one_comes_forward(
    qtbot: QtBot, listening: tuple[InstanceServer, list[str]], address: str, token: str
) -> None:
    second = Second(address, token, patience=AMPLE)
    qtbot.waitUntil(second.has_ended, timeout=60_000)
    assert second.outcome()[0] is SecondStart.FIRST_CAME_FORWARD
    assert listening[1] == [token]


@pytest.mark.parametrize(
    "answers",
    [
        (),
        (b"quit\n",),
        (b"show\n",),
        (b"x" * 100_000,),
        tuple(b"shown"[at : at + 1] for at in range(5)),
        tuple(b"." for _ in range(100)),
    ],
    ids=["silent", "another word", "the same word", "a flood", "no end", "a drip"],
)
def test_a_hostile_first_one_costs_no_more_than_its_time(
    address: str, answers: tuple[bytes, ...]
) -> None:
    with answering(address, *answers):
        outcome, took = Second(address).outcome()
    assert outcome is SecondStart.NO_ANSWER
    assert took < SOON.total_seconds() + 3


def test_a_first_one_that_takes_no_more_connections_costs_no_more_either(address: str) -> None:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(address)
        listener.listen(0)
        filler = stack.enter_context(socket.socket(socket.AF_UNIX))
        filler.connect(address)
        outcome, took = Second(address).outcome()
    assert outcome is SecondStart.NO_ANSWER
    assert took < SOON.total_seconds() + 3


@pytest.mark.parametrize("there", ["nothing", "a stale socket", "no address"])
def test_who_never_listens_is_waited_for_as_long_as_a_start_may_take(
    address: str, there: str
) -> None:
    if there == "a stale socket":
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(address)
    asked = "" if there == "no address" else address
    outcome, took = Second(asked, start_patience=SOON, patience=AMPLE).outcome()
    assert outcome is SecondStart.NO_ANSWER
    assert SOON.total_seconds() <= took < SOON.total_seconds() + 3


@pytest.mark.parametrize("there", ["nothing", "a hostile one"])
def test_when_the_first_one_ends_meanwhile_this_one_takes_its_place(
    address: str, there: str
) -> None:
    with ExitStack() as stack:
        if there == "a hostile one":
            stack.enter_context(answering(address, b"refuse"))
        second = Second(address, refusals=3, patience=AMPLE)
        assert second.outcome()[0] is SecondStart.BECAME_THE_FIRST


@pytest.mark.parametrize(
    ("environ", "token"),
    [
        ({}, ""),
        ({"XDG_ACTIVATION_TOKEN": "wayland", "DESKTOP_STARTUP_ID": "x11"}, "wayland"),
        ({"DESKTOP_STARTUP_ID": "x11_TIME1"}, "x11_TIME1"),
        ({"XDG_ACTIVATION_TOKEN": "a b", "DESKTOP_STARTUP_ID": "x11"}, "x11"),
        ({"XDG_ACTIVATION_TOKEN": "x" * 507}, ""),
        ({"XDG_ACTIVATION_TOKEN": "\udc80"}, ""),
    ],
)
def test_the_launchers_token_is_found(environ: dict[str, str], token: str) -> None:
    assert activation_token(environ) == token


@pytest.mark.parametrize(
    ("platform", "token", "left"),
    [("wayland", "t", "t"), ("wayland-egl", "t", "t"), ("wayland", "", None), ("xcb", "t", None)],
)
def test_qt_finds_the_token_where_it_looks_for_one(
    monkeypatch: pytest.MonkeyPatch, platform: str, token: str, left: str | None
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "unset after the test")
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: platform))
    pass_on(token)
    assert os.environ.get("XDG_ACTIVATION_TOKEN") == left
