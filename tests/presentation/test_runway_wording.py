"""How long the balance lasts, as a person says it."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from tests.core.samples import runways, spans
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending, Runway
from tray_app.presentation.glyphs import DRAWABLE
from tray_app.presentation.icon_spec import MAX_GLYPHS
from tray_app.presentation.runway_wording import (
    runway_glyphs,
    runway_row,
    runway_text,
    short_runway,
    time_left_text,
)

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("middle", "low", "high", "text"),
    [
        (9 * DAY, 6 * DAY, 14 * DAY, "about 9 days, 6 to 14"),
        (9.4 * DAY, 5.6 * DAY, 14.4 * DAY, "about 9 days, 6 to 14"),
        (9.2 * DAY, 8.8 * DAY, 9.3 * DAY, "about 9 days"),
        (2 * DAY, 1 * DAY, 3 * DAY, "about 2 days, 1 to 3"),
        (2.2 * DAY, 20 * HOUR, 4 * DAY, "about 53 hours, 20 to 96"),
        (2 * DAY - SECOND, 30 * HOUR, 3 * DAY, "about 48 hours, 30 to 72"),
        (14 * HOUR, 9 * HOUR, 22 * HOUR, "about 14 hours, 9 to 22"),
        (2 * HOUR, 1.4 * HOUR, 3 * HOUR, "about 2 hours, 1 to 3"),
        (2 * HOUR - SECOND, HOUR, 3 * HOUR, "about 120 minutes, 60 to 180"),
        (2.5 * HOUR, 50 * MINUTE, 5 * HOUR, "about 150 minutes, 50 to 300"),
        (MINUTE, 40 * SECOND, 2 * MINUTE, "about 1 minute, 1 to 2"),
        (20 * SECOND, SECOND, 25 * SECOND, "about 1 minute"),
        (28 * DAY - SECOND, 20 * DAY, 40 * DAY, "about 28 days, 20 to 40"),
        (28 * DAY, 20 * DAY, 40 * DAY, "about 4 weeks, 3 to 6"),
        (28 * DAY, 3 * DAY, 90 * DAY, "about 28 days, 3 to 90"),
        (84 * DAY, 61 * DAY, 122 * DAY, "about 3 months, 2 to 4"),
        (275 * DAY, 153 * DAY, LONGEST, "about 9 months, at least 5"),
        (LONGEST, 214 * DAY, LONGEST, "probably more than a year, at least 7 months"),
        (LONGEST, DAY, LONGEST, "probably more than a year, at least 24 hours"),
        (LONGEST, LONGEST, LONGEST, "more than a year"),
    ],
)
def test_a_range_is_told_in_the_unit_of_its_middle(
    middle: timedelta, low: timedelta, high: timedelta, text: str
) -> None:
    lasting = Lasting(middle=middle, low=low, high=high)
    assert runway_text(lasting) == text
    assert runway_row(lasting) == f"Lasts {text}"


@pytest.mark.parametrize(
    ("runway", "text", "row"),
    [
        (Empty(), "nothing is left", ""),
        (
            Learning(timedelta(hours=5, minutes=59)),
            "still learning (5 h of 24 seen)",
            "How long it lasts: still learning (5 h of 24 seen)",
        ),
        (
            Learning(timedelta(0)),
            "still learning (0 h of 24 seen)",
            "How long it lasts: still learning (0 h of 24 seen)",
        ),
        (NotSpending(9 * DAY), "not spending", "Not spending"),
    ],
)
def test_what_is_no_forecast_is_told_without_a_figure(runway: Runway, text: str, row: str) -> None:
    assert (runway_text(runway), runway_row(runway)) == (text, row)
    assert short_runway(runway) == ""


@pytest.mark.parametrize(
    ("left", "short", "glyphs"),
    [
        (SECOND, "≈ 1 min", "<1h"),
        (59 * MINUTE, "≈ 59 min", "<1h"),
        (HOUR, "≈ 60 min", "1h"),
        (119 * MINUTE, "≈ 119 min", "2h"),
        (14.4 * HOUR, "≈ 14 h", "14h"),
        (2 * DAY - SECOND, "≈ 48 h", "48h"),
        (2 * DAY, "≈ 2 d", "2d"),
        (9 * DAY, "≈ 9 d", "9d"),
        (27 * DAY, "≈ 27 d", "27d"),
        (50 * DAY, "≈ 7 wk", "50d"),
        (99 * DAY, "≈ 3 mo", "99d"),
        (100 * DAY, "≈ 3 mo", "14w"),
        (LONGEST - SECOND, "≈ 12 mo", "52w"),
        (LONGEST, "> 1 y", "52w"),
    ],
)
def test_where_space_is_short_the_middle_stands_alone(
    left: timedelta, short: str, glyphs: str
) -> None:
    assert short_runway(Lasting(left, left, LONGEST)) == short
    assert runway_glyphs(left) == glyphs


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (2 * DAY, "about 2 days left"),
        (14 * HOUR, "about 14 hours left"),
        (SECOND, "about 1 minute left"),
        (LONGEST, "more than a year left"),
    ],
)
def test_the_time_left_is_told_without_a_range(left: timedelta, text: str) -> None:
    assert time_left_text(left) == text


@given(runways)
@settings(deadline=None, max_examples=300)
def test_no_runway_is_told_as_zero_or_as_one_of_many(runway: Runway) -> None:
    text = runway_text(runway)
    if isinstance(runway, Lasting):
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        assert all(numbers)
        middle_first = sorted(numbers[1:2] + numbers[:1] + numbers[2:])
        assert len(numbers) < 3 or [numbers[1], numbers[0], numbers[2]] == middle_first
        assert not re.search(r"\b1 (minute|hour|day|week|month)s", text)


@given(spans)
@settings(deadline=None, max_examples=300)
def test_the_icon_can_draw_every_time(left: timedelta) -> None:
    glyphs = runway_glyphs(left)
    assert len(glyphs) <= MAX_GLYPHS
    assert set(glyphs) <= DRAWABLE


def test_a_longer_time_never_reads_as_a_shorter_one() -> None:
    hours = [timedelta(hours=number) for number in range(1, 366 * 24)]
    worth = {"h": HOUR, "d": DAY, "w": timedelta(weeks=1)}
    read = [int(text[:-1]) * worth[text[-1]] for text in map(runway_glyphs, hours)]
    # 99 days and 14 weeks of days are a day apart, the other way round.
    assert all(later >= sooner - DAY for sooner, later in pairwise(read))
