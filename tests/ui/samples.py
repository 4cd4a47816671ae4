"""Keys, a moment and readings of the tests of the user interface."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from tray_app.core.api_key import ApiKey
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

KEY: Final = ApiKey("sk_test_first")
OTHER_KEY: Final = ApiKey("sk_test_other")
HANGING_KEY: Final = ApiKey("sk_test_hanging")
NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)


def reading_of(cents: int, at: datetime = NOON) -> BalanceReading:
    """A reply with everything but pending charges."""
    return BalanceReading(
        available=Usd.of_cents(cents),
        taken_at=at,
        cash=Usd.of_cents(cents),
        credit_limit=Usd.of_cents(0),
        outstanding_invoices=Usd.of_cents(0),
    )
