"""Servers that take too long, in every part of a request."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from tests.adapters.asking import SECRET
from tests.adapters.endless import BUDGET, hanging_name_resolution, unreachable_port
from tests.adapters.raw_server import answer_and_wait, read_request, wait_for_end
from tests.faults.case import NetworkCase, Scene, Section
from tests.faults.settings import BODY, account, conversation
from tray_app.core.money import Usd
from tray_app.core.problem import TimedOut, WrongKey
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Drip, Hang, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.case import Setting, Stage

_SCALED: Final = timedelta(seconds=BUDGET)
_REAL: Final = timedelta(seconds=20)
_PAUSE: Final = 0.02
_OPEN_END: Final = b"HTTP/1.1 200 OK\r\n\r\n"
_SAMPLE: Final = Usd.of_units(1_000_000)


@contextmanager
def _connection_hangs(_stage: Stage) -> Iterator[Scene]:
    with unreachable_port() as port:
        yield Scene(f"http://127.0.0.1:{port}")


@contextmanager
def _many_addresses_hang(stage: Stage) -> Iterator[Scene]:
    real = socket.getaddrinfo

    def look_up(_host: str, *arguments: Any, **named: Any) -> list[Any]:  # noqa: ANN401 — the system's own
        hosts = [f"127.0.0.{number}" for number in range(1, 41)]
        return list(itertools.chain(*(real(host, *arguments, **named) for host in hosts)))

    stage.patch.setattr(socket, "getaddrinfo", look_up)
    with unreachable_port() as port:
        yield Scene(f"http://localhost:{port}")


@contextmanager
def _name_resolution_hangs(stage: Stage) -> Iterator[Scene]:
    with hanging_name_resolution(stage.patch):
        yield Scene("https://novita.invalid")


@contextmanager
def _name_resolution_is_slow(stage: Stage) -> Iterator[Scene]:
    real = socket.getaddrinfo

    def look_up(*arguments: Any, **named: Any) -> list[Any]:  # noqa: ANN401 — the system's own
        threading.Event().wait(BUDGET)
        return real(*arguments, **named)

    stage.patch.setattr(socket, "getaddrinfo", look_up)
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}) as simulator:
        yield Scene(f"http://localhost:{simulator.port}")


def _dripping(begin: bytes, again: bytes, scheme: str = "http") -> Setting:
    """Return a scene whose server sends ``begin``, then ``again`` and again."""

    def converse(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(begin)
        while True:
            time.sleep(_PAUSE)
            connection.sendall(again)

    return conversation(converse, scheme)


def _late(seconds: float) -> Callable[[socket.socket], None]:
    def converse(connection: socket.socket) -> None:
        read_request(connection)
        time.sleep(seconds)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY)

    return converse


def _runs_out(name: str, setting: Setting) -> NetworkCase:
    return NetworkCase(name, setting, TimedOut(), _SCALED)


SECTION: Final = Section(
    "Time",
    (
        _runs_out("the connection never comes about", _connection_hangs),
        _runs_out("a name with forty addresses that never answer", _many_addresses_hang),
        _runs_out("name resolution hangs", _name_resolution_hangs),
        NetworkCase("name resolution is slow, but ends in time", _name_resolution_is_slow, _SAMPLE),
        _runs_out("accepted, then nothing is read or said", conversation(wait_for_end)),
        _runs_out("the TLS handshake is never answered", conversation(wait_for_end, "https")),
        _runs_out(
            "the TLS handshake drips a byte at a time",
            _dripping(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb\x03\x03", b"\x00", "https"),
        ),
        _runs_out("the request is read and never answered", account(Hang())),
        _runs_out("the headers drip a byte at a time", account(Drip(Part.HEADERS, _PAUSE))),
        _runs_out("the body drips a byte at a time", account(Drip(Part.BODY, _PAUSE))),
        _runs_out(
            "a chunked body drips a byte at a time",
            _dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        ),
        _runs_out("an HTTP 100 again and again", _dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n")),
        _runs_out(
            "a whole balance without a length, and no end",
            conversation(answer_and_wait(_OPEN_END + BODY)),
        ),
        _runs_out(
            "a whole balance that promises a terabyte, and no end",
            conversation(
                answer_and_wait(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % 2**40 + BODY)
            ),
        ),
        NetworkCase(
            "HTTP 401, and an error page that never ends",
            conversation(answer_and_wait(b"HTTP/1.1 401 No\r\nContent-Length: 99\r\n\r\n{")),
            WrongKey(""),
            _SCALED,
        ),
        NetworkCase(
            "an answer that is slow, but in time",
            conversation(_late(BUDGET)),
            Usd.of_units(123_400),
        ),
        NetworkCase(
            "a body that would drip for a minute ends after 20 s",
            account(Drip(Part.BODY, 0.5)),
            TimedOut(),
            _REAL,
            is_slow=True,
        ),
    ),
    note=(
        "A request may last 20 s in all, from name resolution to the last byte, whatever the "
        "server does. The suite runs these cases with a smaller budget, and one with the real one."
    ),
)
