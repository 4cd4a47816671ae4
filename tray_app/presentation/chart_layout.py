"""Where everything in the chart lies: from its data and a size to what is drawn."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO
from tray_app.presentation.balance_line import (
    BalanceLine,
    balance_line,
    entering_point,
    readings_within,
)
from tray_app.presentation.chart_forecast import Forecast, forecast_of
from tray_app.presentation.chart_geometry import Align, Label, Rect, label_at
from tray_app.presentation.chart_marks import (
    ThresholdLine,
    TopUpMark,
    mark_room,
    threshold_lines,
    top_up_marks,
)
from tray_app.presentation.money_axis import MoneyAxis, money_axis, money_ticks
from tray_app.presentation.time_axis import TimeAxis, TimeTick, time_ticks

if TYPE_CHECKING:
    from datetime import tzinfo

    from tray_app.core.history import ChartPoint
    from tray_app.core.money import Usd
    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.chart_geometry import TextMetrics

_MARGIN: Final = 10.0
_LABEL_GAP: Final = 6.0
# A line of amounts for every so many lines of text.
_LINES_PER_TICK: Final = 2.6
# Above the highest amount where no top-up is marked there.
_AIR: Final = 12.0
_SMALLEST: Final = 40.0


@dataclass(frozen=True, slots=True)
class MoneyTick:
    """A line at a round amount, and the amount beside it."""

    y: float
    label: Label


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """The chart, placed; all but the axes' labels lies within ``frame``."""

    frame: Rect
    times: TimeAxis
    money: MoneyAxis
    money_ticks: tuple[MoneyTick, ...]
    zero_y: float
    time_ticks: tuple[TimeTick, ...]
    now_x: float
    thresholds: tuple[ThresholdLine, ...]
    readings: tuple[ChartPoint, ...]
    """Those in the picture, in order; at least one."""
    xs: tuple[float, ...]
    """Where each reading lies."""
    line: BalanceLine
    top_ups: tuple[TopUpMark, ...]
    forecast: Forecast | None


def layout_of(
    data: ChartData, width: float, height: float, zone: tzinfo, metrics: TextMetrics
) -> ChartLayout | None:
    """Place the chart in so many logical pixels, for a user in that zone.

    None where nothing can be drawn: no reading in the range, or no room.
    """
    if not data.points:
        return None
    begins, ends = data.until - data.range.span, max(data.until, data.points[-1].at)
    if data.fan:
        ends += data.range.ahead
    readings = readings_within(data.points, TimeAxis(begins, ends, 0, 1))
    top, bottom = _MARGIN, float(round(height - _MARGIN - metrics.height - _LABEL_GAP))
    air = ceil(mark_room(metrics) if data.top_ups else _AIR)
    if not readings or bottom - top - air < _SMALLEST:
        return None
    entering = entering_point(data.points, TimeAxis(begins, ends, 0, 1))
    points = readings if entering is None else (entering, *readings)
    money = money_axis((point.available for point in points), top, bottom, air)
    amounts = money_ticks(money, max(int((bottom - top) / (metrics.height * _LINES_PER_TICK)), 1))
    left = _MARGIN + max(metrics.width(text) for _, text in amounts) + _LABEL_GAP
    frame = Rect(float(round(left)), top, float(round(width - _MARGIN)), bottom)
    if frame.width < _SMALLEST:
        return None
    times = TimeAxis(begins, ends, frame.left, frame.right)
    line = balance_line(points, times, money)
    forecast = forecast_of(data, times, money, zone, metrics)
    drawn = (*line.known, *line.guessed, *(() if forecast is None else (forecast.area,)))
    return ChartLayout(
        frame=frame,
        times=times,
        money=money,
        money_ticks=_money_ticks(amounts, frame, money, metrics),
        zero_y=money.y(ZERO),
        time_ticks=time_ticks(times, zone, height - _MARGIN - metrics.descent, metrics),
        now_x=times.x(data.until),
        thresholds=threshold_lines(data.thresholds, frame, money, drawn, metrics),
        readings=readings,
        xs=tuple(x for x, _ in line.places[-len(readings) :]),
        line=line,
        top_ups=top_up_marks(data.top_ups, points, times, money, metrics),
        forecast=forecast,
    )


def _money_ticks(
    amounts: tuple[tuple[Usd, str], ...], frame: Rect, money: MoneyAxis, metrics: TextMetrics
) -> tuple[MoneyTick, ...]:
    # Figures are centred on their line, by the height of a digit and not of the whole font.
    below = metrics.digit_height / 2
    ticks = []
    for amount, text in amounts:
        y = money.y(amount)
        label = label_at(text, frame.left - _LABEL_GAP, y + below, Align.RIGHT, metrics)
        ticks.append(MoneyTick(y, label))
    return tuple(ticks)
