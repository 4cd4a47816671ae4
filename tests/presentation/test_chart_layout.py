from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import amounts, usd
from tests.core.zones import ZONES, Zone
from tests.presentation.chart_metrics import METRICS
from tests.presentation.chart_samples import (
    BERLIN,
    DAY,
    HOUR,
    NOW,
    chart,
    fan,
    healthy,
    negative,
    no_point,
    one_day,
    one_month,
    one_point,
    one_year,
    runs_out,
)
from tray_app.core.history import ChartPoint, TopUp
from tray_app.core.level import Level, Thresholds
from tray_app.core.money import Usd
from tray_app.presentation.chart_data import ChartData, ChartRange, RunsOut
from tray_app.presentation.chart_geometry import Rect
from tray_app.presentation.chart_layout import ChartLayout, layout_of

WIDTH, HEIGHT = 760.0, 300.0


def placed(data: ChartData, width: float = WIDTH, height: float = HEIGHT) -> ChartLayout:
    layout = layout_of(data, width, height, BERLIN, METRICS)
    assert layout is not None
    return layout


points = st.lists(
    st.tuples(st.integers(0, 400 * 24 * 60), amounts, st.booleans()),
    min_size=1,
    max_size=30,
    unique_by=lambda each: each[0],
).map(
    lambda rows: tuple(
        ChartPoint(NOW - timedelta(minutes=ago), amount, gap and index > 0)
        for index, (ago, amount, gap) in enumerate(sorted(rows, reverse=True))
    )
)


@settings(deadline=None)
@given(
    st.sampled_from(ChartRange),
    points,
    st.integers(0, 40),
    st.sampled_from([(220.0, 120.0), (760.0, 300.0), (2400.0, 900.0)]),
    st.sampled_from(ZONES),
)
def test_whatever_was_read_everything_lies_within_the_frame(
    chart_range: ChartRange,
    read: tuple[ChartPoint, ...],
    lasts: int,
    size: tuple[float, float],
    zone: Zone,
) -> None:
    top_ups = tuple(
        TopUp(after.available - before.available, after.at)
        for before, after in pairwise(read)
        if after.available > before.available
    )
    data = chart(chart_range, read, top_ups, lasts or None)
    layout = layout_of(data, *size, zone, METRICS)
    if layout is None:
        # A picture that is too small, or nothing read for longer than it looks back.
        assert size[0] < 760 or read[-1].at < NOW - chart_range.span
        return
    frame = layout.frame
    assert Rect(0, 0, *size).contains(frame)
    places = [place for line in (*layout.line.known, *layout.line.guessed) for place in line]
    if layout.forecast is not None:
        places += [*layout.forecast.area, *layout.forecast.middle]
    places += [(mark.x, mark.y) for mark in layout.top_ups]
    assert all(frame.left <= x <= frame.right for x, _ in places)
    assert all(frame.top <= y <= frame.bottom for _, y in places)
    assert list(layout.xs) == sorted(layout.xs)
    labels = [mark.label for mark in layout.top_ups if mark.label is not None]
    for one, other in pairwise(labels):
        assert not one.room.overlaps(other.room)
    for tick in layout.money_ticks:
        assert tick.label.room.left >= 0
        assert tick.label.room.right <= frame.left


@pytest.mark.parametrize("data", [healthy(), one_day(), one_month(), one_year(), negative()])
def test_time_runs_to_the_right_and_more_money_lies_higher(data: ChartData) -> None:
    layout = placed(data)
    assert layout.readings == tuple(
        point for point in data.points if point.at >= NOW - data.range.span
    )
    for one, other in pairwise(layout.money_ticks):
        assert one.y > other.y
    assert layout.frame.top <= layout.zero_y <= layout.frame.bottom


def test_without_a_reading_or_without_room_there_is_nothing_to_place() -> None:
    assert layout_of(no_point(), WIDTH, HEIGHT, BERLIN, METRICS) is None
    assert layout_of(healthy(), WIDTH, 60, BERLIN, METRICS) is None
    assert layout_of(healthy(), 70, HEIGHT, BERLIN, METRICS) is None
    old = chart(ChartRange.DAY, (ChartPoint(NOW - 2 * DAY, usd("5")),))
    assert layout_of(old, WIDTH, HEIGHT, BERLIN, METRICS) is None


