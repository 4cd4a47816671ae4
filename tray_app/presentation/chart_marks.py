"""What is marked in the chart besides the line: top-ups, and the thresholds of the levels."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tray_app.core.level import Level
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO
from tray_app.presentation.chart_geometry import Align, label_at
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import brief_amount_text, level_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.history import ChartPoint, TopUp
    from tray_app.core.level import Thresholds
    from tray_app.presentation.chart_geometry import Label, Line, Rect, TextMetrics
    from tray_app.presentation.money_axis import MoneyAxis
    from tray_app.presentation.time_axis import TimeAxis

MARK_SIZE: Final = 8.0
"""A top-up's triangle is so wide and high."""
MARK_ABOVE: Final = 3.0
"""So far above the line it ends."""
_LABEL_ABOVE: Final = MARK_ABOVE + MARK_SIZE + 3.0
_MOST_LABELS: Final = 8
_THRESHOLD_ASIDE: Final = 4.0
_THRESHOLD_ABOVE: Final = 3.0
_THRESHOLD_LEAST: Final = 3.0


@dataclass(frozen=True, slots=True)
class TopUpMark:
    """A top-up, at the top of its step."""

    x: float
    y: float
    label: Label | None
    """Its amount; None where that would cover another's, or stand out."""


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """The amount below which a level begins."""

    level: Level
    y: float
    label: Label | None
    """None where there is no room for it."""


def mark_room(metrics: TextMetrics) -> float:
    """Return how much room above the line a mark with its label takes."""
    return _LABEL_ABOVE + metrics.height


def top_up_marks(
    top_ups: Sequence[TopUp],
    points: Sequence[ChartPoint],
    times: TimeAxis,
    money: MoneyAxis,
    metrics: TextMetrics,
) -> tuple[TopUpMark, ...]:
    """Mark the top-ups within the time that the points cover, in their order.

    ``points`` are those of the line. Where labels would meet, the latest top-up has its own; where
    there are many, none has: the marks alone are calmer, and the crosshair reads each.
    """
    moments = [point.at for point in points]
    marks: list[TopUpMark] = []
    taken: list[Rect] = []
    within = [each for each in top_ups if times.begins < each.at <= moments[-1]]
    for top_up in reversed(within):
        x = times.x(top_up.at)
        y = money.y(points[bisect_left(moments, top_up.at)].available)
        text = f"+{brief_amount_text(top_up.amount)}"
        half = metrics.width(text) / 2
        centre = min(max(x, times.left + half), times.right - half)
        label = label_at(text, centre, y - _LABEL_ABOVE, Align.CENTRE, metrics)
        fits = len(within) <= _MOST_LABELS and not any(map(label.room.overlaps, taken))
        if fits:
            taken.append(label.room)
        marks.append(TopUpMark(x, y, label if fits else None))
    return tuple(reversed(marks))


def threshold_lines(
    thresholds: Thresholds,
    frame: Rect,
    money: MoneyAxis,
    drawn: Sequence[Line],
    metrics: TextMetrics,
) -> tuple[ThresholdLine, ...]:
    """Place the thresholds that lie on the axis; two of the same amount are the worse one.

    A label stands as far to the left as nothing is drawn below it.
    """
    named = [(Level.LOW, thresholds.low), (Level.CRITICAL, thresholds.critical)]
    if thresholds.low == thresholds.critical:
        named = named[1:]
    lines: list[ThresholdLine] = []
    for level, amount in named:
        y = money.y(amount)
        # Beside millions a threshold of dollars is zero, and no line of its own.
        if not money.holds(amount) or money.y(ZERO) - y < _THRESHOLD_LEAST:
            continue
        text = tr("{level} {amount}", level=level_text(level), amount=brief_amount_text(amount))
        label = _label_beside(text, y - _THRESHOLD_ABOVE, frame, drawn, metrics)
        fits = label.room.top >= max([frame.top, *(line.y for line in lines)])
        lines.append(ThresholdLine(level, y, label if fits else None))
    return tuple(lines)


def _label_beside(
    text: str, baseline: float, frame: Rect, drawn: Sequence[Line], metrics: TextMetrics
) -> Label:
    """Return the label at the first free place from the left; at the left end without one."""
    left, width = frame.left + _THRESHOLD_ASIDE, metrics.width(text)
    at_left = label_at(text, left, baseline, Align.LEFT, metrics)
    taken = [
        (min(x, far_x), max(x, far_x))
        for line in drawn
        for (x, y), (far_x, far_y) in pairwise(line)
        if min(y, far_y) < at_left.room.bottom and max(y, far_y) > at_left.room.top
    ]
    while left + width <= frame.right - _THRESHOLD_ASIDE:
        if all(end <= left or begin >= left + width for begin, end in taken):
            return label_at(text, left, baseline, Align.LEFT, metrics)
        left += width
    return at_left
