from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.samples import usd
from tests.presentation.chart_samples import (
    BERLIN,
    DAY,
    HOUR,
    NOW,
    chart,
    fan,
    healthy,
    negative,
    one_month,
    one_point,
    one_year,
    runs_out,
)
from tests.presentation.test_chart_layout import placed
from tray_app.core.history import ChartPoint, TopUp
from tray_app.presentation.chart_data import ChartData, ChartRange, RunsOut
from tray_app.presentation.chart_readout import (
    Readout,
    first_stop,
    last_stop,
    readout_at,
    stepped,
)
from tray_app.presentation.chart_summary import chart_summary

THREE = chart(
    ChartRange.DAY,
    (
        ChartPoint(NOW - 20 * HOUR, usd("12.3456")),
        ChartPoint(NOW - 10 * HOUR, usd("32")),
        ChartPoint(NOW, usd("31.5")),
    ),
    (TopUp(usd("20"), NOW - 10 * HOUR),),
)


def read(data: ChartData, x: float) -> Readout:
    return readout_at(data, placed(data), x, BERLIN)


def test_the_nearest_reading_is_read_exactly() -> None:
    layout = placed(THREE)
    assert read(THREE, layout.xs[0] + 3).sentence == "$12.3456, 24 Nov 18:10"
    assert read(THREE, layout.frame.right).title == "$31.50"
    assert read(THREE, 0).x == layout.xs[0]
    assert read(THREE, 9_999).x == layout.xs[-1]


def test_a_top_up_is_read_with_its_reading() -> None:
    middle = read(THREE, placed(THREE).xs[1])
    assert middle.title == "$32.00"
    assert middle.subtitle == "25 Nov 04:10, topped up +$20.00"


def test_the_forecast_is_read_as_a_range_with_its_hour_or_its_day() -> None:
    week = healthy()
    layout = placed(week)
    ahead = read(week, layout.times.x(NOW + 2 * DAY))
    assert ahead.title == "between $5 and $10"
    assert ahead.subtitle == "about $8, 27 Nov 14:00"
    assert len(ahead.ys) == 3
    month = one_month()
    assert read(month, placed(month).times.x(NOW + 2 * DAY)).subtitle == "about $11, 27 Nov"


def test_of_little_money_the_forecast_has_cents() -> None:
    small = replace(chart(ChartRange.WEEK, (ChartPoint(NOW, usd("6")),)), fan=fan(3 * DAY, 6))
    assert read(small, placed(small).times.x(NOW + DAY)).title == "between $4.50 and $5.33"


def test_a_forecast_that_is_hardly_uncertain_is_one_figure() -> None:
    sure = replace(healthy(), fan=fan(3 * DAY, 900))
    assert read(sure, placed(sure).times.x(NOW + HOUR)).title == "about $14"


def test_where_nothing_is_left_in_any_case_it_says_so() -> None:
    soon = replace(one_month(), fan=fan(14 * DAY, 4), runs_out=runs_out(4))
    assert read(soon, placed(soon).frame.right).title == "nothing left"


def test_another_year_is_named() -> None:
    year = one_year()
    assert read(year, placed(year).xs[0]).subtitle.startswith("25 Nov 2025")


@pytest.mark.parametrize("data", [THREE, healthy(), negative(), one_point(), one_month()])
def test_steps_go_to_both_ends_and_every_one_can_be_seen(data: ChartData) -> None:
    layout = placed(data)
    x = stepped(layout, None, forward=True)
    assert x == layout.xs[-1]
    for forward, end in ((True, last_stop(layout)), (False, first_stop(layout))):
        for _ in range(2_000):
            moved = stepped(layout, x, forward=forward)
            if moved == x:
                break
            assert abs(moved - x) >= 3 or moved == end
            x = moved
        assert abs(x - end) < 3


def test_a_far_step_is_a_tenth_of_the_width() -> None:
    layout = placed(healthy())
    start = layout.xs[-1]
    moved = stepped(layout, start, forward=False, far=True)
    assert start - moved == pytest.approx(layout.frame.width / 10, abs=2)


def test_the_summary_says_ends_extremes_top_ups_and_the_forecast() -> None:
    assert chart_summary(THREE, placed(THREE), BERLIN) == (
        "From $12.3456 on 24 Nov 18:10 to $31.50 on 25 Nov 14:10. "
        "Lowest $12.3456 on 24 Nov 18:10, highest $32.00 on 25 Nov 04:10. One top-up."
    )
    month = one_month()
    said = chart_summary(month, placed(month), BERLIN)
    assert "2 top-ups." in said
    assert said.endswith("Forecast: until about 4 December, between 1 and 9 December.")


def test_a_forecast_beyond_a_year_is_said_to_be_that() -> None:
    data = replace(healthy(), runs_out=RunsOut(None, None, None))
    assert chart_summary(data, placed(data), BERLIN).endswith("Forecast: more than a year.")
    assert chart_summary(one_point(), placed(one_point()), BERLIN) == (
        "One reading: $12.3456 on 25 Nov 14:10."
    )
