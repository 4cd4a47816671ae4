"""Connections that do not come about, or end early."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

from tests.adapters.raw_server import reset
from tests.faults.case import NetworkCase, Scene, Section
from tests.faults.settings import account, conversation
from tray_app.core.problem import ConnectionFault, Offline
from tray_app.simulator.accounts import Cut, CutPoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.case import Stage

_NO_NAME: Final = Offline(ConnectionFault.NAME_NOT_FOUND)
_LOST: Final = Offline(ConnectionFault.LOST)
# A TCP connection to a multicast address fails in the kernel, so nothing leaves the computer.
_UNREACHABLE: Final = "224.0.0.1"


@contextmanager
def _nobody_listens(_stage: Stage) -> Iterator[Scene]:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    yield Scene(f"http://127.0.0.1:{port}")


@contextmanager
def _unreachable(_stage: Stage) -> Iterator[Scene]:
    yield Scene(f"https://{_UNREACHABLE}")


@contextmanager
def _unknown_name(stage: Stage) -> Iterator[Scene]:
    def look_up(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    stage.patch.setattr(socket, "getaddrinfo", look_up)
    yield Scene("https://novita.invalid")


@contextmanager
def _impossible_name(_stage: Stage) -> Iterator[Scene]:
    yield Scene(f"https://{'a' * 64}.invalid")


def _closes_unread(connection: socket.socket) -> None:
    connection.recv(1)


SECTION: Final = Section(
    "Connecting",
    (
        NetworkCase(
            "nothing listens on the port", _nobody_listens, Offline(ConnectionFault.REFUSED)
        ),
        NetworkCase("no route to the server", _unreachable, Offline(ConnectionFault.UNREACHABLE)),
        NetworkCase(
            "the name is not found", _unknown_name, Offline(ConnectionFault.NAME_NOT_FOUND)
        ),
        NetworkCase(
            "the name cannot even be asked for",
            _impossible_name,
            _NO_NAME,
        ),
        NetworkCase("the server closes before it reads", conversation(_closes_unread), _LOST),
        NetworkCase("reset before the headers", conversation(reset), _LOST),
        NetworkCase(
            "reset inside the headers", account(Cut(CutPoint.INSIDE_HEADERS, reset=True)), _LOST
        ),
        NetworkCase("reset inside the body", account(Cut(CutPoint.INSIDE_BODY, reset=True)), _LOST),
        NetworkCase("closed before the headers", account(Cut(CutPoint.BEFORE_HEADERS)), _LOST),
        NetworkCase("closed inside the headers", account(Cut(CutPoint.INSIDE_HEADERS)), _LOST),
        NetworkCase("closed inside the body", account(Cut(CutPoint.INSIDE_BODY)), _LOST),
        NetworkCase(
            "a whole balance, shorter than its Content-Length",
            account(Cut(CutPoint.AFTER_SHORT_BODY)),
            _LOST,
        ),
        NetworkCase(
            "a whole balance, then a reset before its Content-Length",
            account(Cut(CutPoint.AFTER_SHORT_BODY, reset=True)),
            _LOST,
        ),
    ),
)
