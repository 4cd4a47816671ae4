from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.zones import CENTRAL_EUROPE, ZONES, Zone
from tests.presentation.chart_metrics import METRICS
from tray_app.presentation.time_axis import TimeAxis, time_ticks

NOW = datetime(2026, 11, 25, 13, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def labels(axis: TimeAxis, zone: Zone = CENTRAL_EUROPE) -> list[str]:
    return [tick.label.text for tick in time_ticks(axis, zone, 200, METRICS)]


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 — made aware below
    st.timedeltas(timedelta(hours=2), timedelta(days=900)),
    st.floats(60, 3_000),
    st.sampled_from(ZONES),
)
def test_ticks_are_in_order_apart_and_within_the_picture(
    begins: datetime, span: timedelta, width: float, zone: Zone
) -> None:
    begins = begins.replace(tzinfo=UTC)
    axis = TimeAxis(begins, begins + span, 50, 50 + width)
    ticks = time_ticks(axis, zone, 200, METRICS)
    for one, other in pairwise(ticks):
        assert one.x < other.x
        assert one.label.room.right < other.label.room.left
    for tick in ticks:
        assert axis.left <= tick.x <= axis.right
        assert 0 <= tick.label.room.left < tick.label.room.right <= axis.right


def test_a_day_has_hours_and_its_midnight_has_the_date() -> None:
    axis = TimeAxis(NOW - DAY, NOW, 0, 500)
    assert labels(axis)[:6] == ["15:00", "18:00", "21:00", "25 Nov", "03:00", "06:00"]


def test_a_week_has_days_however_wide_it_is() -> None:
    axis = TimeAxis(NOW - 7 * DAY, NOW, 0, 5_000)
    assert labels(axis)[0] == "Thu 19"
    assert len(labels(axis)) == 7


def test_a_month_has_weeks_that_begin_on_mondays() -> None:
    axis = TimeAxis(NOW - 30 * DAY, NOW, 0, 400)
    assert labels(axis) == ["2 Nov", "9 Nov", "16 Nov", "23 Nov"]


def test_a_year_has_months_and_january_names_the_year() -> None:
    axis = TimeAxis(NOW - 365 * DAY, NOW, 0, 700)
    assert labels(axis)[:3] == ["Dec", "2026", "Feb"]


def test_where_no_label_fits_there_is_none() -> None:
    assert labels(TimeAxis(NOW - DAY, NOW, 0, 5)) == []


def test_an_hour_that_summer_time_skips_is_no_tick() -> None:
    # 2026-03-29, 02:00 to 03:00 does not exist in Central Europe.
    begins = datetime(2026, 3, 28, 23, tzinfo=UTC)
    shown = labels(TimeAxis(begins, begins + timedelta(hours=6), 0, 700))
    assert "01:00" in shown
    assert "02:00" not in shown
    assert "03:00" in shown


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_moment_and_place_belong_together(share: float) -> None:
    axis = TimeAxis(NOW, NOW + DAY, 0, 640)
    assert axis.at(640 * share) == NOW + DAY * share
    assert axis.x(NOW + DAY * share) == 640 * share


def test_what_lies_beyond_the_axis_lies_on_its_end() -> None:
    axis = TimeAxis(NOW, NOW + DAY, 0, 640)
    assert (axis.x(NOW - DAY), axis.x(NOW + 2 * DAY)) == (0, 640)
    assert (axis.at(-5), axis.at(700)) == (NOW, NOW + DAY)
    assert axis.holds(NOW)
    assert not axis.holds(NOW - DAY)