def test_a_single_reading_lies_at_the_right_edge() -> None:
    layout = placed(one_point())
    assert layout.xs == (layout.frame.right,)
    assert layout.forecast is None


def test_the_forecast_begins_at_the_last_reading_and_opens() -> None:
    layout = placed(healthy())
    forecast = layout.forecast
    assert forecast is not None
    tip = layout.line.known[-1][-1]
    assert forecast.middle[0] == forecast.area[0] == tip
    half = len(forecast.area) // 2
    upper, lower = forecast.area[1 : half + 1], forecast.area[:half:-1]
    assert all(high <= low for (_, high), (_, low) in zip(upper, lower, strict=False))


def test_the_forecast_ends_where_nothing_is_left_in_any_case() -> None:
    data = replace(one_month(), fan=fan(14 * DAY, 4), runs_out=runs_out(4))
    forecast = placed(data).forecast
    assert forecast is not None
    assert forecast.shares[-1].high == 0
    assert forecast.shares[-2].high > 0
    assert forecast.shares[-1].ahead < 7 * DAY


def test_the_end_is_marked_with_its_day_or_its_hour() -> None:
    month = placed(one_month()).forecast
    assert month is not None
    assert month.runs_out is not None
    assert month.runs_out.label is not None
    assert month.runs_out.label.text == "≈ 4 Dec"
    assert month.runs_out.middle_x is not None
    assert month.runs_out.low_x < month.runs_out.middle_x < month.runs_out.high_x
    soon = replace(
        one_day(),
        fan=fan(6 * HOUR, 1),
        runs_out=RunsOut(NOW + HOUR, NOW + 2 * HOUR, None),
    )
    day = placed(soon).forecast
    assert day is not None
    assert day.runs_out is not None
    assert day.runs_out.label is not None
    assert day.runs_out.label.text == "≈ 16:00"
    assert day.runs_out.high_x == placed(soon).frame.right


def test_an_end_beyond_the_picture_is_not_marked() -> None:
    far = placed(replace(healthy(), runs_out=runs_out(30))).forecast
    assert far is not None
    assert far.runs_out is None
    beyond = replace(healthy(), runs_out=RunsOut(NOW + 2 * DAY, NOW + 5 * DAY, None))
    cut = placed(beyond).forecast
    assert cut is not None
    assert cut.runs_out is not None
    assert (cut.runs_out.middle_x, cut.runs_out.label) == (None, None)
    unknown = placed(replace(healthy(), runs_out=None)).forecast
    assert unknown is not None
    assert unknown.runs_out is None
    never = placed(replace(healthy(), runs_out=RunsOut(None, None, None))).forecast
    assert never is not None
    assert never.runs_out is None


def test_where_its_day_has_no_room_the_end_has_no_label() -> None:
    late = replace(one_month(), runs_out=RunsOut(NOW + 12 * DAY, NOW + 13.8 * DAY, None))
    forecast = placed(late).forecast
    assert forecast is not None
    assert forecast.runs_out is not None
    assert forecast.runs_out.middle_x is not None
    assert forecast.runs_out.label is None


def test_thresholds_lie_in_the_picture_or_not_at_all() -> None:
    assert [line.level for line in placed(healthy()).thresholds] == [Level.LOW, Level.CRITICAL]
    small = chart(ChartRange.DAY, (ChartPoint(NOW, usd("2")),))
    assert [line.level for line in placed(small).thresholds] == [Level.CRITICAL]
    huge = chart(ChartRange.DAY, (ChartPoint(NOW, usd("2000000")),))
    assert placed(huge).thresholds == ()
    same = replace(healthy(), thresholds=Thresholds(usd("5"), usd("5")))
    assert [line.level for line in placed(same).thresholds] == [Level.CRITICAL]


