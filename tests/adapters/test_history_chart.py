from __future__ import annotations

import random
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import (
    DAY,
    FIVE_MINUTES,
    HOUR,
    MINUTE,
    START,
    entries_of,
    history_in,
    readings_of,
    recorded,
)
from tests.core.samples import usd
from tray_app.core.history import ChartPoint
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LONG_AFTER = START + 400 * DAY


def test_few_rows_come_as_they_are_to_the_last_moment_with_the_one_before(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "7", "6", "5"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        points = history.chart_points(readings[1].taken_at, readings[3].taken_at, 100)
    assert points == tuple(
        ChartPoint(reading.taken_at, reading.available) for reading in readings[:4]
    )


def test_where_nothing_lies_there_is_no_point(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        assert history.chart_points(START, LONG_AFTER, 100) == ()
        recorded(history, readings_of(["9"]))
        (before,) = history.chart_points(START + MINUTE, LONG_AFTER, 100)
        assert before.at == START
        assert len(history.chart_points(START, LONG_AFTER, 100)) == 1


def test_another_key_later_on_makes_no_gap_where_the_line_enters(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "7", "6"])
    with closing(history_in(tmp_path)) as history:
        for reading, key in zip(readings, "aaab", strict=True):
            history.append(reading, key)
        points = history.chart_points(readings[1].taken_at, LONG_AFTER, 100)
        assert [point.after_gap for point in points] == [False, False, False, True]
        entering = history.chart_points(readings[3].taken_at, LONG_AFTER, 100)
        assert [point.after_gap for point in entering] == [False, True]


def test_a_long_time_without_a_look_is_a_gap(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        for minutes in (0, 5, 5 + 66, 5 + 66 + 76, 5 + 66 + 76 + 5):
            history.append(
                BalanceReading(usd("99") - Usd.of_cents(minutes), START + minutes * MINUTE), "a"
            )
        points = history.chart_points(START, LONG_AFTER, 100)
    assert [point.after_gap for point in points] == [False, False, False, True, False]


def test_a_gap_before_the_first_moment_is_one(tmp_path: Path) -> None:
    readings = [
        BalanceReading(usd(amount), START + hours * HOUR)
        for amount, hours in (("9", 0), ("8", 30), ("7", 31))
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        points = history.chart_points(START + 29 * HOUR, LONG_AFTER, 100)
        assert [point.after_gap for point in points] == [False, True, False]
        points = history.chart_points(START + 31 * HOUR, LONG_AFTER, 100)
        assert [point.after_gap for point in points] == [False, False]


def test_equal_amounts_that_were_seen_are_no_gap(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5"] * 200))
        points = history.chart_points(START, LONG_AFTER, 100)
    assert not any(point.after_gap for point in points)


def test_no_line_leads_from_one_keys_balance_to_anothers(tmp_path: Path) -> None:
    readings = readings_of(["9", "8", "70", "60"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings[:2], "a")
        recorded(history, readings[2:], "b")
        points = history.chart_points(START, LONG_AFTER, 100)
    assert [point.after_gap for point in points] == [False, False, True, False]


def wandering(seed: int, count: int) -> list[BalanceReading]:
    """Return readings that spend, pause, are topped up and miss hours, with cash."""
    rng = random.Random(seed)  # noqa: S311 — no secret
    amount, at = 500_000, START
    readings = []
    for _ in range(count):
        at += FIVE_MINUTES if rng.random() < 0.99 else rng.randrange(100) * HOUR + MINUTE
        amount -= rng.randrange(200)
        if rng.random() < 0.005:
            amount += 200_000
        readings.append(BalanceReading(Usd.of_units(amount), at, cash=Usd.of_units(amount)))
    return readings


@pytest.mark.parametrize("seed", range(5))
def test_of_many_rows_a_few_stay_with_ends_lows_highs_and_gaps(tmp_path: Path, seed: int) -> None:
    rows = wandering(seed, 2000)
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries_of(rows))
        for most in (12, 13, 50, 200, 1000):
            points = history.chart_points(START, LONG_AFTER, most)
            assert len(points) <= most
            assert_shape_is_kept(rows, points)


def assert_shape_is_kept(rows: Sequence[BalanceReading], points: Sequence[ChartPoint]) -> None:
    assert [point.at for point in points] == sorted({point.at for point in points})
    amounts = {reading.taken_at: reading.available for reading in rows}
    assert all(amounts[point.at] == point.available for point in points)
    assert (points[0].at, points[-1].at) == (rows[0].taken_at, rows[-1].taken_at)
    shown = [point.available for point in points]
    assert min(shown) == min(amounts.values())
    assert max(shown) == max(amounts.values())
    gaps = [
        after.taken_at
        for before, after in pairwise(rows)
        if after.taken_at - before.taken_at > 75 * MINUTE
    ]
    for before, point in pairwise(points):
        assert point.after_gap == any(before.at < gap <= point.at for gap in gaps)


def test_every_top_up_stays_with_the_row_before(tmp_path: Path) -> None:
    readings = wandering(1, 2000)
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries_of(readings))
        top_ups = history.eventful(START)
        shown = {point.at for point in history.chart_points(START, LONG_AFTER, 200)}
    assert 5 < len(top_ups) < 33
    assert {top_up.reading.taken_at for top_up in top_ups} <= shown
    assert {top_up.since for top_up in top_ups} <= shown


def test_of_more_top_ups_than_can_be_drawn_the_largest_stay(tmp_path: Path) -> None:
    steps = [usd(f"{5 + number % 90}.00") for number in range(400)]
    amount, readings = usd("100"), []
    for number, step in enumerate(steps):
        amount = amount + step if number % 2 else amount - usd("1")
        readings.append(BalanceReading(amount, START + number * FIVE_MINUTES, cash=amount))
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries_of(readings))
        top_ups = history.eventful(START)
        points = history.chart_points(START, LONG_AFTER, 60)
    shown = {point.at for point in points}
    assert len(points) <= 60
    largest = sorted(top_ups, key=lambda entry: entry.change.net)[-8:]
    assert {top_up.reading.taken_at for top_up in largest} <= shown


def test_fractions_of_the_unit_are_compared_exactly(tmp_path: Path) -> None:
    lowest = "1000.000000000001"
    units = [f"{2000 - number}.5" for number in range(100)] + [lowest, "1000.000000000002"]
    units += [str(5000 - number) for number in range(100)]
    readings = [
        BalanceReading(Usd.of_units_text(text), START + number * FIVE_MINUTES)
        for number, text in enumerate(units)
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings)
        points = history.chart_points(START, LONG_AFTER, 12)
    assert min(point.available for point in points) == Usd.of_units_text(lowest)


def test_fewer_points_than_can_keep_a_shape_are_refused(tmp_path: Path) -> None:
    with (
        closing(history_in(tmp_path)) as history,
        pytest.raises(ValueError, match="at least 12 points, not 11"),
    ):
        history.chart_points(START, LONG_AFTER, 11)
