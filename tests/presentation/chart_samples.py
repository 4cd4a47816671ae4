"""Balances over time for the chart's pictures and tests: the same on every machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.core.zones import CENTRAL_EUROPE
from tray_app.core.history import ChartPoint, TopUp
from tray_app.core.level import Thresholds
from tray_app.core.money import Usd
from tray_app.core.runway import FanPoint, Lasting
from tray_app.presentation.chart_data import ChartData, ChartRange, RunsOut

if TYPE_CHECKING:
    from collections.abc import Iterable

BERLIN: Final = CENTRAL_EUROPE
NOW: Final = datetime(2026, 11, 25, 13, 10, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
_TOP_UP_UNITS: Final = 200_000
_FAN_POINTS: Final = 48


def spending(
    span: timedelta, step: timedelta, units_a_day: int, last_units: int, top_ups_at: Iterable[int]
) -> tuple[tuple[ChartPoint, ...], tuple[TopUp, ...]]:
    """Return readings every ``step`` that end with ``last_units`` (1/10000 USD) now.

    Spending has days, nights and weekends. A top-up of $20 came so many steps before the end.
    """
    came = set(top_ups_at)
    points = [ChartPoint(NOW, Usd.of_units(last_units))]
    top_ups = []
    units = last_units
    for back in range(1, span // step + 1):
        at = NOW - back * step
        if back - 1 in came:
            top_ups.append(TopUp(Usd.of_units(_TOP_UP_UNITS), at + step))
            units -= _TOP_UP_UNITS
        else:
            units += _pace(at) * units_a_day * (step // timedelta(minutes=1)) // (1440 * 100)
        points.append(ChartPoint(at, Usd.of_units(units)))
    return tuple(reversed(points)), tuple(reversed(top_ups))


def _pace(at: datetime) -> int:
    """Return the pace at that moment in percent of the mean one."""
    hour = (15, 10, 5, 5, 10, 20, 50, 90, 150, 190, 210, 200)[at.hour // 2]
    return hour * (35 if at.weekday() > 4 else 125) // 100 + at.minute % 7 * 4


def with_gap(
    points: tuple[ChartPoint, ...], begin: datetime, end: datetime
) -> tuple[ChartPoint, ...]:
    """Return the points as if nobody had looked between the two moments."""
    kept = [point for point in points if not begin < point.at < end]
    return tuple(
        ChartPoint(
            point.at,
            point.available,
            after_gap=before is not None and before.at <= begin < end <= point.at,
        )
        for before, point in zip((None, *kept), kept, strict=False)
    )


def fan(span: timedelta, days: int) -> tuple[FanPoint, ...]:
    """Return a fan whose middle reaches zero after so many days, quicker and slower by a third."""

    def left(ahead: timedelta, numerator: int, denominator: int) -> float:
        return max(1 - (ahead * numerator) / (days * denominator * DAY), 0.0)

    return tuple(
        FanPoint(ahead, left(ahead, 3, 2), left(ahead, 1, 1), left(ahead, 2, 3))
        for number in range(1, _FAN_POINTS + 1)
        for ahead in (span * number / _FAN_POINTS,)
    )


def runs_out(days: int) -> RunsOut:
    lasting = Lasting(middle=days * DAY, low=days * DAY * 2 / 3, high=days * DAY * 3 / 2)
    return RunsOut.of(lasting, NOW)


def chart(
    range_: ChartRange,
    points: tuple[ChartPoint, ...],
    top_ups: tuple[TopUp, ...] = (),
    lasts_days: int | None = None,
) -> ChartData:
    return ChartData(
        range_,
        NOW,
        points,
        Thresholds(),
        top_ups,
        fan=() if lasts_days is None else fan(range_.ahead, lasts_days),
        runs_out=None if lasts_days is None else runs_out(lasts_days),
    )


def healthy(range_: ChartRange = ChartRange.WEEK) -> ChartData:
    """A week with a top-up, a weekend, a night with the machine off, and a forecast."""
    points, top_ups = spending(8 * DAY, timedelta(minutes=15), 25_000, 143_456, (250,))
    gap_ends = NOW - 4 * DAY - 3 * HOUR
    return chart(range_, with_gap(points, gap_ends - 20 * HOUR, gap_ends), top_ups, lasts_days=5)


def one_day() -> ChartData:
    points, top_ups = spending(25 * HOUR, timedelta(minutes=5), 40_000, 240_321, (100,))
    return chart(ChartRange.DAY, points, top_ups, lasts_days=4)


def one_month() -> ChartData:
    points, top_ups = spending(31 * DAY, HOUR, 18_000, 153_456, (180, 480))
    return chart(ChartRange.MONTH, points, top_ups, lasts_days=9)


def one_year() -> ChartData:
    points, top_ups = spending(366 * DAY, HOUR, 13_500, 123_456, range(200, 8700, 400))
    return chart(ChartRange.YEAR, points, top_ups, lasts_days=60)


def negative() -> ChartData:
    points, _ = spending(8 * DAY, HOUR, 20_000, -63_300, ())
    return chart(ChartRange.WEEK, points)


def one_point() -> ChartData:
    return chart(ChartRange.WEEK, (ChartPoint(NOW, Usd.of_units(123_456)),))


def no_point() -> ChartData:
    return chart(ChartRange.WEEK, ())
