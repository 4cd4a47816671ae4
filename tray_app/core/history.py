"""What an account's history consists of: readings, and what happened between them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd
from tray_app.core.spend import Spend

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.core.reading import BalanceReading


LONGEST_STEP: Final = timedelta(minutes=75)
"""Between two readings of a program that runs: an hour, which jitter stretches by a tenth."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between two readings that follow each other; no amount but one is negative."""

    spent: Usd = ZERO
    topped_up: Usd = ZERO
    refunded: Usd = ZERO
    """Came back without a payment: charges that were taken back or released."""
    credit_limit: Usd = ZERO
    """By how much another credit limit changed what is available; negative where it was lowered."""
    invoices_settled: Usd = ZERO
    """By how much invoices paid from elsewhere raised what is available."""

    def __add__(self, other: Change) -> Change:
        return Change(
            spent=self.spent + other.spent,
            topped_up=self.topped_up + other.topped_up,
            refunded=self.refunded + other.refunded,
            credit_limit=self.credit_limit + other.credit_limit,
            invoices_settled=self.invoices_settled + other.invoices_settled,
        )

    @property
    def net(self) -> Usd:
        """By how much all of it together changed what is available."""
        gained = self.topped_up + self.refunded + self.credit_limit + self.invoices_settled
        return gained - self.spent

    @property
    def is_eventful(self) -> bool:
        """Whether there was more than spending."""
        return self != Change(spent=self.spent)


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading in the history, and how it came from the one before."""

    reading: BalanceReading
    since: datetime | None = None
    """When the entry before was read (UTC); None where a history begins, also with another key."""
    change: Change = Change()

    @property
    def spend(self) -> Spend | None:
        """What was spent since the entry before; None where there is none."""
        if self.since is None:
            return None
        return Spend(self.since, self.reading.taken_at, self.change.spent)


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money that was paid in."""

    amount: Usd
    at: datetime
    """Aware, UTC: the first reading that showed it."""


def top_up_of(entry: Entry) -> TopUp | None:
    """Return what an entry shows to have been paid in; None where that is nothing."""
    amount = entry.change.topped_up
    return TopUp(amount, entry.reading.taken_at) if amount > ZERO else None


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """The balance at a moment, for drawing."""

    at: datetime
    """Aware, UTC."""
    available: Usd
    after_gap: bool = False
    """Whether nobody looked for so long before it that the line up to it is a guess."""
