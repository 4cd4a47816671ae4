from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.samples import NOW, usd
from tests.core.spending_habits import spends_of
from tests.presentation.chart_samples import no_point, one_point
from tray_app.core.history import ChartPoint
from tray_app.core.level import Thresholds
from tray_app.core.runway import LONGEST, FanPoint, Lasting
from tray_app.core.spend_series import SpendSeries
from tray_app.presentation.chart_data import ChartData, ChartRange, RunsOut

HOUR = timedelta(hours=1)


def test_the_forecast_takes_a_fifth_to_a_third_of_the_width() -> None:
    for each in ChartRange:
        assert 0.19 < each.ahead / (each.span + each.ahead) < 0.34


def test_ranges_have_the_labels_of_their_buttons_and_grow() -> None:
    assert [each.label for each in ChartRange] == ["24 h", "7 d", "30 d", "1 y"]
    assert sorted(ChartRange, key=lambda each: each.span) == list(ChartRange)


def test_points_out_of_order_are_refused() -> None:
    points = (ChartPoint(NOW, usd("1")), ChartPoint(NOW, usd("2")))
    with pytest.raises(ValueError, match="follow each other"):
        ChartData(ChartRange.DAY, NOW, points, Thresholds())


def test_a_forecast_without_a_reading_is_refused() -> None:
    fan = (FanPoint(HOUR, 0.1, 0.2, 0.3),)
    with pytest.raises(ValueError, match="starts from a reading"):
        ChartData(ChartRange.DAY, NOW, (), Thresholds(), fan=fan)


def test_a_chart_may_have_one_point_and_a_forecast_from_it() -> None:
    fan = (FanPoint(HOUR, 0.1, 0.2, 0.3),)
    one = (ChartPoint(NOW, usd("1")),)
    assert ChartData(ChartRange.DAY, NOW, one, Thresholds(), fan=fan).fan == fan


def test_what_lasts_longer_than_a_year_has_no_end() -> None:
    lasting = Lasting(middle=9 * HOUR, low=5 * HOUR, high=LONGEST)
    assert RunsOut.of(lasting, NOW) == RunsOut(NOW + 5 * HOUR, NOW + 9 * HOUR, None)


def test_a_forecast_begins_at_the_last_point_and_needs_one() -> None:
    chart = one_point()
    spends = spends_of([1000] * 48, until=chart.points[-1].at, step=timedelta(hours=1))
    foretold = chart.foretold(SpendSeries.of(spends))
    assert foretold.fan[-1].ahead == chart.range.ahead
    assert foretold.runs_out is not None
    assert chart.foretold(SpendSeries.of([])) == chart
    with pytest.raises(ValueError, match="starts from a reading"):
        no_point().foretold(SpendSeries.of(spends))
