"""How long the balance lasts, for people and for scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.core.samples import reading_of
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending, Runway
from tray_app.presentation.runway_report import runway_lines, runway_object

AT = datetime(2026, 11, 25, 14, 5, 0, 250_000, tzinfo=UTC)
NOW = AT + timedelta(minutes=4)
DAY = timedelta(days=1)
READING = reading_of("22.1", AT)
LASTING = Lasting(middle=9 * DAY, low=6 * DAY, high=14 * DAY)
KEYS = [
    "runway",
    "middle_seconds",
    "low_seconds",
    "high_seconds",
    "runs_out",
    "runs_out_low",
    "runs_out_high",
    "seen_seconds",
    "idle_seconds",
    "available",
    "as_of",
    "text",
]
EVERY = (LASTING, Learning(5 * DAY / 24), NotSpending(8 * DAY), Empty())


def test_a_forecast_says_how_long_until_when_and_from_which_reading_on() -> None:
    assert runway_lines(LASTING, READING, NOW, UTC) == (
        "Lasts about 9 days, 6 to 14",
        "Until about 4 December, between 1 and 9 December",
        "As of 14:05 (4 min ago), with $22.10 available",
    )


def test_an_old_reading_says_its_day() -> None:
    assert runway_lines(LASTING, READING, AT + 3 * DAY, UTC)[-1] == (
        "As of 25 Nov 14:05 (3 d ago), with $22.10 available"
    )


@pytest.mark.parametrize(
    ("runway", "text"),
    [
        (Learning(5 * DAY / 24), "How long it lasts: still learning (5 h of 24 seen)"),
        (NotSpending(8 * DAY), "Not spending"),
        (Empty(), "Nothing is left"),
    ],
)
def test_without_a_forecast_it_says_why(runway: Runway, text: str) -> None:
    first, last = runway_lines(runway, READING, NOW, UTC)
    assert (first, last[:11]) == (text, "As of 14:05")


def test_a_forecast_as_an_object_has_seconds_and_dates() -> None:
    told = runway_object(LASTING, READING)
    assert list(told) == KEYS
    assert told == {
        "runway": "lasting",
        "middle_seconds": 9 * 86_400,
        "low_seconds": 6 * 86_400,
        "high_seconds": 14 * 86_400,
        "runs_out": "2026-12-04T14:05:00.250Z",
        "runs_out_low": "2026-12-01T14:05:00.250Z",
        "runs_out_high": "2026-12-09T14:05:00.250Z",
        "seen_seconds": None,
        "idle_seconds": None,
        "available": "22.1000",
        "as_of": "2026-11-25T14:05:00.250Z",
        "text": "about 9 days, 6 to 14",
    }


def test_more_than_a_year_is_null() -> None:
    told = runway_object(Lasting(middle=LONGEST, low=90 * DAY, high=LONGEST), READING)
    assert (told["low_seconds"], told["runs_out_low"]) == (
        90 * 86_400,
        "2027-02-23T14:05:00.250Z",
    )
    for name in ("middle_seconds", "high_seconds", "runs_out", "runs_out_high"):
        assert told[name] is None


@pytest.mark.parametrize("runway", EVERY)
def test_the_keys_are_always_the_same(runway: Runway) -> None:
    assert list(runway_object(runway, READING)) == KEYS


def test_each_kind_has_its_word_and_its_time() -> None:
    told = [runway_object(runway, READING) for runway in EVERY]
    assert [each["runway"] for each in told] == ["lasting", "learning", "not_spending", "empty"]
    assert [each["seen_seconds"] for each in told] == [None, 5 * 3600, None, None]
    assert [each["idle_seconds"] for each in told] == [None, None, 8 * 86_400, None]
    assert all(each["middle_seconds"] is None for each in told[1:])
