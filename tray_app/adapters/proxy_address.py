"""A proxy's address as people and systems write it; its credentials are shown nowhere."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from tray_app.adapters.light_httpx import httpx
from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import ProblemError, ProxyFailed, ProxyFault

# GNOME and many shell profiles write socks://. httpx lets the proxy look names up in either case.
_SCHEMES: Final = {
    "http": "http",
    "https": "https",
    "socks": "socks5",
    "socks5": "socks5",
    "socks5h": "socks5",
}
_HIGHEST_PORT: Final = 65_535
_MOST_CREDENTIAL_BYTES: Final = 255
"""What fits into the log-in of SOCKS 5 (RFC 1929)."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that httpx can use; ``repr`` and ``str`` are its address without credentials."""

    url: str = field(repr=False)
    """With the credentials, percent-encoded."""

    def __str__(self) -> str:
        address = httpx.URL(self.url)
        return str(address.copy_with(userinfo=b""))

    def __repr__(self) -> str:
        return f"Proxy({self})"


def parse_proxy(text: str) -> Proxy:
    """Return the proxy of an address such as ``proxy.example:3128``; without a scheme it is http.

    Raises ProblemError (ProxyFault.SETTINGS) for what cannot be used: another scheme, no host,
    a path, credentials that are too long.
    """
    text = text.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        address = httpx.URL(text)
        scheme = _SCHEMES[address.scheme]
        usable = (
            address.host
            # What no name may hold stands escaped there.
            and "%" not in address.host
            and address.raw_path in {b"", b"/"}
            and not address.fragment
            and (address.port is None or 0 < address.port <= _HIGHEST_PORT)
            and all(
                len(part.encode()) <= _MOST_CREDENTIAL_BYTES
                for part in (address.username, address.password)
            )
        )
    except (httpx.InvalidURL, ValueError, KeyError):
        usable = False
    if not usable:
        raise ProblemError(ProxyFailed(ProxyFault.SETTINGS)) from None
    return Proxy(str(address.copy_with(scheme=scheme)))
