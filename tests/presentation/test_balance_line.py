from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.samples import usd
from tray_app.core.history import ChartPoint
from tray_app.presentation.balance_line import (
    BalanceLine,
    balance_line,
    entering_point,
    readings_within,
    thinned,
)
from tray_app.presentation.chart_geometry import dashed, sharp, snapped
from tray_app.presentation.money_axis import MoneyAxis
from tray_app.presentation.time_axis import TimeAxis

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMES = TimeAxis(NOW, NOW + 10 * HOUR, 0, 1_000)
MONEY = MoneyAxis(usd("0"), usd("10"), 0, 100)


def at(hour: float, dollars: str, *, after_gap: bool = False) -> ChartPoint:
    return ChartPoint(NOW + hour * HOUR, usd(dollars), after_gap)


def test_spending_is_a_straight_line_and_a_rise_a_step() -> None:
    line = balance_line([at(0, "10"), at(1, "5"), at(2, "8")], TIMES, MONEY)
    known = (((0, 0), (100, 50), (200, 50), (200, 20)),)
    assert line == BalanceLine(known, guessed=(), places=((0, 0), (100, 50), (200, 20)))


def test_across_a_gap_the_line_is_a_guess() -> None:
    points = [at(0, "10"), at(1, "9"), at(5, "6", after_gap=True), at(6, "5")]
    line = balance_line(points, TIMES, MONEY)
    known = (((0, 0), (100, 10)), ((500, 40), (600, 50)))
    places = (*known[0], *known[1])
    assert line == BalanceLine(known, (((100, 10), (500, 40)),), places)


def test_a_lone_reading_is_a_line_of_one_point_and_none_is_no_line() -> None:
    assert balance_line([at(1, "5")], TIMES, MONEY).known == (((100, 50),),)
    assert balance_line([], TIMES, MONEY).known == ()


def test_a_line_from_outside_enters_where_its_neighbours_say() -> None:
    points = [at(-1, "8"), at(1, "6")]
    assert entering_point(points, TIMES) == at(0, "7")
    assert readings_within(points, TIMES) == (points[1],)
    # What rises is a step at the reading that shows it.
    assert entering_point([at(-1, "6"), at(1, "8")], TIMES) == at(0, "6")


def test_nothing_enters_before_the_first_reading_after_the_last_or_at_one() -> None:
    assert entering_point([at(1, "6"), at(2, "5")], TIMES) is None
    assert entering_point([at(-2, "6"), at(-1, "5")], TIMES) is None
    assert entering_point([at(-1, "6"), at(0, "5")], TIMES) is None


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 100)), max_size=300))
def test_a_thinned_line_has_few_points_and_keeps_what_can_be_seen(
    places: list[tuple[float, float]],
) -> None:
    line = sorted(places, key=lambda place: place[0])
    kept = thinned(line)
    assert set(kept) <= set(line)
    for column in {int(x) for x, _ in line}:
        heights = [y for x, y in line if int(x) == column]
        shown = [y for x, y in kept if int(x) == column]
        assert (min(shown), max(shown)) == (min(heights), max(heights))
        assert len(shown) <= 4


def test_dashes_begin_with_one_and_leave_gaps() -> None:
    assert dashed(((0, 0), (10, 0)), 4, 2) == (((0, 0), (4, 0)), ((6, 0), (10, 0)))
    assert dashed(((0, 0), (5, 0)), 4, 2) == (((0, 0), (4, 0)),)


def test_a_dash_goes_around_a_corner() -> None:
    assert dashed(((0, 0), (3, 0), (3, 3)), 4, 1) == (((0, 0), (3, 0), (3, 1)), ((3, 2), (3, 3)))


def test_a_single_point_has_no_dash() -> None:
    assert dashed(((0, 0),), 4, 2) == ()


def test_places_are_on_the_raster_and_thin_lines_on_one_pixel() -> None:
    assert snapped(1.01) == 1.015625
    assert sharp(7.9) == 7.5
