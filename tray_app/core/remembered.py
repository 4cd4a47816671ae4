"""What a history remembers at its end, and what it says about a reading that comes after."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.change import change_between, usual_spending
from tray_app.core.history import Entry, TopUp, top_up_of
from tray_app.core.light_dataclass import dataclass
from tray_app.core.outlook import outlook_of
from tray_app.core.runway import LOOK_BACK
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    from datetime import tzinfo

    from tray_app.core.history_problem import HistoryProblem
    from tray_app.core.outlook import Outlook
    from tray_app.core.reading import BalanceReading

_IN_DETAIL: Final = timedelta(days=2)
_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The end of an account's history."""

    reading: BalanceReading
    """The last one."""
    spends: SpendSeries = field(default_factory=SpendSeries.empty)
    """Without a break, up to that reading; LOOK_BACK of them tell all that is used."""
    last_top_up: TopUp | None = None
    key_mark: str | None = None
    """Tells which key the reading was made with; None where that is not known."""

    def outlook(self, zone: tzinfo) -> Outlook:
        """Return what is known beyond the last reading."""
        return self.outlook_of(self.reading, zone)

    def outlook_of(
        self, reading: BalanceReading, zone: tzinfo, problem: HistoryProblem | None = None
    ) -> Outlook:
        """Return what is known beyond a reading that nothing was spent before."""
        return outlook_of(reading, self.spends, self.last_top_up, zone, problem)

    def outlook_after(self, reading: BalanceReading, zone: tzinfo) -> Outlook:
        """Return what the history would say about a newer reading, had it been recorded."""
        return self.followed_by(reading, self.key_mark).outlook_of(reading, zone)

    def followed_by(self, reading: BalanceReading, key_mark: str | None) -> Remembered:
        """Return what a history would remember that had recorded the reading.

        One that was taken at the same moment is known. One by a clock that is behind is believed
        until the file proves it wrong.
        """
        if None not in (key_mark, self.key_mark) and key_mark != self.key_mark:
            return Remembered(reading, key_mark=key_mark)
        since, at = self.reading.taken_at, reading.taken_at
        if at < since:
            return self._put_back_to(reading)
        if at == since:
            return self
        usual = usual_spending(self.spends, at - since)
        return self.after(Entry(reading, since, change_between(self.reading, reading, usual)))

    def _put_back_to(self, reading: BalanceReading) -> Remembered:
        """Return what is remembered where the clock that read before was ahead.

        What was spent by that clock is spent all the same, up to now. Where nothing else is known,
        nothing can be told of the time.
        """
        at = reading.taken_at
        kept = self.spends[: self.spends.after(at - _MOMENT)]
        later = self.spends[len(kept) :]
        if not later or later[0].begins >= at:
            return self
        spent = later.total() + change_between(self.reading, reading).spent
        top_up = self.last_top_up
        if top_up is not None and top_up.at > at:
            top_up = None
        spends = kept.followed_by(Spend(later[0].begins, at, spent))
        return Remembered(reading, spends, top_up, self.key_mark)

    def after(self, entry: Entry, key_mark: str | None = None) -> Remembered:
        """Return what is remembered after an entry that was recorded, with that key.

        One that reaches further back stands for those that were dropped, or that went with a
        clock that was wrong. One that begins has nothing before it.
        """
        key_mark = key_mark or self.key_mark
        if entry.spend is None or entry.since is None:
            return Remembered(entry.reading, key_mark=key_mark)
        kept = self.spends[: self.spends.after(entry.since)]
        top_up = top_up_of(entry) or self.last_top_up
        return Remembered(entry.reading, kept.followed_by(entry.spend), top_up, key_mark)

    def condensed(self) -> Remembered:
        """Return the same in less room: by hours what is older than two days."""
        now = self.reading.taken_at
        recent = self.spends[self.spends.after(now - LOOK_BACK) :]
        return replace(self, spends=recent.condensed(now - _IN_DETAIL))
