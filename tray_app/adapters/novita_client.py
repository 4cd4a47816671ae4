"""Asks Novita for the balance over HTTPS, within a budget, and can be stopped from outside."""

from __future__ import annotations

import logging
import os
import ssl
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx

from tray_app.adapters.ending import Attempt, EndableBackend
from tray_app.adapters.http_body import body_of
from tray_app.adapters.http_problem import problem_of
from tray_app.adapters.novita_reply import reading_of_reply
from tray_app.adapters.trust import tls_context
from tray_app.core.problem import (
    CertificateRejected,
    ProblemError,
    ProxyFailed,
    ProxyFault,
    RequestAbortedError,
    TimedOut,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.api_key import ApiKey
    from tray_app.core.reading import BalanceReading

BALANCE_PATH: Final = "/openapi/v1/billing/balance/detail"
_BUDGET: Final = timedelta(seconds=20)

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class NovitaClient:
    """Makes one request at a time; lives in one thread, except for :meth:`abort`.

    ``base_url`` is https, or http on loopback, without a path. ``budget`` bounds a whole request
    from name resolution to the last byte, whatever the server does. ``on_headers`` sees each reply
    when its headers are there, whatever becomes of it.
    """

    def __init__(
        self,
        base_url: str,
        user_agent: str,
        *,
        budget: timedelta = _BUDGET,
        clock: Callable[[], datetime] = _now,
        on_headers: Callable[[httpx.Response], None] | None = None,
    ) -> None:
        self._base_url = base_url
        self._user_agent = user_agent
        self._budget_seconds = budget.total_seconds()
        self._clock = clock
        self._on_headers = on_headers
        self._http: httpx.Client | None = None
        self._attempt: Attempt | None = None
        self._attempt_lock = threading.Lock()

    def fetch_balance(self, key: ApiKey | None) -> BalanceReading:
        """Return a reading taken now, or raise ProblemError or RequestAbortedError.

        Without a key the server says what it thinks of that, which shows that it answers.
        """
        if self._http is None:
            self._http = self._opened_http()
        attempt = Attempt()
        with self._attempt_lock:
            self._attempt = attempt
        watchdog = threading.Timer(self._budget_seconds, attempt.expire)
        watchdog.daemon = True
        watchdog.start()
        try:
            reading = self._ask(self._http, key)
        except (ProblemError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            _raise_if_ended(attempt)
            problem = problem_of(error)
            _log.info("balance: %s: %r", type(error).__name__, problem)
            if isinstance(problem, CertificateRejected):
                # Whoever has mended what is trusted needs no new start.
                self.close()
            raise ProblemError(problem) from None
        finally:
            watchdog.cancel()
            with self._attempt_lock:
                self._attempt = None
            attempt.release()
        # A body without a length seems whole when its connection is shut down.
        _raise_if_ended(attempt)
        return reading

    def abort(self) -> None:
        """End the request under way, if there is one; may be called from any thread."""
        with self._attempt_lock:
            attempt = self._attempt
        if attempt is not None:
            attempt.abort()

    def close(self) -> None:
        """Give back what the client holds."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _ask(self, http: httpx.Client, key: ApiKey | None) -> BalanceReading:
        headers = {} if key is None else {"Authorization": f"Bearer {key.reveal()}"}
        with http.stream("GET", BALANCE_PATH, headers=headers) as response:
            body = body_of(response)
            _log.info("balance: HTTP %d, %d bytes", response.status_code, len(body))
            return reading_of_reply(response.status_code, response.headers, body, self._clock())

    def _opened_http(self) -> httpx.Client:
        """Return the HTTP client; it reads the environment's proxies and certificates."""
        is_https = urlsplit(self._base_url).scheme == "https"
        try:
            http = httpx.Client(
                base_url=self._base_url,
                headers={
                    # docs: both required, on a GET too. The agent is our own: the edge answered
                    # 403 to a library's default.
                    "Content-Type": "application/json",
                    "User-Agent": self._user_agent,
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",
                },
                timeout=self._budget_seconds,
                follow_redirects=False,
                event_hooks={"response": [self._on_headers] if self._on_headers else []},
                # Minutes pass between two requests: an idle connection would only be one to lose.
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
                verify=tls_context(os.environ) if is_https else _trusting_nobody(),
                # A key for a loopback server must not travel to the proxy of the environment.
                trust_env=is_https,
            )
        except (httpx.InvalidURL, ValueError, ImportError) as error:
            _log.warning("the proxy's settings cannot be used: %s", type(error).__name__)
            raise ProblemError(ProxyFailed(ProxyFault.SETTINGS)) from None
        backend = EndableBackend(lambda: self._attempt)
        # WORKAROUND(httpx 0.28: HTTPTransport takes no network back-end, though the pool that it
        # makes does): set on its pools; remove when httpx passes one on. Tests of abort and of
        # hanging addresses fail when this no longer reaches them.
        for transport in (http._transport, *http._mounts.values()):  # noqa: SLF001 — see above
            if isinstance(transport, httpx.HTTPTransport):
                transport._pool._network_backend = backend  # noqa: SLF001 — see above
        return http


def _trusting_nobody() -> ssl.SSLContext:
    """Return the context for http, where no TLS is spoken and no certificate need be read."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _raise_if_ended(attempt: Attempt) -> None:
    if attempt.aborted:
        raise RequestAbortedError from None
    if attempt.expired:
        _log.info("balance: the time was over")
        raise ProblemError(TimedOut()) from None
