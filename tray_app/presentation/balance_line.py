"""The line of the balance: solid where somebody looked, a guess across gaps."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tray_app.core.history import ChartPoint
from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tray_app.presentation.chart_geometry import Line, Point
    from tray_app.presentation.money_axis import MoneyAxis
    from tray_app.presentation.time_axis import TimeAxis

# Four points a pixel draw the same picture as all of them: first, highest, lowest and last.
_CROWDED: Final = 4


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """The drawn line; each part follows the one before it in time."""

    known: tuple[Line, ...]
    """Unbroken lines between readings; one of a single point is a lone reading."""
    guessed: tuple[Line, ...]
    """Straight lines across gaps, from the last reading before to the first one after."""
    places: Line
    """Where each point lies that it leads through."""


def readings_within(points: Sequence[ChartPoint], axis: TimeAxis) -> tuple[ChartPoint, ...]:
    """Return those from the axis's beginning on."""
    return tuple(points[bisect_left(points, axis.begins, key=_moment) :])


def entering_point(points: Sequence[ChartPoint], axis: TimeAxis) -> ChartPoint | None:
    """Return where the line enters at the axis's beginning, worked out between its neighbours.

    None where it begins later, or with a reading at that very moment.
    """
    first = bisect_left(points, axis.begins, key=_moment)
    if first in {0, len(points)} or points[first].at == axis.begins:
        return None
    before, after = points[first - 1], points[first]
    if _is_step(before, after):
        return ChartPoint(axis.begins, before.available)
    microsecond = timedelta(microseconds=1)
    passed, whole = ((at - before.at) // microsecond for at in (axis.begins, after.at))
    change = (after.available - before.available).scaled(passed, whole)
    return ChartPoint(axis.begins, before.available + change)


def balance_line(points: Sequence[ChartPoint], times: TimeAxis, money: MoneyAxis) -> BalanceLine:
    """Return the line through points that lie on both axes.

    What was spent between two readings is drawn as a straight line, as the forecast counts it;
    a rise as a step at the reading that showed it, since a top-up is an event and no slope.
    """
    known: list[Line] = []
    guessed: list[Line] = []
    run: list[Point] = []
    before: ChartPoint | None = None
    places = tuple((times.x(point.at), money.y(point.available)) for point in points)
    for point, place in zip(points, places, strict=True):
        if before is not None and point.after_gap:
            guessed.append((run[-1], place))
            known.append(thinned(run))
            run = []
        elif before is not None and _is_step(before, point):
            run.append((place[0], run[-1][1]))
        run.append(place)
        before = point
    if run:
        known.append(thinned(run))
    return BalanceLine(tuple(known), tuple(guessed), places)


def thinned(line: Sequence[Point]) -> Line:
    """Return the line with at most four points in each column of pixels; it looks the same.

    ``line`` never goes back in x.
    """
    if len(line) <= _CROWDED:
        return tuple(line)
    return tuple(point for column in _columns(line) for point in _shape(column))


def _columns(line: Sequence[Point]) -> Iterator[list[Point]]:
    column = [line[0]]
    for before, point in pairwise(line):
        if int(point[0]) != int(before[0]):
            yield column
            column = []
        column.append(point)
    yield column


def _shape(column: list[Point]) -> list[Point]:
    if len(column) <= _CROWDED:
        return column
    heights = [y for _, y in column]
    last = len(column) - 1
    kept = {0, heights.index(min(heights)), heights.index(max(heights)), last}
    return [column[index] for index in sorted(kept)]


def _is_step(before: ChartPoint, after: ChartPoint) -> bool:
    return after.available > before.available and not after.after_gap


def _moment(point: ChartPoint) -> datetime:
    return point.at
