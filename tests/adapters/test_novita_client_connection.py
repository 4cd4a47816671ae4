"""What the client makes of connections that do not come about or do not speak HTTP."""

from __future__ import annotations

import errno
import socket

import pytest

from tests.adapters.asking import problem_at
from tests.adapters.raw_server import RawServer, answer, read_request, reset
from tray_app.core.problem import ConnectionFault, Offline, UnexpectedReply

LOST = Offline(ConnectionFault.LOST)


def test_a_port_that_nobody_listens_on_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    assert problem_at(f"http://127.0.0.1:{port}") == Offline(ConnectionFault.REFUSED)


def test_a_reset_is_a_lost_connection() -> None:
    with RawServer(reset) as server:
        assert problem_at(server.url) == LOST


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown name"), ConnectionFault.NAME_NOT_FOUND),
        (OSError(errno.ENETUNREACH, "unreachable"), ConnectionFault.UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "no route"), ConnectionFault.UNREACHABLE),
        (OSError(errno.ENETDOWN, "down"), ConnectionFault.UNREACHABLE),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), ConnectionFault.REFUSED),
        (ConnectionResetError(errno.ECONNRESET, "reset"), ConnectionFault.LOST),
        (BrokenPipeError(errno.EPIPE, "broken"), ConnectionFault.LOST),
        (OSError(errno.EMFILE, "too many files"), ConnectionFault.OTHER),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_what_the_system_says_on_connecting_names_the_fault(
    monkeypatch: pytest.MonkeyPatch, error: OSError, fault: ConnectionFault
) -> None:
    def fail(*_: object, **__: object) -> socket.socket:
        raise error

    monkeypatch.setattr(socket, "create_connection", fail)
    assert problem_at("http://localhost:1") == Offline(fault)


@pytest.mark.parametrize("host", ["a" * 64, "a..b"])
def test_a_name_that_cannot_be_asked_for_is_a_problem_and_no_crash(host: str) -> None:
    assert isinstance(problem_at(f"https://{host}"), Offline)


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 999999 What\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"\x00" * 100,
    ],
    ids=repr,
)
def test_what_is_not_http_is_unexpected(reply: bytes) -> None:
    with RawServer(answer(reply)) as server:
        assert problem_at(server.url) == UnexpectedReply("the reply is not HTTP")


def test_endless_headers_end() -> None:
    def converse(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-Padding: " + b"x" * 8_000 + b"\r\n")

    with RawServer(converse) as server:
        problem = problem_at(server.url)
    assert isinstance(problem, UnexpectedReply | Offline)


def test_https_asked_of_an_http_server_is_offline() -> None:
    def converse(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with RawServer(converse) as server:
        problem = problem_at(server.url.replace("http:", "https:"))
    assert isinstance(problem, Offline)
