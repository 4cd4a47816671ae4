"""An account that has spent for weeks, and ways to ask for its bills."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tests.simulator.clock import NOW
from tray_app.simulator.ledger import DAY, FINE_PER_USD, WEEK, SteadySpending, TopUp
from tray_app.simulator.scripts import WORKING_WEEK

if TYPE_CHECKING:
    import httpx

OPENED: Final = int(datetime(2026, 2, 25, 9, 17, 5, tzinfo=UTC).timestamp())
ACCOUNT: Final = SteadySpending(
    cash=900_000,
    per_hour=10_000,
    opened_at=OPENED,
    top_ups=(TopUp(OPENED + DAY, 250_000), TopUp(OPENED + WEEK, 500_000), TopUp(NOW + 1, 1)),
    voucher_until=OPENED + 2 * DAY + 1_234,
    rhythm=WORKING_WEEK,
)
BILL_LIST: Final = "/openapi/v1/billing/bill/list"
BY_KEY: Final = "/openapi/v1/billing/apikey/bill/list"
Row = dict[str, str]
Query = dict[str, str | int]


def rows(client: httpx.Client, query: Query, path: str = BILL_LIST) -> list[Row]:
    """Return the bills that the API answers with; fails unless it does."""
    reply = client.get(path, params=query)
    assert reply.status_code == 200, reply.text
    bills: list[Row] = reply.json()["bills"]
    return bills


def spent(start: int, end: int) -> Decimal:
    """Return what the account spent between two moments, in dollars."""
    return Decimal(ACCOUNT.spent(end) - ACCOUNT.spent(start)) / FINE_PER_USD
