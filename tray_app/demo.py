"""An account on the embedded simulator: no key and no network needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from tray_app.core.api_key import ApiKey
from tray_app.core.problem import NoKey, ProblemError

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


def start_demo_server() -> str:
    """Start the simulator for as long as the program runs and return its address."""
    from tray_app.simulator.server import Simulator

    simulator = Simulator()
    simulator.start()
    return simulator.url
