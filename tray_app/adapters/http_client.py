"""Opens the HTTP client: whom it believes, which proxy it goes through, how it can be ended."""

from __future__ import annotations

import logging
import os
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tray_app.adapters.light_httpx import httpx
from tray_app.adapters.trust import tls_context

if TYPE_CHECKING:
    from tray_app.adapters.ending import EndableBackend
    from tray_app.adapters.proxy_address import Proxy


def open_http(
    base_url: str,
    proxy: Proxy | None,
    backend: EndableBackend,
    *,
    tls: ssl.SSLContext | None = None,
) -> httpx.HTTPTransport:
    """Return what sends requests to ``base_url``, and connects by ``backend``.

    It is httpx without httpx's client: nothing is redirected, no cookie is kept, and whoever asks
    says all headers and limits. With ``tls`` that says whether the server is believed; a proxy
    that speaks TLS itself never gets its credentials unless it is trusted. Raises ProblemError
    where there is no certificate to trust.
    """
    # WORKAROUND(httpcore 1.0: writes a SOCKS proxy's credentials to its debug log): that log is
    # shut; remove when it does not.
    logging.getLogger("httpcore.socks").setLevel(logging.INFO)
    transport = httpx.HTTPTransport(
        verify=_context_for(base_url) if tls is None else tls,
        # Without environment and system, which were asked for the proxy before.
        trust_env=False,
        # Minutes pass between two requests: an idle connection would only be one to lose.
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
        proxy=None if proxy is None else _for_httpx(proxy),
    )
    # WORKAROUND(httpx 0.28: HTTPTransport takes no network back-end, though the pool that it
    # makes does): set on its pool; remove when httpx passes one on. Tests of abort and of
    # hanging addresses fail when this no longer reaches it.
    transport._pool._network_backend = backend  # noqa: SLF001 — see above
    return transport


def _for_httpx(proxy: Proxy) -> httpx.Proxy:
    address = httpx.URL(proxy.url)
    context = tls_context(os.environ) if address.scheme == "https" else None
    return httpx.Proxy(address, ssl_context=context)


def _context_for(base_url: str) -> ssl.SSLContext:
    if urlsplit(base_url).scheme == "https":
        return tls_context(os.environ)
    # http needs none: this one trusts nobody, and no certificate is read for it.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
