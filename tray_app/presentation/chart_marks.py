"""What is marked in the chart besides the line: top-ups, and the thresholds of the levels."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tray_app.core.level import Level
from tray_app.presentation.chart_geometry import Align, label_at
from tray_app.presentation.wording import amount_text, level_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.history import ChartPoint
    from tray_app.core.level import Thresholds
    from tray_app.core.outlook import TopUp
    from tray_app.presentation.chart_geometry import Label, Rect, TextMetrics
    from tray_app.presentation.money_axis import MoneyAxis
    from tray_app.presentation.time_axis import TimeAxis

MARK_SIZE: Final = 8.0
"""A top-up's triangle is so wide and high."""
MARK_ABOVE: Final = 3.0
"""So far above the line it ends."""
_LABEL_ABOVE: Final = MARK_ABOVE + MARK_SIZE + 3.0
_THRESHOLD_ASIDE: Final = 4.0
_THRESHOLD_ABOVE: Final = 3.0


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


def top_up_marks(
    top_ups: Sequence[TopUp],
    points: Sequence[ChartPoint],
    times: TimeAxis,
    money: MoneyAxis,
    metrics: TextMetrics,
) -> tuple[TopUpMark, ...]:
    """Mark the top-ups within the time that the points cover, in their order.

    ``points`` are those of the line. Where labels would meet, the latest top-up has its own.
    """
    moments = [point.at for point in points]
    marks: list[TopUpMark] = []
    taken: list[Rect] = []
    for top_up in reversed(top_ups):
        index = bisect_left(moments, top_up.at)
        if not times.begins < top_up.at or index == len(points):
            continue
        x, y = times.x(top_up.at), money.y(points[index].available)
        text = f"+{amount_text(top_up.amount).removesuffix('.00')}"
        half = metrics.width(text) / 2
        centre = min(max(x, times.left + half), times.right - half)
        label = label_at(text, centre, y - _LABEL_ABOVE, Align.CENTRE, metrics)
        fits = label.room.top >= money.top and not any(map(label.room.overlaps, taken))
        if fits:
            taken.append(label.room)
        marks.append(TopUpMark(x, y, label if fits else None))
    return tuple(reversed(marks))


def threshold_lines(
    thresholds: Thresholds, frame: Rect, money: MoneyAxis, metrics: TextMetrics
) -> tuple[ThresholdLine, ...]:
    """Place the thresholds that lie on the axis; two of the same amount are the worse one."""
    named = [(Level.LOW, thresholds.low), (Level.CRITICAL, thresholds.critical)]
    if thresholds.low == thresholds.critical:
        named = named[1:]
    lines: list[ThresholdLine] = []
    for level, amount in named:
        if not money.holds(amount):
            continue
        y = money.y(amount)
        label = label_at(
            f"{level_text(level)} {amount_text(amount).removesuffix('.00')}",
            frame.left + _THRESHOLD_ASIDE,
            y - _THRESHOLD_ABOVE,
            Align.LEFT,
            metrics,
        )
        fits = label.room.top >= max([frame.top, *(line.y for line in lines)])
        lines.append(ThresholdLine(level, y, label if fits else None))
    return tuple(lines)
