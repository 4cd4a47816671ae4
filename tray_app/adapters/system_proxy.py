"""The proxy that the system is set to, as its addresses, best first."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

if sys.platform == "linux":
    from tray_app.adapters import desktop_proxy
else:
    import urllib.request


def look_up(url: str) -> list[str]:
    """Return the addresses through which the system wants an https URL reached.

    ``direct://`` among them means without a proxy, as does an empty list. Raises TimeoutError
    when the system does not answer. Windows and macOS may look the host's name up, for as long
    as that takes.
    """
    addresses: list[str] = []
    # Not urllib's getproxies(): any variable that ends in _proxy hides the system's settings there.
    if sys.platform == "linux":
        addresses = desktop_proxy.look_up(url, os.environ)
    elif sys.platform == "darwin":
        if not urllib.request.proxy_bypass_macosx_sysconf(urlsplit(url).netloc):  # type: ignore[attr-defined]  # not in typeshed
            addresses = _https_or_socks(urllib.request.getproxies_macosx_sysconf())  # type: ignore[attr-defined]  # the same
    elif sys.platform == "win32":
        if not urllib.request.proxy_bypass_registry(urlsplit(url).netloc):  # type: ignore[attr-defined]  # the same
            addresses = _https_or_socks(urllib.request.getproxies_registry())  # type: ignore[attr-defined]  # the same
    return addresses


def _https_or_socks(settings: dict[str, str]) -> list[str]:
    """Return the proxy for https; else the one for SOCKS, whose scheme macOS gives as http."""
    if "https" in settings:
        return [settings["https"]]
    if "socks" in settings:
        return ["socks5://" + settings["socks"].rpartition("://")[2]]
    return []
