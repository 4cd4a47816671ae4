"""An account on the embedded simulator: no key and no network needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.api_key import ApiKey
from tray_app.core.problem import NoKey, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.adapters.novita_client import NovitaClient
    from tray_app.core.reading import BalanceReading

DEMO_REFRESH_INTERVAL: Final = timedelta(seconds=30)
_DEMO_KEY: Final = ApiKey("sk_demo_steady")


@dataclass(slots=True)
class DemoKeyStore:
    """Holds the demo's key in memory, so that a demo never touches the keyring."""

    key: ApiKey | None = _DEMO_KEY

    @property
    def overridden(self) -> bool:
        """Nothing overrides the demo's key."""
        return False

    def read(self) -> ApiKey:
        """Return the key; ProblemError with NoKey once it was removed."""
        if self.key is None:
            raise ProblemError(NoKey())
        return self.key

    def save(self, key: ApiKey) -> None:
        """Take another key of the simulator's."""
        self.key = key

    def delete(self) -> bool:
        """Remove the key; return whether there was one."""
        had_one = self.key is not None
        self.key = None
        return had_one

    def abort(self) -> None:
        """Memory lets nobody wait."""


class DemoSource:
    """A client with a simulator of its own, which lives as long as it does."""

    def __init__(self, make_client: Callable[[str], NovitaClient]) -> None:
        from tray_app.simulator.server import Simulator

        self._simulator = Simulator()
        self._simulator.start()
        self._client = make_client(self._simulator.url)

    def fetch_balance(self, key: ApiKey) -> BalanceReading:
        """Return a reading, or raise ProblemError or RequestAbortedError."""
        return self._client.fetch_balance(key)

    def abort(self) -> None:
        """End the request under way, if there is one; may be called from any thread."""
        self._client.abort()

    def close(self) -> None:
        """End client and simulator."""
        self._client.close()
        self._simulator.stop()
