"""What was spent between many readings, in a twelfth of the room that the objects take."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from operator import lt, sub
from typing import TYPE_CHECKING, Final, TypeAlias, overload

from tray_app.core.money import ATOMS_PER_USD, UNITS_PER_USD, Usd
from tray_app.core.spend import Spend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableSequence

Numbers: TypeAlias = "MutableSequence[int]"
"""An array of integers of 64 bits; a list where one is longer. Nobody changes them."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS: Final = 86_400
_SECOND: Final = 1_000_000
_HOUR: Final = 3_600 * _SECOND
_DOLLAR: Final = Usd.of_cents(1_00)


@dataclass(frozen=True, slots=True, eq=False)
class SpendSeries(Sequence[Spend]):
    """Spends in order, without overlap; the objects are made when they are asked for.

    It never changes: what adds or leaves out returns another one. Sums are kept rather than
    amounts, so that what was spent in any stretch of it is told by two of them.
    """

    begins: Numbers
    """The moments of the readings before, in microseconds since 1970 (UTC)."""
    ends: Numbers
    """The moments of the readings, in the same; each later than its beginning."""
    sums: Numbers
    """What was spent before each, and at last with all of them, in steps; never falling."""
    steps_per_usd: int = UNITS_PER_USD
    """Finer than the vendor's unit where an amount is no multiple of that."""

    @classmethod
    def empty(cls) -> SpendSeries:
        """Return a series without a spend."""
        return cls.of_steps((), (), ())

    @classmethod
    def of(cls, spends: Iterable[Spend]) -> SpendSeries:
        """Return the spends, which are in order and without overlap, as a series."""
        spends = list(spends)
        begins = [microseconds_of(spend.begins) for spend in spends]
        ends = [microseconds_of(spend.ends) for spend in spends]
        return cls.of_amounts(begins, ends, [spend.amount for spend in spends])

    @classmethod
    def of_amounts(
        cls, begins: Sequence[int], ends: Sequence[int], amounts: Sequence[Usd]
    ) -> SpendSeries:
        """Return as many spends between moments in microseconds since 1970.

        Raises ValueError where one does not end after it begins, or is negative.
        """
        whole = all(amount == amount.in_whole_units() for amount in amounts)
        steps = UNITS_PER_USD if whole else ATOMS_PER_USD
        return cls.of_steps(begins, ends, [amount.whole_steps(steps) for amount in amounts], steps)

    @classmethod
    def of_steps(
        cls,
        begins: Sequence[int],
        ends: Sequence[int],
        amounts: Sequence[int],
        steps_per_usd: int = UNITS_PER_USD,
    ) -> SpendSeries:
        """Return the same of amounts that are counted in steps of so many to a dollar."""
        if not all(map(lt, begins, ends)):
            raise ValueError("a spend must begin before it ends")
        if min(amounts, default=0) < 0:
            raise ValueError("a spend is never negative")
        sums = _numbers(lambda: accumulate(amounts, initial=0))
        return cls(array("q", begins), array("q", ends), sums, steps_per_usd)

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, index: int) -> Spend: ...

    @overload
    def __getitem__(self, index: slice) -> SpendSeries: ...

    def __getitem__(self, index: int | slice) -> Spend | SpendSeries:
        """Return a spend, or those of a slice without steps."""
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                raise ValueError("a series of spends leaves none out")
            stop = max(start, stop)
            return SpendSeries(
                self.begins[start:stop],
                self.ends[start:stop],
                self.sums[start : stop + 1],
                self.steps_per_usd,
            )
        index = range(len(self))[index]
        return Spend(
            _moment_of(self.begins[index]),
            _moment_of(self.ends[index]),
            self.total(index, index + 1),
        )

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same spends, however they are kept."""
        return isinstance(other, SpendSeries) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self.ends))

    @property
    def begin(self) -> datetime:
        """When the first begins (UTC); there is one."""
        return _moment_of(self.begins[0])

    @property
    def end(self) -> datetime:
        """When the last ends (UTC); there is one."""
        return _moment_of(self.ends[-1])

    def total(self, start: int = 0, stop: int | None = None) -> Usd:
        """Return what was spent by those from ``start`` to ``stop``, by default to the end."""
        return self._amount(self.sums[len(self) if stop is None else stop] - self.sums[start])

    def after(self, moment: datetime) -> int:
        """Return which is the first that ends after a moment; the length where none does."""
        return bisect_right(self.ends, microseconds_of(moment))

    def first_above_zero(self, start: int = 0) -> int | None:
        """Return which is the first from ``start`` on that is more than nothing."""
        index = bisect_right(self.sums, self.sums[start], start) - 1
        return index if index < len(self) else None

    def last_above_zero(self, start: int = 0) -> int | None:
        """Return which is the last from ``start`` on that is more than nothing."""
        index = bisect_left(self.sums, self.sums[-1], start) - 1
        return index if index >= start else None

    def longest(self, start: int) -> timedelta:
        """Return how long the longest from ``start`` on took; there is one."""
        lengths = map(sub, self.ends[start:], self.begins[start:])
        return timedelta(microseconds=max(lengths))

    def spent(self, begin: datetime, end: datetime) -> Usd:
        """Return what was spent between two moments, each spend spread evenly over its time.

        A part of one is rounded down to what Usd keeps.
        """
        since, until = microseconds_of(begin), microseconds_of(end)
        start, stop = bisect_right(self.ends, since), bisect_left(self.begins, until)
        parts = []
        if start < stop and self.begins[start] < since:
            parts.append(start)
            start += 1
        if start < stop and self.ends[stop - 1] > until:
            stop -= 1
            parts.append(stop)
        spent = self.total(start, max(start, stop))
        for index in parts:
            spent += self._share(index, since, until)
        return spent

    def part_before(self, index: int, moment: datetime) -> Usd:
        """Return how much of a spend, evenly over its time, lies before a moment within it.

        Nothing where the moment is not later than its beginning.
        """
        begin, until = self.begins[index], microseconds_of(moment)
        return self._share(index, begin, max(begin, until))

    def unbroken_end(self) -> SpendSeries:
        """Return the last of them that follow each other without a break.

        Between two that do not, a history began anew: with another key, maybe another account.
        """
        for index in range(len(self) - 1, 0, -1):
            if self.begins[index] != self.ends[index - 1]:
                return self[index:]
        return self

    def followed_by(self, spend: Spend) -> SpendSeries:
        """Return the same with one more, which does not begin before the last ends."""
        steps = spend.amount.whole_steps(self.steps_per_usd)
        if self._amount(steps) != spend.amount:
            return SpendSeries.of([*self, spend])
        return SpendSeries(
            _with(self.begins, microseconds_of(spend.begins)),
            _with(self.ends, microseconds_of(spend.ends)),
            _with(self.sums, self.sums[-1] + steps),
            self.steps_per_usd,
        )

    def condensed(self, before: datetime) -> SpendSeries:
        """Return the same spending with fewer spends: those that end by ``before`` hour by hour.

        Those whose middle lies in the same hour become one; none becomes one across time that no
        spend covers, so idle time stays idle. What was condensed already may be condensed again,
        together with what followed it.
        """
        kept = self.after(before)
        begins, ends, sums = array("q"), array("q"), list(self.sums[:1])
        for begin, end, total in zip(
            self.begins[:kept], self.ends[:kept], self.sums[1 : kept + 1], strict=True
        ):
            if ends and ends[-1] == begin and _hour_of(begins[-1], begin) == _hour_of(begin, end):
                ends[-1], sums[-1] = end, total
            else:
                begins.append(begin)
                ends.append(end)
                sums.append(total)
        begins.extend(self.begins[kept:])
        ends.extend(self.ends[kept:])
        sums.extend(self.sums[kept + 1 :])
        return SpendSeries(begins, ends, _numbers(lambda: sums), self.steps_per_usd)

    def _amount(self, steps: int) -> Usd:
        return _DOLLAR.scaled(steps, self.steps_per_usd)

    def _share(self, index: int, since: int, until: int) -> Usd:
        """Return how much of a spend, evenly over its time, lies between two moments."""
        begin, end = self.begins[index], self.ends[index]
        return self.total(index, index + 1).scaled(min(end, until) - max(begin, since), end - begin)


def microseconds_of(moment: datetime) -> int:
    """Return the microseconds since 1970 of an aware moment."""
    age = moment - _EPOCH
    # Some times faster than a division of two timedelta.
    return (age.days * _DAY_SECONDS + age.seconds) * _SECOND + age.microseconds


def _moment_of(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _hour_of(begin: int, end: int) -> int:
    """Return in which hour since 1970 the middle lies."""
    return (begin + end) // (2 * _HOUR)


def _numbers(make: Callable[[], Iterable[int]]) -> Numbers:
    try:
        return array("q", make())
    except OverflowError:
        return list(make())


def _with(numbers: Numbers, number: int) -> Numbers:
    more = numbers[:]
    try:
        more.append(number)
    except OverflowError:
        return [*numbers, number]
    return more
