from __future__ import annotations

import json
import socket
import zlib

import httpx
import pytest

from tests.simulator.asking import KEY, REQUEST, read_all
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import (
    Cut,
    CutPoint,
    Drip,
    EndlessBody,
    GzipBomb,
    Hang,
    NotHttp,
    Part,
    SizedBody,
)
from tray_app.simulator.routes import BALANCE_PATH
from tray_app.simulator.wire import LINGER

SAMPLE_SIZE = 131
QUIET = 0.1
NEVER = 60.0


def assert_silent(connection: socket.socket) -> None:
    connection.settimeout(QUIET)
    with pytest.raises(TimeoutError):
        connection.recv(1)


def test_hang_reads_the_request_and_never_answers(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = Hang()
    connection.sendall(REQUEST)
    assert len(simulator.wait_for_requests(1)) == 1
    assert_silent(connection)


def test_hang_is_a_read_timeout_to_httpx(simulator: Simulator, client: httpx.Client) -> None:
    simulator.accounts[KEY] = Hang()
    with pytest.raises(httpx.ReadTimeout):
        client.get(BALANCE_PATH, timeout=QUIET)


def test_hang_ends_when_its_client_leaves(simulator: Simulator) -> None:
    simulator.accounts[KEY] = Hang()
    with socket.create_connection(("127.0.0.1", simulator.port), timeout=5) as connection:
        connection.sendall(REQUEST + b"more, which is dropped")
        simulator.wait_for_requests(1)
        (thread,) = simulator._threads
    thread.join(5)
    assert simulator.open_connections == 0


def test_hang_ends_when_its_client_resets(simulator: Simulator) -> None:
    simulator.accounts[KEY] = Hang()
    with socket.create_connection(("127.0.0.1", simulator.port), timeout=5) as connection:
        connection.sendall(REQUEST)
        simulator.wait_for_requests(1)
        (thread,) = simulator._threads
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER.pack(1, 0))
    thread.join(5)
    assert not thread.is_alive()


def test_dripping_headers_come_a_byte_at_a_time(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = Drip(Part.HEADERS, NEVER)
    connection.sendall(REQUEST)
    assert connection.recv(65_536) == b"H"
    assert_silent(connection)


def test_a_dripping_body_comes_a_byte_at_a_time_after_its_headers(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = Drip(Part.BODY, NEVER)
    connection.sendall(REQUEST)
    received = b""
    while not received.endswith(b"\r\n\r\n{"):
        received += connection.recv(65_536)
    assert received.count(b"{") == 1
    assert_silent(connection)


@pytest.mark.parametrize("part", Part)
def test_a_drip_brings_the_whole_reply_in_the_end(
    simulator: Simulator, client: httpx.Client, part: Part
) -> None:
    simulator.accounts[KEY] = Drip(part, 0.0001, accounts.EMPTY)
    assert client.get(BALANCE_PATH).json()["availableBalance"] == "0"


@pytest.mark.parametrize("reset", [False, True])
def test_cut_before_headers_sends_nothing(
    simulator: Simulator, client: httpx.Client, *, reset: bool
) -> None:
    simulator.accounts[KEY] = Cut(CutPoint.BEFORE_HEADERS, reset=reset)
    expected = httpx.ReadError if reset else httpx.RemoteProtocolError
    with pytest.raises(expected):
        client.get(BALANCE_PATH)


def test_cut_inside_headers_ends_before_the_empty_line(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = Cut(CutPoint.INSIDE_HEADERS)
    connection.sendall(REQUEST)
    received = read_all(connection)
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\n\r\n" not in received


@pytest.mark.parametrize("point", [CutPoint.INSIDE_BODY, CutPoint.AFTER_SHORT_BODY])
def test_cut_inside_the_body_is_shorter_than_its_content_length(
    simulator: Simulator, client: httpx.Client, connection: socket.socket, point: CutPoint
) -> None:
    simulator.accounts[KEY] = Cut(point)
    connection.sendall(REQUEST)
    head, _, body = read_all(connection).partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    assert len(lengths) == 1
    assert 0 < len(body) < int(lengths[0].split(b":")[1])
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(BALANCE_PATH)


def test_a_short_body_is_a_whole_balance_for_who_does_not_count(
    simulator: Simulator, connection: socket.socket
) -> None:
    simulator.accounts[KEY] = Cut(CutPoint.AFTER_SHORT_BODY, answer=accounts.EMPTY)
    connection.sendall(REQUEST)
    body = read_all(connection).partition(b"\r\n\r\n")[2]
    assert json.loads(body)["availableBalance"] == "0"


@pytest.mark.parametrize("point", CutPoint)
def test_every_cut_can_be_a_reset(
    simulator: Simulator, connection: socket.socket, point: CutPoint
) -> None:
    simulator.accounts[KEY] = Cut(point, reset=True)
    connection.sendall(REQUEST)
    with pytest.raises(ConnectionResetError):
        read_all(connection)


def test_garbage_is_not_http(simulator: Simulator, client: httpx.Client) -> None:
    simulator.accounts[KEY] = NotHttp()
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(BALANCE_PATH)


def test_garbage_can_be_chosen(simulator: Simulator, connection: socket.socket) -> None:
    simulator.accounts[KEY] = NotHttp(b"SSH-2.0-other\r\n")
    connection.sendall(REQUEST)
    assert read_all(connection) == b"SSH-2.0-other\r\n"


def test_an_endless_body_begins_as_a_balance_and_goes_on(
    simulator: Simulator, client: httpx.Client
) -> None:
    simulator.accounts[KEY] = EndlessBody()
    received = 0
    with client.stream("GET", BALANCE_PATH) as reply:
        assert "content-length" not in reply.headers
        for chunk in reply.iter_raw():
            if not received:
                assert chunk.startswith(b'{"availableBalance"')
            received += len(chunk)
            if received > 4_000_000:
                break
    assert received > 4_000_000


@pytest.mark.parametrize("size", [10, 1_000, 300_000])
def test_a_body_has_exactly_the_asked_size(
    simulator: Simulator, client: httpx.Client, size: int
) -> None:
    simulator.accounts[KEY] = SizedBody(size)
    reply = client.get(BALANCE_PATH)
    assert len(reply.content) == int(reply.headers["content-length"]) == size
    if size > SAMPLE_SIZE:
        assert reply.json()["availableBalance"] == "1000000"


def test_a_gzip_bomb_is_a_thousandth_of_what_it_unpacks_to(
    simulator: Simulator, connection: socket.socket
) -> None:
    size = 8_000_000
    simulator.accounts[KEY] = GzipBomb(size)
    connection.sendall(REQUEST)
    head, _, packed = read_all(connection).partition(b"\r\n\r\n")
    assert b"Content-Encoding: gzip" in head
    assert len(packed) < size / 900
    unpacked = zlib.decompress(packed, wbits=31)
    assert len(unpacked) == size
    assert json.loads(unpacked)["availableBalance"] == "1000000"


def test_trouble_closes_its_connection_and_the_next_request_is_served(
    simulator: Simulator, client: httpx.Client
) -> None:
    simulator.accounts[KEY] = accounts.InTurn((SizedBody(1_000), accounts.EMPTY))
    assert client.get(BALANCE_PATH).headers["connection"] == "close"
    assert client.get(BALANCE_PATH).json()["availableBalance"] == "0"
    first, second = simulator.requests
    assert first.connection != second.connection
