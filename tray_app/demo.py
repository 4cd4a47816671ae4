"""An account on the embedded simulator: no key and no network needed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from tray_app.core.api_key import ApiKey
from tray_app.core.money import ZERO, Usd
from tray_app.core.problem import NoKey, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from tray_app.adapters.history_file import HistoryFile
    from tray_app.adapters.novita_client import NovitaClient
    from tray_app.core.history import Entry
    from tray_app.core.reading import BalanceReading
    from tray_app.simulator.ledger import SteadySpending

DEMO_REFRESH_INTERVAL: Final = timedelta(seconds=30)
_DEMO_KEY: Final = ApiKey("sk_demo_steady")
# Seconds.
_HOUR: Final = 3_600
_IN_DETAIL: Final = 48 * _HOUR
_FINE_STEP: Final = 300


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


def demo_history(zone: tzinfo) -> HistoryFile:
    """Return five weeks of the demo's account up to now, in memory."""
    from tray_app.adapters.history_file import HistoryFile

    history = HistoryFile(None, zone=zone)
    history.import_readings(_past(_demo_start()))
    return history


@cache
def _demo_start() -> int:
    """Return when the demo's story begins (Unix seconds): the same for account and history."""
    return int(time.time())


def _past(start: int) -> Iterator[Entry]:
    """Yield what the tray would have recorded before ``start``, in smaller steps of late."""
    from tray_app.core.change import change_between
    from tray_app.core.history import Entry
    from tray_app.simulator.ledger import FINE_PER_WIRE
    from tray_app.simulator.scripts import HISTORY, steady_account

    account = steady_account(start)
    before: BalanceReading | None = None
    paid = 0
    for moment in (
        *range(start - HISTORY, start - _IN_DETAIL, _HOUR),
        *range(start - _IN_DETAIL, start, _FINE_STEP),
    ):
        reading = _reading_at(account, moment)
        paid_before, paid = paid, account.paid(moment)
        if before is None:
            yield Entry(reading)
        else:
            usual = Usd.of_units((paid - paid_before) // FINE_PER_WIRE)
            yield Entry(reading, before.taken_at, change_between(before, reading, usual))
        before = reading


def _reading_at(account: SteadySpending, moment: int) -> BalanceReading:
    from tray_app.core.reading import BalanceReading

    cash = account.cash_at(moment)
    return BalanceReading(
        available=Usd.of_units(cash + account.credit_limit),
        taken_at=datetime.fromtimestamp(moment, UTC),
        cash=Usd.of_units(cash),
        credit_limit=Usd.of_units(account.credit_limit),
        pending_charges=ZERO,
        outstanding_invoices=ZERO,
    )


class DemoSource:
    """A client with a simulator of its own, which lives as long as it does."""

    def __init__(self, make_client: Callable[[str], NovitaClient]) -> None:
        from tray_app.simulator.scripts import demo_accounts
        from tray_app.simulator.server import Simulator

        self._simulator = Simulator(demo_accounts(_demo_start()))
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
