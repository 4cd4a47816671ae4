"""The balance over a time, in few enough points to be drawn, without losing what stands out."""

from __future__ import annotations

import heapq
import operator
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.history_row import BrokenHistoryError, amount_of, milliseconds_of, moment_of
from tray_app.adapters.history_schema import LANDMARK, LANDMARKS
from tray_app.core.history import LONGEST_STEP, ChartPoint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tray_app.core.money import Usd

FEWEST_POINTS: Final = 12
_MILLISECOND: Final = timedelta(milliseconds=1)
# A run of equal readings leaves one an hour, which is no longer.
_GAP: Final = LONGEST_STEP // _MILLISECOND
# The last readings of two hours that follow each other lie up to two hours apart.
_GAP_WHERE_FOLDED: Final = timedelta(minutes=125) // _MILLISECOND
# First, last, lowest, highest.
_POINTS_OF_A_SLICE: Final = 4


def chart_points(
    connection: sqlite3.Connection, account: int, since: datetime, until: datetime, most: int
) -> tuple[ChartPoint, ...]:
    """Return at most ``most`` points from ``since`` to ``until``, both included.

    Beyond those the last row before ``since`` comes first, so that a line can enter there.

    Where there are more rows, the time is cut into equal slices, of which the first, the last, the
    lowest and the highest row stay, so that the ends of long gaps stay too. So do the rows at
    and before whatever was more than spending, up to a third of the points, the largest first.
    """
    if most < FEWEST_POINTS:
        raise ValueError(f"at least {FEWEST_POINTS} points, not {most}")
    window = (account, milliseconds_of(since), milliseconds_of(until))
    times, values = _rows(connection, window)
    entering = _row_before(connection, *window[:2])
    if not times:
        return tuple(entering)
    landmarks = connection.execute(
        f"SELECT taken_at, since FROM {LANDMARKS}"  # noqa: S608 — constants
        f" WHERE account = ? AND taken_at BETWEEN ? AND ? AND {LANDMARK}",
        window,
    ).fetchall()
    (folded_until,) = connection.execute(
        "SELECT folded_until FROM account WHERE id = ?", (account,)
    ).fetchone()
    beginnings = {taken_at for taken_at, before in landmarks if before is None}
    gaps = _gaps(times, folded_until, beginnings)
    chosen: Sequence[int] = range(len(times))
    if len(times) > most:
        events = [bisect_left(times, at) for at, before in landmarks if before is not None]
        chosen = _decimated(times, _comparable(values), events, most)
    if not entering:
        return tuple(_points(times, values, chosen, gaps))
    (before,) = entering
    entered = [milliseconds_of(before.at), times[0]]
    first_gap = _gaps(entered, folded_until, beginnings & {times[0]})
    first, *others = _points(times, values, chosen, gaps)
    return (before, replace(first, after_gap=bool(first_gap)), *others)


def _row_before(connection: sqlite3.Connection, account: int, since: int) -> list[ChartPoint]:
    rows = connection.execute(
        "SELECT taken_at, available FROM entry WHERE account = ? AND taken_at < ?"
        " ORDER BY taken_at DESC LIMIT 1",
        (account, since),
    )
    return [ChartPoint(moment_of(at), amount_of(available)) for at, available in rows]


def _rows(
    connection: sqlite3.Connection, window: tuple[int, int, int]
) -> tuple[list[int], list[str]]:
    """Return the times of a window's rows, and what was available as it is stored.

    Tens of thousands of rows come as two texts: one by one they take twice as long.
    """
    times, values = connection.execute(
        "SELECT group_concat(taken_at), group_concat(available) FROM (SELECT taken_at, available"
        " FROM entry WHERE account = ? AND taken_at BETWEEN ? AND ? ORDER BY taken_at)",
        window,
    ).fetchone()
    if times is None:
        return [], []
    moments, amounts = list(map(int, times.split(","))), (values or "").split(",")
    if len(moments) != len(amounts):
        # The text leaves out what is none.
        raise BrokenHistoryError("a row without an amount")
    return moments, amounts


def _comparable(values: Sequence[str]) -> Sequence[int] | Sequence[Usd]:
    try:
        return list(map(int, values))
    except ValueError:
        # Fractions of the unit are rare, and this takes several times longer.
        return [amount_of(value) for value in values]


def _gaps(times: Sequence[int], folded_until: int, beginnings: set[int]) -> list[int]:
    """Return the indices of the rows before which nobody looked for long."""
    steps = map(operator.sub, times[1:], times)
    gaps = {
        index
        for index, step in enumerate(steps, 1)
        if step > _GAP and (step > _GAP_WHERE_FOLDED or times[index - 1] >= folded_until)
    }
    # A beginning is told as such wherever it lies, but for the first row, which follows none.
    gaps.update(bisect_left(times, at) for at in beginnings)
    return sorted(gaps - {0})


def _decimated(
    times: Sequence[int], values: Sequence[Any], events: Sequence[int], most: int
) -> list[int]:
    """Return the indices of the rows that stay, in order; ``values`` are of one type."""
    events = [event for event in events if event > 0]
    events = heapq.nlargest(
        most // 6, events, key=lambda event: abs(values[event] - values[event - 1])
    )
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
    times: Sequence[int], values: Sequence[str], chosen: Sequence[int], gaps: Sequence[int]
) -> Iterator[ChartPoint]:
    before = 0
    for index in chosen:
        after_gap = bisect_right(gaps, index) > bisect_right(gaps, before)
        yield ChartPoint(moment_of(times[index]), amount_of(values[index]), after_gap)
        before = index
