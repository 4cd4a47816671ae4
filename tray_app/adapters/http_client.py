"""Opens the HTTP client: whom it believes, which proxy it goes through, how it can be ended."""

from __future__ import annotations

import logging
import os
import ssl
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tray_app.adapters.light_httpx import httpx
from tray_app.adapters.trust import tls_context

if TYPE_CHECKING:
    from datetime import timedelta

    from tray_app.adapters.ending import EndableBackend
    from tray_app.adapters.proxy_address import Proxy


def open_http(  # noqa: PLR0913 — each says another thing of the connection
    base_url: str,
    user_agent: str,
    proxy: Proxy | None,
    backend: EndableBackend,
    limit: timedelta,
    *,
    tls: ssl.SSLContext | None = None,
) -> httpx.Client:
    """Return a client that connects by ``backend`` and follows no redirect.

    ``limit`` is for each operation. With ``tls`` that says whether the server is believed; a proxy
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
    http = httpx.Client(
        base_url=base_url,
        headers={
            # docs: both required, on a GET too. The agent is our own: the edge answered
            # 403 to a library's default.
            "Content-Type": "application/json",
            "User-Agent": user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        },
        timeout=limit.total_seconds(),
        follow_redirects=False,
        trust_env=False,
        transport=transport,
        event_hooks={"response": [_forget_where_to]},
    )
    # None is kept: it would go out with another account's key, and they would grow without end.
    http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return http


def _forget_where_to(response: httpx.Response) -> None:
    """Let httpx not read where a redirect leads: nobody goes there, and it may be no address."""
    response.headers.pop("location", None)


def _for_httpx(proxy: Proxy) -> httpx.Proxy:
    address = httpx.URL(proxy.url)
    context = tls_context(os.environ) if address.scheme == "https" else None
    return httpx.Proxy(address, ssl_context=context)


def _context_for(base_url: str) -> ssl.SSLContext:
    if urlsplit(base_url).scheme == "https":
        return tls_context(os.environ)
    # http needs none: this one trusts nobody, and no certificate is read for it.
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
