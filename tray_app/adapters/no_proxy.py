"""NO_PROXY: which hosts are reached without one."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

_SEPARATOR: Final = re.compile(r"[,\s]+")
# A port behind a name, an IPv4 address or a bracketed IPv6 address; a bare IPv6 address has none.
_WITH_PORT: Final = re.compile(r"(\[[^\]]*\]|[^:]*):([0-9]{1,5})", re.ASCII)


def is_exempt(host: str, port: int, no_proxy: str) -> bool:
    """Return whether NO_PROXY's value names the host, which is without brackets.

    It is a list with commas or blanks, in which ``*`` means every host, ``example.com``,
    ``.example.com`` and ``*.example.com`` the domain and all below it, ``10.0.0.0/8`` the
    addresses of a network (names are not looked up), and ``:443`` behind any of them that port.
    """
    host = host.lower().rstrip(".")
    return any(_names(entry, host, port) for entry in _SEPARATOR.split(no_proxy.lower()) if entry)


def _names(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    match = _WITH_PORT.fullmatch(entry)
    if match is not None:
        if int(match.group(2)) != port:
            return False
        entry = match.group(1)
    address = _address(host)
    if address is not None:
        return _holds(entry.strip("[]"), address)
    domain = entry.removeprefix("*").strip(".")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _holds(network: str, address: IPv4Address | IPv6Address) -> bool:
    """Return whether the address is the one, or in the network, that was written."""
    try:
        return address in ip_network(network, strict=False)
    except ValueError:
        return False
