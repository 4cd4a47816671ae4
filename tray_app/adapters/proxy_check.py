"""Which proxy the API is reached through, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tray_app.adapters.ending import Attempt
from tray_app.adapters.light_httpx import httpx
from tray_app.adapters.paths import SETTINGS_NAME
from tray_app.adapters.proxies import Proxies
from tray_app.core.checkup import ProxyFound
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLES: Final = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
_SYSTEM: Final = "the system's settings"
_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080}


def proxy_found(api_url: str, choice: ProxyChoice, environ: Mapping[str, str]) -> ProxyFound:
    """Return the proxy's host and port, or that there is none. Never its credentials."""
    host = urlsplit(api_url).hostname or ""
    if choice.kind is ProxyKind.NONE:
        return ProxyFound(host, source=SETTINGS_NAME)
    if choice.kind is ProxyKind.ADDRESS:
        source = SETTINGS_NAME
    else:
        source = next((name for name in _VARIABLES if environ.get(name)), _SYSTEM)
    try:
        proxy = Proxies(choice).proxy_for(api_url, Attempt())
    except ProblemError as error:
        return ProxyFound(host, source=source, problem=error.problem)
    if proxy is None:
        return ProxyFound(host)
    address = httpx.URL(proxy.url)
    return ProxyFound(host, address.host, address.port or _PORTS[address.scheme], source)
