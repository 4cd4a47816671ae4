"""What the crosshair reads: the exact balance at a reading, the likely one in the forecast."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import ZERO, Usd
from tray_app.core.runway import FanPoint
from tray_app.presentation.chart_data import ChartRange
from tray_app.presentation.day_wording import day_and_clock_text, day_text
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import amount_text, whole_dollars_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.chart_forecast import Forecast
    from tray_app.presentation.chart_layout import ChartLayout

_PARTS: Final = 1_000_000
_STEP: Final = 3.0
_PAGE_SHARE: Final = 0.1
# Estimates of a balance from ten dollars on have no cents.
_DOLLARS_FROM: Final = 10


@dataclass(frozen=True, slots=True)
class Readout:
    """The crosshair at ``x``, with a dot at each height, and the two lines that it reads."""

    x: float
    ys: tuple[float, ...]
    title: str
    """The amount, or the range that it is likely in."""
    subtitle: str
    """When."""

    @property
    def sentence(self) -> str:
        """Both lines as one, for a screen reader."""
        return tr("{what}, {when}", what=self.title, when=self.subtitle)


def readout_at(data: ChartData, layout: ChartLayout, x: float, zone: tzinfo) -> Readout:
    """Return the readout of the reading that is nearest to ``x``, or of the forecast there."""
    forecast = layout.forecast
    if forecast is not None:
        foretold = min(x, layout.times.x(forecast.moments[-1]))
        if foretold > layout.xs[-1] + _STEP / 2:
            return _forecast_readout(data, layout, forecast, foretold, zone)
    index = _nearest(layout.xs, x)
    point = layout.readings[index]
    when = reading_time(point.at, data, zone)
    top_up = _topped_up(data, layout, index)
    return Readout(
        layout.xs[index],
        (layout.money.y(point.available),),
        amount_text(point.available),
        when
        if top_up == ZERO
        else tr("{when}, topped up +{amount}", when=when, amount=amount_text(top_up)),
    )


def stepped(layout: ChartLayout, x: float | None, *, forward: bool, far: bool = False) -> float:
    """Return where the crosshair goes next: to the next reading, or a tenth of the width.

    From nowhere it goes to the last reading. Readings that lie on each other's pixels are
    passed over, so that each step can be seen.
    """
    if x is None:
        return layout.xs[-1]
    step = layout.frame.width * _PAGE_SHARE if far else _STEP
    stops = _stops(layout)
    if forward:
        return stops[min(bisect_left(stops, x + step), len(stops) - 1)]
    return stops[max(bisect_right(stops, x - step) - 1, 0)]


def first_stop(layout: ChartLayout) -> float:
    """Return where the first reading lies."""
    return layout.xs[0]


def last_stop(layout: ChartLayout) -> float:
    """Return where the forecast ends, or the last reading without one."""
    return _stops(layout)[-1]


def reading_time(at: datetime, data: ChartData, zone: tzinfo) -> str:
    """Return ``24 Nov 14:05``, with the year where it is not this one."""
    local = at.astimezone(zone)
    return day_and_clock_text(local, data.until.astimezone(zone).date())


def _stops(layout: ChartLayout) -> tuple[float, ...]:
    if layout.forecast is None:
        return layout.xs
    return (*layout.xs, *map(layout.times.x, layout.forecast.moments[1:]))


def _nearest(xs: Sequence[float], x: float) -> int:
    right = min(bisect_left(xs, x), len(xs) - 1)
    left = max(right - 1, 0)
    return left if x - xs[left] < xs[right] - x else right


def _topped_up(data: ChartData, layout: ChartLayout, index: int) -> Usd:
    """Return what this reading showed to be paid in."""
    at = layout.readings[index].at
    return sum((each.amount for each in data.top_ups if each.at == at), ZERO)


def _forecast_readout(
    data: ChartData, layout: ChartLayout, forecast: Forecast, x: float, zone: tzinfo
) -> Readout:
    last = layout.readings[-1]
    share = _share_at(forecast, layout.times.at(x))
    low, middle, high = (
        last.available.scaled(round(part * _PARTS), _PARTS)
        for part in (share.low, share.middle, share.high)
    )
    ys = tuple(layout.money.y(amount) for amount in (low, middle, high))
    when = _foretold_time(last.at + share.ahead, data, zone)
    if high == ZERO:
        return Readout(x, ys, tr("nothing left"), when)
    texts = [_rough(amount, last.available) for amount in (low, middle, high)]
    if texts[0] == texts[2]:
        return Readout(x, ys, tr("about {amount}", amount=texts[1]), when)
    return Readout(
        x,
        ys,
        tr("between {low} and {high}", low=texts[0], high=texts[2]),
        tr("about {amount}, {when}", amount=texts[1], when=when),
    )


def _share_at(forecast: Forecast, at: datetime) -> FanPoint:
    """Return what is left at a moment of the forecast, between two points of the fan."""
    shares = (FanPoint(timedelta(0), 1.0, 1.0, 1.0), *forecast.shares)
    right = min(max(bisect_left(forecast.moments, at), 1), len(shares) - 1)
    one, other = shares[right - 1], shares[right]
    ahead = at - forecast.moments[0]
    part = min((ahead - one.ahead) / (other.ahead - one.ahead), 1.0)

    def between(start: float, end: float) -> float:
        return start + (end - start) * part

    return FanPoint(
        ahead,
        between(one.low, other.low),
        between(one.middle, other.middle),
        between(one.high, other.high),
    )


def _rough(amount: Usd, whole: Usd) -> str:
    """Return an estimate rounded down: to dollars, or to cents where ten dollars are all."""
    if whole.whole_steps(1) >= _DOLLARS_FROM:
        return whole_dollars_text(amount.whole_steps(1))
    return amount_text(Usd.of_cents(amount.whole_steps(100)))


def _foretold_time(at: datetime, data: ChartData, zone: tzinfo) -> str:
    """Return the day, and the hour where the picture is short enough to tell hours apart."""
    if data.range in {ChartRange.MONTH, ChartRange.YEAR}:
        return day_text(at.astimezone(zone).date(), data.until.astimezone(zone).date())
    return reading_time(at.astimezone(zone).replace(minute=0), data, zone)
