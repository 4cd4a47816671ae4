"""The forecast in the chart: a fan from the last reading, and when nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO
from tray_app.presentation.chart_data import ChartRange
from tray_app.presentation.chart_geometry import Align, label_at
from tray_app.presentation.day_wording import clock_text, day_text

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.runway import FanPoint
    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.chart_geometry import Label, Line, TextMetrics
    from tray_app.presentation.money_axis import MoneyAxis
    from tray_app.presentation.time_axis import TimeAxis

_LABEL_ASIDE: Final = 8
_LABEL_ABOVE: Final = 7
_ABOVE_LINE: Final = 1


@dataclass(frozen=True, slots=True)
class RunsOutMark:
    """Where on the line of zero the balance is likely to end; beyond the axis it is cut off."""

    y: float
    low_x: float
    high_x: float
    middle_x: float | None
    """None beyond the axis."""
    label: Label | None
    """The day or hour of the middle; None where there is no room."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The fan from its tip, the last reading, to where even its upper edge reaches zero."""

    area: Line
    """Its outline, closed; the tip first."""
    middle: Line
    moments: tuple[datetime, ...]
    """The tip's and those of the fan's points."""
    shares: tuple[FanPoint, ...]
    """What is left at each of them, the tip excluded."""
    runs_out: RunsOutMark | None


def forecast_of(
    data: ChartData,
    times: TimeAxis,
    money: MoneyAxis,
    zone: tzinfo,
    metrics: TextMetrics,
) -> Forecast | None:
    """Place the forecast; None where there is none."""
    last = data.points[-1]
    shares = _until_empty(tuple(each for each in data.fan if times.holds(last.at + each.ahead)))
    if not shares:
        return None
    height = money.high - money.low
    zero, whole = (-money.low).ratio_to(height), last.available.ratio_to(height)

    def y(share: float) -> float:
        return money.y_of_share(zero + whole * share)

    moments = (last.at, *(last.at + each.ahead for each in shares))
    xs = [times.x(at) for at in moments]
    upper, middle, lower = (
        tuple(zip(xs, (y(1.0), *map(y, edge)), strict=True))
        for edge in (
            [each.high for each in shares],
            [each.middle for each in shares],
            [each.low for each in shares],
        )
    )
    return Forecast(
        area=(*upper, *reversed(lower[1:])),
        middle=middle,
        moments=moments,
        shares=shares,
        runs_out=_runs_out_mark(data, times, money, zone, metrics),
    )


def _until_empty(fan: tuple[FanPoint, ...]) -> tuple[FanPoint, ...]:
    """Return the fan up to the first point at which nothing is left in any case."""
    for index, each in enumerate(fan):
        if each.high <= 0:
            return fan[: index + 1]
    return fan


def _runs_out_mark(
    data: ChartData, times: TimeAxis, money: MoneyAxis, zone: tzinfo, metrics: TextMetrics
) -> RunsOutMark | None:
    ends = data.runs_out
    if ends is None or ends.low is None or not times.holds(ends.low):
        return None
    y = money.y(ZERO)
    middle_x = None
    label = None
    if ends.middle is not None and times.holds(ends.middle):
        middle_x = times.x(ends.middle)
        text = _end_text(data, ends.middle.astimezone(zone), zone)
        label = label_at(text, middle_x + _LABEL_ASIDE, y - _LABEL_ABOVE, Align.LEFT, metrics)
        for threshold in (data.thresholds.critical, data.thresholds.low):
            # No threshold's line strikes the words out.
            line = money.y(threshold)
            if money.holds(threshold) and label.room.top < line < label.room.bottom:
                label = label_at(
                    text, label.x, line - metrics.descent - _ABOVE_LINE, Align.LEFT, metrics
                )
        if label.room.right > times.right or label.room.top < money.top:
            label = None
    high_x = times.right if ends.high is None else times.x(ends.high)
    return RunsOutMark(y, times.x(ends.low), high_x, middle_x, label)


def _end_text(data: ChartData, local: datetime, zone: tzinfo) -> str:
    if data.range is ChartRange.DAY:
        return f"≈ {clock_text(local.replace(minute=0))}"
    return f"≈ {day_text(local.date(), data.until.astimezone(zone).date())}"
