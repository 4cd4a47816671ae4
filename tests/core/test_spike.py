"""A table of what is a spike and what is none, and of when one is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.core.samples import NOW
from tests.core.spending_habits import DAY, HOUR, merged, spends_of
from tray_app.core.money import Usd
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spike import LEAST_FACTOR, Spike, has_calmed_down, spike_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_MINUTE = timedelta(minutes=1)
_FIVE = 5 * _MINUTE
_DAY_READINGS = 288


def usd(text: str) -> Usd:
    return Usd.of_decimal_text(text)


def steady(dollars_an_hour: float, days: float = 21) -> list[Spend]:
    """Return that pace, in readings of five minutes, until now."""
    units = round(dollars_an_hour * 10_000 / 12)
    return spends_of([units] * round(days * _DAY_READINGS), step=_FIVE)


def followed(
    spends: Sequence[Spend], dollars_an_hour: Sequence[float], step: timedelta = _FIVE
) -> list[Spend]:
    """Return the spends and a further one at each of these paces."""
    amounts = [round(pace * (step / HOUR) * 10_000) for pace in dollars_an_hour]
    until = spends[-1].ends + step * len(amounts)
    return [*spends, *spends_of(amounts, until=until, step=step)]


def test_a_spike_says_what_was_spent_and_what_is_usual() -> None:
    spike = spike_of(SpendSeries.of(followed(steady(0.6), [12.0, 12.0, 12.0])))
    assert spike is not None
    assert spike.spent == usd("3")
    assert spike.pace == usd("12")
    assert abs(spike.usual - usd("0.6")) < usd("0.01")
    assert spike.factor == pytest.approx(20, rel=0.01)


@pytest.mark.parametrize(
    ("usual", "paces", "is_spike"),
    [
        (0.6, [6.0, 6.0], True),  # ten times, twice
        (0.6, [6.0], False),  # only one reading
        (0.6, [4.0, 4.0], False),  # less than seven and a half times
        (0.6, [6.0] * 12, True),  # for an hour
        (0.6, [60.0, 6.0], False),  # a burst that is over
        (0.6, [0.6, 200.0], False),  # the same at its beginning
        (0.6, [9.0, 6.0], True),  # uneven, as runaways are
        (0.6, [6.0, 0.0, 6.0, 0.0, 6.0, 0.0], False),  # the mean of lumps is five times
        (0.6, [12.0, 0.0, 12.0, 0.0, 12.0, 0.0], False),  # lumps, the quarters differ by half
        (0.6, [24.0, 0.0, 0.0, 24.0, 0.0, 0.0], True),  # lumps, eight times in each quarter
        (0.001, [0.01, 0.01, 0.01], False),  # cheap is no alert
        (0.001, [0.9, 0.9, 0.9], False),  # neither are 90 cents an hour
        (0.001, [1.1, 1.1, 1.1], True),
        (0.0001, [0.0, 0.0, 0.0], False),
        (50.0, [500.0, 500.0], True),  # a large account
    ],
)
def test_spikes_are_relative_and_absolute(
    usual: float, paces: Sequence[float], *, is_spike: bool
) -> None:
    assert isinstance(spike_of(SpendSeries.of(followed(steady(usual), paces))), Spike) is is_spike


@pytest.mark.parametrize("minutes", [1, 2, 5, 7, 10, 15, 20, 30, 45, 60])
def test_a_runaway_is_told_whatever_the_interval(minutes: int) -> None:
    step = minutes * _MINUTE
    usual = spends_of([100 * minutes] * round(10 * DAY / step), step=step)
    assert spike_of(SpendSeries.of(usual)) is None
    assert spike_of(SpendSeries.of(followed(usual, [0.6], step))) is None
    # Ten minutes of it lie behind, or the first reading that has them.
    readings = max(-(-10 // minutes), 1)
    assert spike_of(SpendSeries.of(followed(usual, [6.0] * (readings // 2), step))) is None
    assert spike_of(SpendSeries.of(followed(usual, [6.0] * (readings + 1), step))) is not None


def test_what_is_usual_at_this_hour_is_no_spike() -> None:
    """A night job runs from 2 to 3 each day; at noon the same would be a spike."""
    day = [100] * (2 * 12) + [6_000] * 12 + [100] * (21 * 12)
    begins = NOW - NOW.replace(hour=0)  # keeps the minute, so that days begin on the hour
    until = NOW - begins
    nights = spends_of(day * 21, until=until, step=_FIVE)
    assert spike_of(SpendSeries.of(followed(nights, [0.12] * 24 + [7.2] * 6))) is None
    assert (
        spike_of(
            SpendSeries.of(followed(nights, [0.12] * 24 + [7.2] * 12 + [0.12] * 108 + [7.2] * 6))
        )
        is not None
    )


def test_what_is_usual_on_this_weekday_is_no_spike() -> None:
    week = [120_000] * 24 + [4_000] * 144
    weeks = spends_of(week * 5, until=NOW)
    assert spike_of(SpendSeries.of(followed(weeks, [12.0] * 3))) is None
    assert spike_of(
        SpendSeries.of(followed([*weeks, *followed(weeks, [0.4] * 48, HOUR)[-48:]], [12.0] * 3))
    )


def test_a_gap_in_the_readings_is_no_spike() -> None:
    spends = followed(steady(0.6), [30.0] * _DAY_READINGS)
    night = merged(spends, len(spends) - 96, len(spends) - 1)
    assert spike_of(SpendSeries.of(spends[: -_DAY_READINGS + 2])) is not None
    assert spike_of(SpendSeries.of(night)) is None
    assert spike_of(SpendSeries.of(followed(night, [30.0]))) is None
    # It goes on where it can be seen.
    assert spike_of(SpendSeries.of(followed(night, [30.0, 30.0]))) is not None


@pytest.mark.parametrize("readings", [2, 3, 12])
def test_a_usual_hour_behind_a_gap_is_no_spike(readings: int) -> None:
    """What is usual is told for now, not for the time when the machine went off."""
    day = [100] * 72 + [6_000] * 144 + [100] * 72
    days = spends_of(day * 14, step=_FIVE)
    off = Spend(days[-1].ends, days[-1].ends + 8 * HOUR, usd("20"))
    assert spike_of(SpendSeries.of(followed([*days, off], [7.2] * readings))) is None


@pytest.mark.parametrize("hours", [0, 1, 12, 23])
def test_less_than_a_day_tells_nothing(hours: int) -> None:
    spends = steady(0.6, days=hours / 24)
    runaway = spends_of([50_000] * 4, until=NOW + 4 * _FIVE, step=_FIVE)
    assert spike_of(SpendSeries.of([*spends, *runaway])) is None
    assert has_calmed_down(SpendSeries.of([*spends, *runaway]))


def test_nothing_spent_before_tells_nothing() -> None:
    assert spike_of(SpendSeries.of(followed(steady(0.0), [60.0] * 6))) is None


def test_in_the_first_days_no_hour_like_one_before_is_a_spike() -> None:
    """The first evening is none because the first day was spent in the morning only."""
    first_day = spends_of([20_000 // 12] * 48 + [0] * 240, step=_FIVE)
    assert spike_of(SpendSeries.of(followed(first_day, [0.0] * 100 + [1.9] * 3))) is None
    assert spike_of(SpendSeries.of(followed(first_day, [0.0] * 100 + [2.1] * 3))) is not None
    assert spike_of(SpendSeries.of(followed(first_day, [0.0] * 1000 + [1.9] * 3))) is not None


def test_condensed_history_tells_the_same() -> None:
    spends = followed(steady(0.6, days=35), [6.0, 6.0])
    full, short = (
        spike_of(SpendSeries.of(spends)),
        spike_of(SpendSeries.of(spends).condensed(NOW - 2 * DAY)),
    )
    assert full is not None
    assert short is not None
    assert short.spent == full.spent
    assert short.factor == pytest.approx(full.factor, rel=0.01)


def test_nothing_known_is_no_spike_and_calm() -> None:
    assert spike_of(SpendSeries.of([])) is None
    assert has_calmed_down(SpendSeries.of([]))


@pytest.mark.parametrize(
    ("after", "is_calm"),
    [
        ([], False),
        ([6.0] * 12, False),
        ([0.6], False),  # the quarter of an hour holds the runaway still
        ([0.6, 0.6, 0.6], True),
        ([0.0, 0.0, 0.0], True),
        ([1.1, 1.1, 1.1], True),  # below twice the usual
        ([2.0, 2.0, 2.0], False),  # neither spike nor calm
    ],
)
def test_a_spike_is_over_at_twice_the_usual(after: Sequence[float], *, is_calm: bool) -> None:
    assert (
        has_calmed_down(SpendSeries.of(followed(steady(0.6), [6.0, 6.0, 6.0, *after]))) is is_calm
    )


def test_where_little_is_usual_half_a_dollar_an_hour_is_calm() -> None:
    runaway = followed(steady(0.001), [6.0] * 3)
    assert has_calmed_down(SpendSeries.of(followed(runaway, [0.4] * 3)))
    assert not has_calmed_down(SpendSeries.of(followed(runaway, [0.6] * 3)))


def test_the_factor_may_be_chosen() -> None:
    spends = followed(steady(0.6), [4.0, 4.0])
    assert spike_of(SpendSeries.of(spends), LEAST_FACTOR) is None
    assert spike_of(SpendSeries.of(spends), 6.0) is not None
