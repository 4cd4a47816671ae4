"""One answer of the balance route."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from tray_app.core.money import Usd


@dataclass(frozen=True, slots=True)
class BalanceReading:
    """The five amounts of an account at one moment.

    ``available`` is what can still be spent, ``cash`` what is left of top-ups, ``credit_limit``
    the most that may be owed, ``pending_charges`` what is not settled yet and
    ``outstanding_invoices`` what is owed now (docs: balance/detail). An amount is None where the
    reply had none: every one but ``available`` is optional, and none is never zero.
    """

    available: Usd
    taken_at: datetime
    """When the reply was complete: aware, UTC."""
    cash: Usd | None = None
    credit_limit: Usd | None = None
    pending_charges: Usd | None = None
    outstanding_invoices: Usd | None = None

    def __post_init__(self) -> None:
        if self.taken_at.utcoffset() != timedelta(0):
            raise ValueError("taken_at must be aware and in UTC")
