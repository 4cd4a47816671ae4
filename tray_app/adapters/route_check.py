"""The first hop towards the API: how long its name and a connection to it take."""

from __future__ import annotations

import socket
import time
from datetime import timedelta
from ipaddress import ip_address
from typing import Final

from tray_app.adapters.http_problem import problem_of
from tray_app.adapters.limited import LimitedQuestion
from tray_app.core.checkup import Broken, RouteFound, Unfinished
from tray_app.core.problem import ConnectionFault, Offline, Problem, TimedOut

_CLOCK: Final = time.monotonic


def route_found(host: str, port: int, limit: timedelta, *, is_proxy: bool) -> RouteFound:
    """Return the times, or the problem that stood in the way; ``limit`` is for each of the two."""
    begin = _CLOCK()
    addresses = LimitedQuestion("name resolution", limit, lambda: _addresses(host, port)).answer()
    looked_up = None if _is_ip_address(host) else timedelta(seconds=_CLOCK() - begin)
    if isinstance(addresses, Unfinished | Broken):
        return RouteFound(host, port, is_proxy, problem=TimedOut())
    if not addresses:
        not_found = Offline(ConnectionFault.NAME_NOT_FOUND)
        return RouteFound(host, port, is_proxy, looked_up, problem=not_found)
    begin = _CLOCK()
    problem = _problem_of_connecting(addresses, begin + limit.total_seconds())
    connected = None if problem is not None else timedelta(seconds=_CLOCK() - begin)
    return RouteFound(host, port, is_proxy, looked_up, connected, problem)


def _is_ip_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _addresses(host: str, port: int) -> list[tuple[str, int]]:
    """Return each address once, in the system's order; none where the name is not known."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys((str(entry[4][0]), port) for entry in found))


def _problem_of_connecting(addresses: list[tuple[str, int]], deadline: float) -> Problem | None:
    """Return None once one address takes a connection, else why the last did not."""
    problem: Problem = TimedOut()
    for tried, address in enumerate(addresses):
        # An address that swallows everything must leave time for those behind it.
        share = (deadline - _CLOCK()) / (len(addresses) - tried)
        try:
            socket.create_connection(address, max(share, 0.001)).close()
        except TimeoutError:
            problem = TimedOut()
        except OSError as error:
            problem = problem_of(error)
        else:
            return None
    return problem
