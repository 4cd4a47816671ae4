"""Forward proxies as companies run them, started for one test: tinyproxy and microsocks."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.asking import wait_until
from tests.adapters.raw_server import read_request

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

USER: Final = "a.user"
PASSWORD: Final = "pass-word"
"""tinyproxy takes letters, digits, dots and dashes only."""
HARD_PASSWORD: Final = "pass word:@/%é"
"""With every sign that means something in an address."""
HARD_LOGIN: Final = "a.user:pass%20word%3A%40%2F%25%C3%A9"
"""It and the user name, as they stand in an address."""
_PLAIN: Final = """\
Port {port}
Listen 127.0.0.1
Timeout 60
MaxClients 20
LogFile "{log}"
LogLevel Info
"""


class RealProxy:
    """A proxy that runs; ``log`` is what it wrote so far."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def connect(self) -> socket.socket:
        """Return a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port))


@contextmanager
def tinyproxy(folder: Path, *extra_lines: str) -> Iterator[RealProxy]:
    """Run an HTTP proxy with these lines more in its configuration."""
    log, config, port = folder / "tinyproxy.log", folder / "tinyproxy.conf", _free_port()
    lines = "\n".join(extra_lines)
    config.write_text(f"{_PLAIN.format(port=port, log=log)}{lines}\n", encoding="utf-8")
    with _running(["tinyproxy", "-d", "-c", str(config)], port, folder / "tinyproxy.out"):
        yield RealProxy(port, log)


@contextmanager
def microsocks(folder: Path, *arguments: str) -> Iterator[RealProxy]:
    """Run a SOCKS 5 proxy; its log names every connection that it made."""
    log, port = folder / "microsocks.log", _free_port()
    with _running(["microsocks", "-i", "127.0.0.1", "-p", str(port), *arguments], port, log):
        yield RealProxy(port, log)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        return int(reserved.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], port: int, output: Path) -> Iterator[None]:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed (Debian packages tinyproxy-bin, microsocks)")
    with (
        output.open("wb") as stream,
        subprocess.Popen(command, stdout=stream, stderr=stream) as program,
    ):
        try:
            wait_until(lambda: _listens(port), f"{command[0]} listens: {output}")
            yield
        finally:
            program.kill()


def _listens(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def inspecting(tls: ssl.SSLContext, server_port: int) -> Callable[[socket.socket], None]:
    """Return the conversation of a proxy that reads what it carries, as companies' often do.

    It opens the way, shows its own certificate in the server's place, and passes on in the clear.
    """

    def converse(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with (
            tls.wrap_socket(connection, server_side=True) as client,
            socket.create_connection(("127.0.0.1", server_port)) as server,
        ):
            relay(client, server)

    return converse


def relay(client: socket.socket, server: socket.socket) -> None:
    """Carry bytes both ways until the server has said all."""

    def carry_up() -> None:
        while chunk := client.recv(65_536):
            server.sendall(chunk)

    upward = threading.Thread(target=_until_closed, args=(carry_up,), daemon=True)
    upward.start()
    while chunk := server.recv(65_536):
        client.sendall(chunk)


def _until_closed(carry: Callable[[], None]) -> None:
    try:
        carry()
    except OSError:
        return
