from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tray_app.core.runway import LONGEST, Lasting
from tray_app.presentation.chart_data import RunsOut
from tray_app.presentation.day_wording import day_text, moment_text
from tray_app.presentation.runs_out_wording import runs_out_text

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)  # 12:00 in Berlin
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def runs_out(low: timedelta, middle: timedelta, high: timedelta) -> str:
    return runs_out_text(RunsOut.of(Lasting(middle, low, high), NOON), NOON, BERLIN)


def test_a_day_has_its_year_only_in_another_one() -> None:
    assert day_text(date(2026, 12, 4), date(2026, 1, 1)) == "4 Dec"
    assert day_text(date(2026, 12, 4), date(2027, 1, 1)) == "4 Dec 2026"


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(hours=2), "10:00"),
        (timedelta(hours=12), "00:00"),
        (timedelta(hours=12, minutes=1), "yesterday 23:59"),
        (timedelta(hours=36), "yesterday 00:00"),
        (timedelta(hours=36, minutes=1), "23 Nov 23:59"),
        (timedelta(days=365), "25 Nov 2025 12:00"),
        (timedelta(hours=-20), "tomorrow 08:00"),
    ],
)
def test_a_moment_has_24_hours_and_the_user_s_day(ago: timedelta, expected: str) -> None:
    assert moment_text(NOON - ago, NOON, BERLIN) == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((6 * DAY, 9 * DAY, 14 * DAY), "until about 4 December, between 1 and 9 December"),
        (
            (3 * DAY, 9 * DAY, 14 * DAY),
            "until about 4 December, between 28 November and 9 December",
        ),
        (
            (6 * DAY, 9 * DAY, 50 * DAY),
            "until about 4 December, between 1 December and 14 January 2027",
        ),
        (
            (40 * DAY, 50 * DAY, 60 * DAY),
            "until about 14 January 2027, between 4 and 24 January 2027",
        ),
        ((2.2 * DAY, 2.3 * DAY, 2.4 * DAY), "until about 27 November"),
        (
            (4 * HOUR, 6 * HOUR, 9 * HOUR),
            "until about 18:00 today, between 16:00 and 21:00 today",
        ),
        (
            (4 * HOUR, 6.9 * HOUR, 14 * HOUR),
            "until about 18:00 today, between 16:00 today and 02:00 tomorrow",
        ),
        (
            (30 * HOUR, 60 * HOUR, 90 * HOUR),
            "until about 28 November, between 18:00 tomorrow and 29 November",
        ),
        ((6 * DAY, 9 * DAY, LONGEST), "until about 4 December, 1 December at the earliest"),
        ((6 * DAY, LONGEST, LONGEST), "until 1 December at the earliest"),
        ((LONGEST, LONGEST, LONGEST), ""),
    ],
)
def test_the_end_is_a_date_with_its_range(
    ends: tuple[timedelta, timedelta, timedelta], expected: str
) -> None:
    assert runs_out(*ends) == expected


def test_the_hour_of_the_end_is_local_behind_a_change_of_the_clocks() -> None:
    before = datetime(2026, 10, 24, 20, tzinfo=UTC)  # 22:00; the clocks go back at 03:00
    ends = RunsOut.of(Lasting(middle=6 * HOUR, low=5 * HOUR, high=7 * HOUR), before)
    assert runs_out_text(ends, before, BERLIN) == (
        "until about 03:00 tomorrow, between 02:00 and 04:00 tomorrow"
    )
