"""Asks Novita for the balance over HTTPS, within a budget, and can be stopped from outside."""

from __future__ import annotations

import logging
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tray_app.adapters.ending import Attempt, EndableBackend
from tray_app.adapters.http_body import body_of
from tray_app.adapters.http_client import open_http
from tray_app.adapters.http_problem import problem_of
from tray_app.adapters.light_httpx import httpx, socksio
from tray_app.adapters.novita_reply import reading_of_reply
from tray_app.adapters.proxies import Proxies
from tray_app.adapters.proxy_problem import problem_at_proxy
from tray_app.adapters.watchdog import Watchdog
from tray_app.core.configuration import ProxyChoice
from tray_app.core.light_dataclass import dataclass
from tray_app.core.problem import (
    CertificateRejected,
    Problem,
    ProblemError,
    RequestAbortedError,
    TimedOut,
)

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from tray_app.adapters.proxy_address import Proxy
    from tray_app.core.api_key import ApiKey
    from tray_app.core.reading import BalanceReading

BALANCE_PATH: Final = "/openapi/v1/billing/balance/detail"
_BUDGET: Final = timedelta(seconds=20)
_NOTHING_CHOSEN: Final = ProxyChoice()
# As httpcore's trace names them: TLS with the server begins, once the proxy has opened the way.
_STEPS_BEHIND_PROXY: Final = frozenset({"proxy.start_tls.started", "socks.start_tls.started"})

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Inspection:
    """A look at the connection itself, beside what is asked over it."""

    on_headers: Callable[[httpx.Response], None]
    """Sees each reply when its headers are there, whatever becomes of it."""
    tls: ssl.SSLContext | None = None
    """In place of what is trusted: to see a certificate that is not. Never with a key."""


class NovitaClient:
    """Makes one request at a time; lives in one thread, except for :meth:`abort`.

    ``base_url`` is https, or http on loopback, without a path. ``budget`` bounds a whole request
    from name resolution to the last byte, whatever the server does. ``proxy`` is the user's choice.
    """

    def __init__(  # noqa: PLR0913 — each says another thing of whom and how to ask
        self,
        base_url: str,
        user_agent: str,
        *,
        budget: timedelta = _BUDGET,
        clock: Callable[[], datetime] = _now,
        inspection: Inspection | None = None,
        proxy: ProxyChoice = _NOTHING_CHOSEN,
    ) -> None:
        self._base_url = base_url
        self._user_agent = user_agent
        self._budget = budget
        self._limits = httpx.Timeout(budget.total_seconds()).as_dict()
        self._clock = clock
        self._inspection = inspection
        self._proxies = Proxies(proxy)
        self._http: httpx.HTTPTransport | None = None
        self._proxy: Proxy | None = None
        self._attempt: Attempt | None = None
        self._attempt_lock = threading.Lock()
        self._watchdog = Watchdog()

    def fetch_balance(self, key: ApiKey | None) -> BalanceReading:
        """Return a reading taken now, or raise ProblemError or RequestAbortedError.

        Without a key the server says what it thinks of that, which shows that it answers.
        """
        attempt = Attempt()
        with self._attempt_lock:
            self._attempt = attempt
        self._watchdog.watch(self._budget, attempt.expire)
        proxy: Proxy | None = None
        try:
            proxy = self._proxies.proxy_for(self._base_url, attempt)
            if proxy is not None:
                _log.info("balance: through the proxy %s", proxy)
            reading = self._ask(self._http_through(proxy), key, attempt)
        except (ProblemError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise self._failure(error, attempt, proxy) from None
        # WORKAROUND(httpcore 1.0: lets socksio's exceptions through as they are): caught behind
        # httpx's, for socksio is loaded here; remove when they become a ProxyError.
        except socksio.SOCKSError as error:
            raise self._failure(error, attempt, proxy) from None
        finally:
            self._watchdog.rest()
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
        self._close_http()
        self._watchdog.end()

    def _ask(
        self, http: httpx.HTTPTransport, key: ApiKey | None, attempt: Attempt
    ) -> BalanceReading:
        with closing(http.handle_request(self._request(key, attempt))) as response:
            if self._inspection is not None:
                self._inspection.on_headers(response)
            attempt.refused = response.status_code != HTTPStatus.OK
            body = body_of(response)
            _log.info("balance: HTTP %d, %d bytes", response.status_code, len(body))
            return reading_of_reply(response.status_code, response.headers, body, self._clock())

    def _request(self, key: ApiKey | None, attempt: Attempt) -> httpx.Request:
        def on_step(name: str, _: object) -> None:
            attempt.tunnelled = attempt.tunnelled or name in _STEPS_BEHIND_PROXY

        url = httpx.URL(self._base_url + BALANCE_PATH)
        headers = {
            # Else httpx asks idna about a name that begins with xn--, which refuses many of them.
            "Host": url.netloc.decode("ascii"),
            # docs: both required, on a GET too. The agent is our own: the edge answered
            # 403 to a library's default.
            "Content-Type": "application/json",
            "User-Agent": self._user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if key is not None:
            headers["Authorization"] = f"Bearer {key.reveal()}"
        return httpx.Request(
            "GET",
            url,
            headers=headers,
            extensions={"timeout": self._limits, "trace": on_step},
        )

    def _close_http(self) -> None:
        if self._http is not None:
            self._http.close()
            self._http = None

    def _http_through(self, proxy: Proxy | None) -> httpx.HTTPTransport:
        """Return what sends requests that way: the one at hand while nothing changes."""
        if self._http is None or self._proxy != proxy:
            self._close_http()
            self._http = open_http(
                self._base_url,
                proxy,
                EndableBackend(lambda: self._attempt),
                tls=None if self._inspection is None else self._inspection.tls,
            )
            self._proxy = proxy
        return self._http

    def _failure(self, error: Exception, attempt: Attempt, proxy: Proxy | None) -> ProblemError:
        """Return what to raise instead; raises RequestAbortedError if nobody wants to know."""
        problem = self._problem(error, attempt, proxy)
        _log.info("balance: %s: %r", type(error).__name__, problem)
        if isinstance(problem, CertificateRejected):
            # Whoever has mended what is trusted needs no new start.
            self._close_http()
        return ProblemError(problem)

    def _problem(self, error: Exception, attempt: Attempt, proxy: Proxy | None) -> Problem:
        """Return what went wrong, and where; raises RequestAbortedError if nobody wants to know."""
        if attempt.aborted:
            raise RequestAbortedError from None
        if proxy is not None and not attempt.tunnelled and not isinstance(error, ProblemError):
            return problem_at_proxy(error, attempt)
        if attempt.refused and isinstance(error, ProblemError):
            # The status said it all, whatever became of the page behind it.
            return error.problem
        over_tls = urlsplit(self._base_url).scheme == "https"
        return TimedOut() if attempt.expired else problem_of(error, over_tls=over_tls)


def _raise_if_ended(attempt: Attempt) -> None:
    if attempt.aborted:
        raise RequestAbortedError from None
    if attempt.expired:
        _log.info("balance: the time was over")
        raise ProblemError(TimedOut()) from None
