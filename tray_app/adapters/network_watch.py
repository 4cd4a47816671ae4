"""Linux's own word that something about the network has changed, with no service between.

The kernel tells over a netlink socket (man 7 rtnetlink), also where no NetworkManager runs, and
within a network namespace. What it tells is taken as a reason to look, not as the answer.
"""

from __future__ import annotations

import array
import contextlib
import os
import socket
import struct
import sys
from typing import Final

if sys.platform == "linux":
    import fcntl

# linux/rtnetlink.h: links, addresses and routes of both families.
_GROUPS: Final = 0x1 | 0x10 | 0x40 | 0x100 | 0x400
# linux/if.h and linux/sockios.h
_SIOCGIFFLAGS: Final = 0x8913
_INTERFACE_REQUEST: Final = struct.Struct("16sH22x")
_LOOPBACK: Final = 0x8
_RUNNING: Final = 0x40
# Addresses that nobody has (RFC 5737, RFC 3849): only the way to them is asked for.
_SOMEWHERE: Final = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
_SOME_PORT: Final = 443
_LARGEST_MESSAGE: Final = 65_536


class NetworkWatch:
    """Notices a link that comes up and another way out; closes with :meth:`close`.

    Only what is new counts: a router that repeats itself, or an address that is renewed, does not.
    """

    def __init__(self, events: socket.socket) -> None:
        self._events = events
        self._known = _ways_out()

    def fileno(self) -> int:
        """Return the socket's descriptor."""
        return self._events.fileno()

    def gained(self) -> bool:
        """Take in what has changed; return whether there is a way out that was not there."""
        # A socket that overflowed says so with an error; what it lost does not matter.
        with contextlib.suppress(OSError):
            while self._events.recv(_LARGEST_MESSAGE):
                pass
        try:
            before, self._known = self._known, _ways_out()
        except OSError:
            # No descriptor is free, for one: the next change is looked at again.
            return False
        return bool(self._known - before)

    def close(self) -> None:
        """Close the socket."""
        self._events.close()


def watch_network() -> NetworkWatch | None:
    """Return a watch; None on other systems, and where a sandbox allows none."""
    if sys.platform != "linux":
        return None
    with contextlib.suppress(OSError):
        events = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
        events.settimeout(0)
        try:
            events.bind((0, _GROUPS))
        except OSError:
            events.close()
            raise
        return NetworkWatch(events)
    return None


def _ways_out() -> frozenset[str]:
    """Return the links that run, and the addresses from which packets would leave."""
    return frozenset(_running_links()) | frozenset(_source_addresses())


def _running_links() -> list[str]:
    if sys.platform != "linux":
        return []
    links = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _index, name in socket.if_nameindex():
            request = array.array("B", _INTERFACE_REQUEST.pack(os.fsencode(name), 0))
            # It may have gone meanwhile.
            with contextlib.suppress(OSError):
                fcntl.ioctl(asking, _SIOCGIFFLAGS, request)
                _name, flags = _INTERFACE_REQUEST.unpack(request)
                if flags & _RUNNING and not flags & _LOOPBACK:
                    links.append(f"link {name}")
    return links


def _source_addresses() -> list[str]:
    addresses = []
    for family, address in _SOMEWHERE:
        # Connecting such a socket chooses a route, and sends nothing.
        with (
            contextlib.suppress(OSError),
            socket.socket(family, socket.SOCK_DGRAM) as asking,
        ):
            asking.connect((address, _SOME_PORT))
            addresses.append(f"address {asking.getsockname()[0]}")
    return addresses
