"""Ways to ask for the balance in a test, and to wait for a state with a deadline."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.core.samples import NOW
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.api_key import ApiKey
from tray_app.core.configuration import ProxyChoice
from tray_app.core.problem import Problem, ProblemError, RequestAbortedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tray_app.core.reading import BalanceReading

SECRET: Final = "sk_test_key"
KEY: Final = ApiKey(SECRET)
SYSTEM_PROXY: Final = ProxyChoice()
AGENT: Final = "novita-tray/0.0.test"
AMPLE: Final = 10.0
"""Seconds within which a test's own machinery must have done its part."""
SOON: Final = 3.0
"""Seconds within which an aborted request must have ended."""
_NOBODY: Final = Path(__file__).with_name("nobody.pem")
_VARIABLES: Final = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    # The desktop's own proxy is asked for there.
    "DBUS_SESSION_BUS_ADDRESS",
    "SSL_CERT_DIR",
    "NOVITA_API_KEY",
)


def neutral_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove what would send requests elsewhere or name a key; trust one unknown authority.

    So no test depends on which certificates the machine has.
    """
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(_NOBODY))


@contextmanager
def opened(
    base_url: str, budget: float | None = AMPLE, *, proxy: ProxyChoice = SYSTEM_PROXY
) -> Iterator[NovitaClient]:
    """Give a client with a budget in seconds (None: its own) and a clock that stands at NOW."""
    if budget is None:
        client = NovitaClient(base_url, AGENT, clock=lambda: NOW, proxy=proxy)
    else:
        client = NovitaClient(
            base_url, AGENT, budget=timedelta(seconds=budget), clock=lambda: NOW, proxy=proxy
        )
    try:
        yield client
    finally:
        client.close()


def read(base_url: str) -> BalanceReading:
    """Return the reading of one request."""
    with opened(base_url) as client:
        return client.fetch_balance(KEY)


def problem_at(base_url: str, budget: float = AMPLE) -> Problem:
    """Return the problem that one request meets."""
    with opened(base_url, budget) as client, pytest.raises(ProblemError) as caught:
        client.fetch_balance(KEY)
    return caught.value.problem


def wait_until(probe: Callable[[], bool], what: str) -> None:
    """Poll until the probe holds; fails after AMPLE seconds."""
    deadline = time.monotonic() + AMPLE
    while not probe():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.002)


class Asking:
    """One request in a thread of its own; ``outcome`` is what it ended with."""

    def __init__(self, client: NovitaClient) -> None:
        self._client = client
        self.outcome: BalanceReading | Problem | RequestAbortedError | None = None
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def seconds_to_end(self) -> float:
        """Wait for the end of the request and return how long that took."""
        begin = time.monotonic()
        self._thread.join(AMPLE)
        assert not self._thread.is_alive(), "the request never ended"
        return time.monotonic() - begin

    def _ask(self) -> None:
        try:
            self.outcome = self._client.fetch_balance(KEY)
        except ProblemError as error:
            self.outcome = error.problem
        except RequestAbortedError as error:
            self.outcome = error