def test_a_threshold_whose_words_would_stand_on_another_has_none() -> None:
    near = replace(healthy(), thresholds=Thresholds(usd("5"), usd("4.9")))
    low, critical = placed(near).thresholds
    assert low.label is not None
    assert low.label.text == "low $5"
    assert critical.label is None


def test_a_threshold_s_words_move_away_from_the_line_of_the_balance() -> None:
    falling = chart(
        ChartRange.WEEK,
        tuple(
            ChartPoint(NOW - days * DAY, usd(left))
            for days, left in ((7, "5.5"), (6, "2"), (0, "12"))
        ),
    )
    for data, moves in ((falling, True), (one_point(), False)):
        layout = placed(data)
        label = layout.thresholds[0].label
        assert label is not None
        assert (label.x > layout.frame.left + label.room.width) is moves
        for line in layout.line.known:
            for (x, y), (far_x, far_y) in pairwise(line):
                box = Rect(min(x, far_x), min(y, far_y), max(x, far_x), max(y, far_y))
                assert not label.room.overlaps(box)


def test_where_the_line_is_everywhere_a_threshold_s_words_stay_at_the_left() -> None:
    steady = chart(
        ChartRange.WEEK,
        tuple(ChartPoint(NOW - days * DAY, usd(left)) for days, left in ((7, "5.1"), (0, "5"))),
    )
    layout = placed(replace(steady, thresholds=Thresholds(usd("5"), usd("1"))))
    label = layout.thresholds[0].label
    assert label is not None
    assert label.x < layout.frame.left + 10


def test_no_threshold_strikes_out_the_day_of_the_end() -> None:
    layout = placed(one_month())
    assert layout.forecast is not None
    assert layout.forecast.runs_out is not None
    label = layout.forecast.runs_out.label
    assert label is not None
    assert len(layout.thresholds) == 2
    for line in layout.thresholds:
        assert not label.room.top < line.y < label.room.bottom


def test_a_top_up_is_marked_at_the_top_of_its_step_with_room_for_its_amount() -> None:
    layout = placed(one_month())
    assert len(layout.top_ups) == 2
    for mark in layout.top_ups:
        assert mark.label is not None
        assert mark.label.text == "+$20"
        assert layout.frame.top <= mark.label.room.top
        assert mark.label.room.bottom < mark.y


def test_of_top_ups_that_crowd_the_latest_is_named() -> None:
    data = healthy()
    (last,) = data.top_ups
    another = TopUp(usd("7"), last.at + 2 * HOUR)
    first, second = placed(replace(data, top_ups=(last, another))).top_ups
    assert first.label is None
    assert second.label is not None
    assert second.label.text == "+$7"


def test_many_top_ups_are_marked_without_their_amounts() -> None:
    layout = placed(one_year())
    assert len(layout.top_ups) > 15
    assert {mark.label for mark in layout.top_ups} == {None}


def test_a_top_up_before_or_after_the_line_is_not_marked() -> None:
    data = healthy()
    ends = data.points[-1].at
    outside = (TopUp(usd("5"), NOW - 40 * DAY), TopUp(usd("5"), ends + HOUR))
    assert placed(replace(data, top_ups=outside)).top_ups == ()


def test_an_account_of_nothing_is_a_line_at_zero() -> None:
    nothing = chart(
        ChartRange.DAY,
        (ChartPoint(NOW - HOUR, Usd.of_units(0)), ChartPoint(NOW, Usd.of_units(0))),
    )
    layout = placed(nothing)
    assert {y for _, y in layout.line.known[0]} == {layout.zero_y}


def test_rectangles_know_their_size_and_what_they_hold() -> None:
    rect = Rect(1, 2, 5, 8)
    assert (rect.width, rect.height) == (4, 6)
    assert rect.contains(Rect(1, 3, 4, 8))
    assert not rect.contains(Rect(0, 3, 4, 8))
    assert rect.overlaps(Rect(4, 7, 9, 9))
    assert not rect.overlaps(Rect(5, 2, 9, 9))
