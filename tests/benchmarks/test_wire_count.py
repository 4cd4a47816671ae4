"""What passes through the counter arrives, and is counted."""

from __future__ import annotations

import socket

from tests.benchmarks.wire_count import WireCount


def _all_from(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(100), b""))


def test_both_directions_are_passed_on_and_counted() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        WireCount(server.getsockname()[1]) as wire,
    ):
        for number in (1, 2):
            with socket.create_connection(("127.0.0.1", wire.port)) as client:
                client.sendall(b"question")
                client.shutdown(socket.SHUT_WR)
                with server.accept()[0] as served:
                    assert _all_from(served) == b"question"
                    served.sendall(b"an answer")
                assert _all_from(client) == b"an answer"
            assert (wire.connections, wire.sent, wire.received) == (number, 8 * number, 9 * number)
