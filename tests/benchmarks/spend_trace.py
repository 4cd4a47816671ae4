"""Traces of spending, and the moments at which a forecast is compared with what came."""

from __future__ import annotations

import csv
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from tray_app.core.money import Usd
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_EPOCH: Final = datetime(2026, 1, 5, tzinfo=UTC)
_BEHIND_DAYS: Final = (3.0, 28.0)
_AHEAD_DAYS: Final = (0.3, 12.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """A history, a balance, and how long it truly lasted."""

    spends: SpendSeries
    available_units: int
    lasted: timedelta

    @property
    def available(self) -> Usd:
        return Usd.of_units(self.available_units)

    def mean_runway(self, span: timedelta) -> timedelta | None:
        """Return how long the balance lasts at the mean pace of the last ``span``."""
        end = self.spends[-1].ends
        begin = max(end - span, self.spends[0].begins)
        first = bisect_left(self.spends, begin, key=lambda spend: spend.begins)
        spent = self.spends.total(first)
        if spent == Usd.of_units(0):
            return None
        return (end - begin) * self.available.ratio_to(spent)


@dataclass(frozen=True, slots=True)
class SpendTrace:
    """Spending without holes; ``total_before[i]`` units were spent before ``spends[i]``."""

    name: str
    spends: SpendSeries
    total_before: Sequence[int]

    @classmethod
    def of_steps(cls, name: str, steps: Iterable[tuple[int, int]]) -> SpendTrace:
        """Take rows of seconds since the first and units spent from then to the next row.

        The last row takes as long as the one before it.
        """
        rows = list(steps)
        ends = [second for second, _ in rows[1:]] + [2 * rows[-1][0] - rows[-2][0]]
        spends = SpendSeries.of(
            Spend(
                _EPOCH + timedelta(seconds=begin),
                _EPOCH + timedelta(seconds=end),
                Usd.of_units(units),
            )
            for (begin, units), end in zip(rows, ends, strict=True)
        )
        return cls(name, spends, list(accumulate((units for _, units in rows), initial=0)))

    def moments(self, rng: random.Random, count: int, *, uniform: bool) -> Iterator[Moment]:
        """Draw moments with 3 to 28 days behind and 0.3 to 12 days ahead.

        The time ahead is drawn ``uniform`` or log-uniform. Moments in which nothing was spent
        ahead are drawn anew.
        """
        start, end = self.spends[0].begins, self.spends[-1].ends
        while count:
            behind = timedelta(days=rng.uniform(*_BEHIND_DAYS))
            ahead = timedelta(days=_days_ahead(rng, uniform=uniform))
            if behind + ahead > end - start:
                continue
            now = start + behind + (end - start - behind - ahead) * rng.random()
            last = self.spends.after(now)
            first = bisect_left(self.spends, now - behind, key=lambda spend: spend.begins)
            # The forecast is made at a reading.
            now = self.spends[last - 1].ends
            units = round(self._spent_before(now + ahead)) - self.total_before[last]
            if units > 0:
                count -= 1
                yield Moment(self.spends[first:last], units, ahead)

    def _spent_before(self, moment: datetime) -> float:
        index = bisect_right(self.spends, moment, key=lambda spend: spend.begins) - 1
        spend = self.spends[index]
        share = (moment - spend.begins) / (spend.ends - spend.begins)
        before, after = self.total_before[index : index + 2]
        return before + share * (after - before)


def read_traces(folder: Path) -> list[SpendTrace]:
    """Read every ``*.csv`` with the columns ``seconds`` and ``spent`` (1/10000 USD)."""
    traces = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as rows:
            steps = [(int(row["seconds"]), int(row["spent"])) for row in csv.DictReader(rows)]
        if any(later <= sooner for (sooner, _), (later, _) in pairwise(steps)):
            raise ValueError(f"{path.name}: seconds must grow")
        traces.append(SpendTrace.of_steps(path.stem, steps))
    return traces


def _days_ahead(rng: random.Random, *, uniform: bool) -> float:
    shortest, longest = _AHEAD_DAYS
    if uniform:
        return rng.uniform(shortest, longest)
    return math.exp(rng.uniform(math.log(shortest), math.log(longest)))
