"""A history read from CSV, checked line by line: nothing is guessed, and no float made."""

from __future__ import annotations

import csv
from collections import deque
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from tray_app.adapters.history_csv import (
    AVAILABLE,
    CHANGES,
    COLUMNS,
    OPTIONAL_AMOUNTS,
    SINCE,
    TAKEN_AT,
)
from tray_app.adapters.history_row import milliseconds_of, moment_of
from tray_app.core.change import change_between, depends_on_usual, usual_spending
from tray_app.core.history import Change, Entry
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tray_app.core.spend import Spend

_BYTE_ORDER_MARK: Final = "\ufeff"
_LIMIT_CHANGE: Final = "credit_limit_change"
# No account is older, and not every system can tell the local time of long before.
_FIRST_YEAR: Final = 2000
_PACE_OF: Final = timedelta(days=1)


class HistoryCsvError(Exception):
    """A line that is no entry of a history, and what is wrong with it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        """Counted from 1, the names' line."""
        self.what = what
        """A phrase in English, without amounts."""


class _FaultError(Exception):
    """What is wrong with a line."""


def read_csv(stream: Iterable[str], until: datetime | None = None) -> Iterator[Entry]:
    """Yield the entries of a text stream, or of its lines, oldest first.

    The columns come in any order; ``taken_at`` and ``available`` must be there, others may be
    missing, and unknown ones are refused. Where a line has none of the five changes, what
    happened is told from the line before. Raises HistoryCsvError at the first line that is wrong;
    one that is later than ``until`` is: no reading could follow it until the clock has caught up.
    """
    lines = csv.reader(_without_mark(stream), strict=True)
    line = 1
    try:
        names = next(lines, [])
        _check_names(names)
        before = _Before()
        for fields in lines:
            line = lines.line_num
            if fields:
                entry = _entry(_named(names, fields), before)
                _check_has_come(entry, until)
                before.add(entry)
                yield entry
    except _FaultError as fault:
        raise HistoryCsvError(line, str(fault)) from None
    except (csv.Error, UnicodeDecodeError) as error:
        what = "not UTF-8" if isinstance(error, UnicodeDecodeError) else f"not CSV: {error}"
        raise HistoryCsvError(max(lines.line_num, 1), what) from None


def _check_has_come(entry: Entry, until: datetime | None) -> None:
    if until is not None and entry.reading.taken_at > until:
        raise _FaultError(f"{TAKEN_AT} is ahead of this computer's clock")


class _Before:
    """What the lines before have told."""

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self._spends: deque[Spend] = deque()

    def add(self, entry: Entry) -> None:
        self.entry = entry
        spend = entry.spend
        if spend is None:
            # What another account spends says nothing.
            self._spends.clear()
            return
        self._spends.append(spend)
        while self._spends[0].ends <= spend.ends - _PACE_OF:
            self._spends.popleft()

    def followed_by(self, reading: BalanceReading) -> Entry:
        """Return what a reading is after them."""
        if self.entry is None:
            return Entry(reading)
        last = self.entry.reading
        usual = ZERO
        if depends_on_usual(last, reading):
            usual = usual_spending(SpendSeries.of(self._spends), reading.taken_at - last.taken_at)
        return Entry(reading, last.taken_at, change_between(last, reading, usual))


def _without_mark(stream: Iterable[str]) -> Iterator[str]:
    lines = iter(stream)
    for first in islice(lines, 1):
        yield first.removeprefix(_BYTE_ORDER_MARK)
    yield from lines


def _check_names(names: Sequence[str]) -> None:
    for number, name in enumerate(names, 1):
        if name not in COLUMNS:
            # The name itself is not repeated: whoever takes a wrong file may have taken a key's.
            raise _FaultError(f"column {number} has none of the known names")
        if names.count(name) > 1:
            raise _FaultError(f"{name} stands there twice")
    for name in (TAKEN_AT, AVAILABLE):
        if name not in names:
            raise _FaultError(f"{name} is missing")


def _named(names: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    if len(fields) != len(names):
        raise _FaultError(f"{len(fields)} fields instead of {len(names)}")
    return dict(zip(names, fields, strict=True))


def _entry(fields: Mapping[str, str], before: _Before) -> Entry:
    reading = BalanceReading(
        _amount(fields, AVAILABLE),
        _moment(fields, TAKEN_AT),
        **{name: _amount(fields, name) for name in OPTIONAL_AMOUNTS if fields.get(name)},
    )
    last = before.entry
    if last is not None and reading.taken_at <= last.reading.taken_at:
        same = reading.taken_at == last.reading.taken_at
        raise _FaultError(
            f"{TAKEN_AT} is {'that' if same else 'not later than that'} of the line before"
        )
    told = [name for name in CHANGES if fields.get(name)]
    if not told:
        return before.followed_by(reading)
    if len(told) < len(CHANGES):
        raise _FaultError("some of the five changes are missing")
    change = Change(*(_amount(fields, name) for name in CHANGES))
    since = _moment(fields, SINCE) if fields.get(SINCE) else None
    _check_change(fields, Entry(reading, since, change), last)
    return Entry(reading, since, change)


def _check_change(fields: Mapping[str, str], entry: Entry, last: Entry | None) -> None:
    for name in CHANGES:
        if name != _LIMIT_CHANGE and _amount(fields, name) < ZERO:
            raise _FaultError(f"{name} is negative")
    if entry.since is None:
        if entry.change != Change():
            raise _FaultError(f"changes without {SINCE}")
        return
    if entry.since >= entry.reading.taken_at:
        raise _FaultError(f"{SINCE} is not before {TAKEN_AT}")
    if last is None:
        # A history from some moment on: the line before is not here.
        return
    if entry.since != last.reading.taken_at:
        raise _FaultError(f"{SINCE} is not {TAKEN_AT} of the line before")
    if entry.change.net != entry.reading.available - last.reading.available:
        raise _FaultError(f"the changes do not add up to that of {AVAILABLE}")


def _amount(fields: Mapping[str, str], name: str) -> Usd:
    try:
        return Usd.of_decimal_text(fields[name])
    except ValueError:
        raise _FaultError(f"{name} is not an exact amount in dollars") from None


def _moment(fields: Mapping[str, str], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(fields[name])
        if moment.tzinfo is not None and moment.year < _FIRST_YEAR:
            raise _FaultError(f"{name} is before {_FIRST_YEAR}")
        if moment.tzinfo is not None:
            return moment_of(milliseconds_of(moment.astimezone(UTC)))
    except (ValueError, OverflowError):
        raise _FaultError(f"{name} is not a time in ISO 8601") from None
    raise _FaultError(f"{name} has no time zone")
