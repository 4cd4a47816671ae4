"""Which proxy a URL is reached through: the chosen one, else the environment's or the system's."""

from __future__ import annotations

import logging
import os
from typing import Final, assert_never
from urllib.parse import urlsplit

from tray_app.adapters.ending import Attempt, answer_of
from tray_app.adapters.no_proxy import is_exempt
from tray_app.adapters.proxy_address import Proxy, parse_proxy
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.problem import ProblemError

_DIRECT: Final = "direct:"
_HTTPS_PORT: Final = 443
# The desktop's portal takes at most a second by itself; Windows and macOS look names up.
_PATIENCE_SECONDS: Final = 2.0

_log = logging.getLogger(__name__)


class Proxies:
    """Says how a URL is reached, anew before each request: a laptop moves from net to net.

    Remembers what the system answered last, for when it does not answer.
    """

    def __init__(self, choice: ProxyChoice) -> None:
        self._choice = choice
        self._last_of_system: Proxy | None = None

    def proxy_for(self, url: str, attempt: Attempt) -> Proxy | None:
        """Return the proxy, None for a direct connection; ending the attempt ends the question.

        An address or none that was chosen holds whatever environment and system say. Else
        ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``, each in either case, come before the
        system's settings. http, which is spoken with this computer only, goes through no proxy:
        it would read the key. Raises ProblemError for an address that cannot be used.
        """
        if urlsplit(url).scheme != "https":
            return None
        match self._choice.kind:
            case ProxyKind.NONE:
                return None
            case ProxyKind.ADDRESS:
                return parse_proxy(self._choice.address)
            case ProxyKind.SYSTEM:
                return self._proxy_of_surroundings(url, attempt)
            case _:
                assert_never(self._choice.kind)

    def _proxy_of_surroundings(self, url: str, attempt: Attempt) -> Proxy | None:
        parts = urlsplit(url)
        exempt = _variable("no_proxy")
        if is_exempt(parts.hostname or "", parts.port or _HTTPS_PORT, exempt):
            return None
        named = _variable("https_proxy") or _variable("all_proxy")
        return parse_proxy(named) if named else self._proxy_of_system(url, attempt)

    def _proxy_of_system(self, url: str, attempt: Attempt) -> Proxy | None:
        # http needs none of it, nor does a proxy that is named: D-Bus, or urllib with e-mail.
        from tray_app.adapters import system_proxy  # noqa: PLC0415 — see above

        try:
            addresses = answer_of(lambda: system_proxy.look_up(url), _PATIENCE_SECONDS, attempt)
        except TimeoutError:
            _log.info("the system does not say which proxy to use: as before")
        else:
            self._last_of_system = _first_usable(addresses)
        return self._last_of_system


def _variable(name: str) -> str:
    """Return a variable's value, empty where there is none; an empty one in small letters holds."""
    # As urllib's getproxies_environment() does it, whose import takes 20 ms and 1 MB.
    return os.environ.get(name, os.environ.get(name.upper(), ""))


def _first_usable(addresses: list[str]) -> Proxy | None:
    """Return the first proxy of a kind that can be used; None where there is to be none."""
    unusable: ProblemError | None = None
    for address in addresses:
        if address.startswith(_DIRECT):
            return None
        try:
            return parse_proxy(address)
        except ProblemError as error:
            unusable = error
    if unusable is not None:
        raise unusable
    return None
