"""The balance over a time, in few enough points to be drawn, without losing what stands out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.history_row import amount_of, milliseconds_of, moment_of
from tray_app.adapters.history_schema import LANDMARK
from tray_app.core.history import ChartPoint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

FEWEST_POINTS: Final = 12
_MILLISECOND: Final = timedelta(milliseconds=1)
# The longest refresh interval is an hour, which jitter stretches by a tenth; a run of equal
# readings leaves one an hour.
_GAP: Final = timedelta(minutes=75) // _MILLISECOND
# The last readings of two hours that follow each other lie up to two hours apart.
_GAP_WHERE_FOLDED: Final = timedelta(minutes=125) // _MILLISECOND
# First, last, lowest, highest.
_POINTS_OF_A_SLICE: Final = 4


def chart_points(
    connection: sqlite3.Connection, account: int, since: datetime, until: datetime, most: int
) -> tuple[ChartPoint, ...]:
    """Return at most ``most`` points from ``since`` to ``until``, both included.

    Where there are more rows, the time is cut into equal slices, of which the first, the last, the
    lowest and the highest row stay, so that the ends of long gaps stay too. So do the rows at
    and before whatever was more than spending, up to a third of the points, the largest first.
    """
    if most < FEWEST_POINTS:
        raise ValueError(f"at least {FEWEST_POINTS} points, not {most}")
    window = (account, milliseconds_of(since), milliseconds_of(until))
    rows = connection.execute(
        "SELECT taken_at, available FROM entry"
        " WHERE account = ? AND taken_at BETWEEN ? AND ? ORDER BY taken_at",
        window,
    ).fetchall()
    if not rows:
        return ()
    landmarks = connection.execute(
        "SELECT taken_at, since FROM entry"  # noqa: S608 — a constant
        f" WHERE account = ? AND taken_at BETWEEN ? AND ? AND {LANDMARK}",
        window,
    ).fetchall()
    (folded_until,) = connection.execute(
        "SELECT folded_until FROM account WHERE id = ?", (account,)
    ).fetchone()
    times, values = map(list, zip(*rows, strict=True))
    beginnings = {taken_at for taken_at, before in landmarks if before is None}
    gaps = _gaps(times, folded_until, beginnings)
    chosen: Sequence[int] = range(len(rows))
    if len(rows) > most:
        events = [bisect_left(times, at) for at, before in landmarks if before is not None]
        chosen = _decimated(times, _comparable(values), events, most)
    return tuple(_points(rows, chosen, gaps))


def _comparable(values: list[Any]) -> list[Any]:
    """Return numbers for what the file holds; nearly always they are numbers already."""
    if str not in set(map(type, values)):
        return values
    return [Fraction(value) if isinstance(value, str) else value for value in values]


def _gaps(times: Sequence[int], folded_until: int, beginnings: set[int]) -> list[int]:
    """Return the indices of the rows before which nobody looked for long, in order."""
    # Of tens of thousands of rows few come late: the short test comes first.
    late = [index for index, (before, at) in enumerate(pairwise(times), 1) if at - before > _GAP]
    gaps = {
        index
        for index in late
        if times[index - 1] >= folded_until or times[index] - times[index - 1] > _GAP_WHERE_FOLDED
    }
    begun = (bisect_left(times, at) for at in beginnings)
    return sorted(gaps.union(index for index in begun if index > 0))


def _decimated(
    times: Sequence[int], values: Sequence[Any], events: Sequence[int], most: int
) -> list[int]:
    """Return the indices of the rows that stay, in order."""
    events = [event for event in events if event > 0]
    if len(events) > most // 6:
        events = sorted(events, key=lambda event: abs(values[event] - values[event - 1]))
        events = events[-(most // 6) :]
    chosen = {index for event in events for index in (event - 1, event)}
    slices = max((most - len(chosen)) // _POINTS_OF_A_SLICE, 1)
    begin, length = times[0], times[-1] + 1 - times[0]
    bounds = [bisect_left(times, begin + length * number // slices) for number in range(slices)]
    for first, beyond in pairwise([*bounds, len(times)]):
        if first < beyond:
            part = values[first:beyond]
            lowest, highest = part.index(min(part)), part.index(max(part))
            chosen.update((first, beyond - 1, first + lowest, first + highest))
    return sorted(chosen)


def _points(
    rows: Sequence[tuple[Any, Any]], chosen: Sequence[int], gaps: Sequence[int]
) -> Iterator[ChartPoint]:
    before = 0
    for index in chosen:
        taken_at, available = rows[index]
        after_gap = bisect_right(gaps, index) > bisect_right(gaps, before)
        yield ChartPoint(moment_of(taken_at), amount_of(available), after_gap)
        before = index
