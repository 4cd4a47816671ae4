from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import amounts, spans, usd
from tests.core.spending_habits import DAY, HOUR
from tray_app.core.level import Level, Thresholds, is_by_time, level_of
from tray_app.core.money import ZERO, Usd

H, L, C, E = Level.HEALTHY, Level.LOW, Level.CRITICAL, Level.EMPTY
DEFAULT = Thresholds()
previous_levels = st.sampled_from([None, *Level])
times_left = st.none() | spans


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ("5.0001", H),
        ("5", H),
        ("4.9999", L),
        ("1", L),
        ("0.9999", C),
        ("0.0001", C),
        ("0", E),
        ("-0.0001", E),
        ("-20", E),
    ],
)
def test_without_a_past_the_thresholds_alone_decide(available: str, expected: Level) -> None:
    assert level_of(usd(available), DEFAULT) is expected


@pytest.mark.parametrize(
    ("previous", "available", "expected"),
    [
        (L, "5", L),
        (L, "5.4999", L),
        (L, "5.5", H),
        (C, "1", C),
        (C, "1.0999", C),
        (C, "1.1", L),
        (C, "5.4999", L),
        (C, "5.5", H),
        (E, "0.0001", C),
        (E, "1.0999", C),
        (E, "1.1", L),
        (E, "5.5", H),
        (H, "5", H),
        (H, "4.9999", L),
        (H, "0.5", C),
        (H, "0", E),
        (L, "1", L),
        (L, "0.9999", C),
        (C, "0", E),
    ],
)
def test_rising_takes_a_tenth_more_and_falling_counts_at_once(
    previous: Level, available: str, expected: Level
) -> None:
    assert level_of(usd(available), DEFAULT, previous) is expected


@settings(deadline=None)
@given(amounts, previous_levels, times_left)
def test_empty_holds_at_or_below_zero_and_nowhere_else(
    available: Usd, previous: Level | None, lasts: timedelta | None
) -> None:
    assert (level_of(available, DEFAULT, previous, lasts) is Level.EMPTY) == (available <= ZERO)


@settings(deadline=None)
@given(amounts, previous_levels, times_left)
def test_the_past_never_makes_a_level_better_and_the_same_amount_never_flickers(
    available: Usd, previous: Level | None, lasts: timedelta | None
) -> None:
    worse = list(Level)
    level = level_of(available, DEFAULT, previous, lasts)
    assert worse.index(level) >= worse.index(level_of(available, DEFAULT, lasts=lasts))
    assert level_of(available, DEFAULT, level, lasts) is level


@settings(deadline=None)
@given(amounts, amounts, previous_levels, times_left)
def test_more_money_is_never_a_worse_level(
    one: Usd, other: Usd, previous: Level | None, lasts: timedelta | None
) -> None:
    worse = list(Level)
    richer, poorer = max(one, other), min(one, other)
    assert worse.index(level_of(richer, DEFAULT, previous, lasts)) <= worse.index(
        level_of(poorer, DEFAULT, previous, lasts)
    )


@settings(deadline=None)
@given(amounts, spans, spans, previous_levels)
def test_more_time_is_never_a_worse_level_and_no_forecast_worsens_none(
    available: Usd, one: timedelta, other: timedelta, previous: Level | None
) -> None:
    worse = list(Level)
    longer = level_of(available, DEFAULT, previous, max(one, other))
    shorter = level_of(available, DEFAULT, previous, min(one, other))
    assert worse.index(longer) <= worse.index(shorter)
    unknown = level_of(available, DEFAULT, previous)
    assert worse.index(unknown) <= worse.index(longer)


@pytest.mark.parametrize(
    ("previous", "lasts", "expected"),
    [
        (None, 3 * DAY, H),
        (None, 3 * DAY - HOUR, L),
        (None, DAY, L),
        (None, DAY - HOUR, C),
        (L, 3.29 * DAY, L),
        (L, 3.3 * DAY, H),
        (C, 1.09 * DAY, C),
        (C, 1.1 * DAY, L),
        (C, 3.3 * DAY, H),
        (H, 3.1 * DAY, H),
        (H, timedelta(0), C),
    ],
)
def test_with_plenty_of_money_the_time_left_decides(
    previous: Level | None, lasts: timedelta, expected: Level
) -> None:
    assert level_of(usd("480"), DEFAULT, previous, lasts) is expected


def test_with_plenty_of_time_the_money_decides() -> None:
    assert level_of(usd("4.99"), DEFAULT, lasts=90 * DAY) is L
    assert level_of(usd("0.99"), DEFAULT, lasts=90 * DAY) is C


@pytest.mark.parametrize(
    ("available", "lasts", "expected"),
    [
        ("480", 2 * DAY, True),
        ("480", 9 * DAY, False),
        ("4.99", 2 * DAY, False),
        ("4.99", DAY / 2, True),
        ("0.99", DAY / 2, False),
        ("0", None, False),
    ],
)
def test_a_level_is_by_time_where_the_amount_alone_would_have_a_better_one(
    available: str, lasts: timedelta | None, *, expected: bool
) -> None:
    level = level_of(usd(available), DEFAULT, lasts=lasts)
    assert is_by_time(level, usd(available), DEFAULT) is expected


def test_equal_thresholds_leave_no_room_for_low() -> None:
    same = Thresholds(low=usd("2"), critical=usd("2"))
    assert level_of(usd("1.9999"), same) is Level.CRITICAL
    assert level_of(usd("2"), same) is Level.HEALTHY
    assert level_of(usd("2.1"), same, Level.CRITICAL) is Level.CRITICAL


@pytest.mark.parametrize(("low", "critical"), [("1", "2"), ("5", "0"), ("5", "-1"), ("0", "0")])
def test_thresholds_must_be_positive_and_in_order(low: str, critical: str) -> None:
    with pytest.raises(ValueError, match="critical <= low"):
        Thresholds(low=usd(low), critical=usd(critical))


@pytest.mark.parametrize(("low", "critical"), [(DAY, 2 * DAY), (DAY, 0 * DAY), (DAY, -DAY)])
def test_times_must_be_positive_and_in_order(low: timedelta, critical: timedelta) -> None:
    with pytest.raises(ValueError, match="critical_time <= low_time"):
        Thresholds(low_time=low, critical_time=critical)


def test_the_levels_values_are_the_words_of_the_json_output() -> None:
    assert [level.value for level in Level] == ["healthy", "low", "critical", "empty"]
