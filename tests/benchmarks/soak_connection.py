"""What the program of a soak is given: a clock that leaps, and clients for several addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.benchmarks.soak_weather import Route, Weather, cycle
from tray_app.adapters.novita_client import NovitaClient
from tray_app.wiring import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.core.api_key import ApiKey
    from tray_app.core.reading import BalanceReading

_LITTLE_TIME: Final = timedelta(seconds=0.5)


class LeapingClock:
    """The wall clock, and the time that was leapt over."""

    def __init__(self) -> None:
        self._leapt = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._leapt

    def leap_to(self, moment: datetime) -> None:
        """Let it be that moment, unless it is later already."""
        self._leapt += max(moment - self(), timedelta(0))


class RoutedSource:
    """Real clients, one for each place that a request of the soak goes to."""

    def __init__(self, clients: dict[Route, NovitaClient], routes: Iterator[Route]) -> None:
        self._clients = clients
        self._routes = routes

    def fetch_balance(self, key: ApiKey) -> BalanceReading:
        """Ask where this cycle's request goes."""
        return self._clients[next(self._routes)].fetch_balance(key)

    def abort(self) -> None:
        """End the request under way."""
        for client in self._clients.values():
            client.abort()

    def close(self) -> None:
        """End every client."""
        for client in self._clients.values():
            client.close()


@dataclass(frozen=True, slots=True)
class SoakConnection(Connection):
    """The program's connection with the leaping clock, and in foul weather other addresses too."""

    weather: Weather = Weather.FAIR
    clock: LeapingClock = field(default_factory=LeapingClock)
    urls: dict[Route, str] = field(default_factory=dict)

    def own_share(self) -> float:
        """Return a share that is kept nowhere."""
        return 0.5

    def make_client(self) -> RoutedSource:  # type: ignore[override]  # as good a source
        """Return the real clients."""
        agent = "novita-tray-soak"
        clients = {
            route: NovitaClient(url, agent, budget=_LITTLE_TIME, clock=self.clock)
            if route is Route.IMPATIENT
            else NovitaClient(url, agent, clock=self.clock)
            for route, url in self.urls.items()
        }
        for client in clients.values():
            # Each has a thread from its first request on: all are there before any is counted.
            client._watchdog.watch(_LITTLE_TIME, lambda: None)
            client._watchdog.rest()
        return RoutedSource(clients, self._routes())

    def _routes(self) -> Iterator[Route]:
        number = 0
        while True:
            yield cycle(self.weather, number).route
            number += 1
