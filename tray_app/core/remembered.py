"""What a history remembers at its end, and what it says about a reading that comes after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_app.core.change import change_between, usual_spending
from tray_app.core.money import ZERO
from tray_app.core.outlook import TopUp, outlook_of
from tray_app.core.spend import Spend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from tray_app.core.outlook import Outlook
    from tray_app.core.reading import BalanceReading


@dataclass(frozen=True, slots=True)
class Remembered:
    """The end of an account's history."""

    reading: BalanceReading
    """The last one."""
    spends: Sequence[Spend]
    """In order, without a break, up to that reading; LOOK_BACK of them tell all that is used."""
    last_top_up: TopUp | None = None
    key_mark: str | None = None
    """Tells which key the reading was made with; None where that is not known."""

    def outlook(self, zone: tzinfo) -> Outlook:
        """Return what is known beyond the last reading."""
        return outlook_of(self.reading, self.spends, self.last_top_up, zone)

    def outlook_after(self, reading: BalanceReading, zone: tzinfo) -> Outlook:
        """Return what the history would say about a newer reading, had it been recorded."""
        since, at = self.reading.taken_at, reading.taken_at
        if at <= since:
            # Taken at the same moment, or by a clock that is behind: nothing lies between.
            return outlook_of(reading, self.spends, self.last_top_up, zone)
        usual = usual_spending(self.spends, at - since)
        change = change_between(self.reading, reading, usual)
        top_up = TopUp(change.topped_up, at) if change.topped_up > ZERO else self.last_top_up
        return outlook_of(reading, [*self.spends, Spend(since, at, change.spent)], top_up, zone)
