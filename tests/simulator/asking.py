"""Ways to ask the simulator: a client, one request, or the bytes of one."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

import httpx

from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    import socket

KEY: Final = "sk_server_secret"
AGENT: Final = "novita-tray/test"


def headers_of(key: str) -> dict[str, str]:
    """Return what the edge and the API ask of every request."""
    return {"Authorization": f"Bearer {key}", "User-Agent": AGENT}


HEADERS: Final = headers_of(KEY)
HEAD: Final = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
REQUEST: Final = f"GET {BALANCE_PATH} HTTP/1.1\r\nHost: novita\r\n{HEAD}\r\n".encode()
# Spares loading certificates.
_NO_TLS: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def opened(url: str, key: str = KEY) -> httpx.Client:
    """Return a client that keeps its connection; a context manager."""
    return httpx.Client(base_url=url, headers=headers_of(key), verify=_NO_TLS, trust_env=False)


def get(url: str, **headers: str) -> httpx.Response:
    """Ask on a connection of its own."""
    return httpx.get(url, headers={**HEADERS, **headers}, verify=_NO_TLS, trust_env=False)


def read_all(connection: socket.socket) -> bytes:
    """Return what the simulator sends until it closes the connection."""
    return b"".join(iter(lambda: connection.recv(65_536), b""))
