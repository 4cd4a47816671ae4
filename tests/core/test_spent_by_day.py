"""Spending in days of the user's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.spending_habits import DAY, HOUR, spends_of
from tests.core.zones import CENTRAL_EUROPE, INDIA, LORD_HOWE, MIDNIGHT_CHANGES, ZONES, Zone
from tray_app.core.money import ZERO, Usd
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spent_by_day import SpentByDay, beginning_of, spent_by_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUARTER: Final = timedelta(minutes=15)


def _quarters_until(now: datetime, days: int) -> list[Spend]:
    """Return a 1/10000 USD every quarter of an hour, so that sums are quarters that passed."""
    return spends_of([1] * (days * 96), until=now, step=_QUARTER)


def _hours_of(amount: Usd) -> float:
    return amount.whole_steps(10_000) / 4


def test_without_spending_every_day_has_none() -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    assert spent_by_day(SpendSeries.of([]), now, INDIA) == SpentByDay(ZERO, ZERO, ZERO, ZERO, ZERO)


def test_days_begin_at_the_zone_s_midnight() -> None:
    # 18:00 UTC is half past eleven at night in India, and the 15th there.
    now = datetime(2026, 5, 15, 18, tzinfo=UTC)
    spent = spent_by_day(SpendSeries.of(_quarters_until(now, 40)), now, INDIA)
    assert _hours_of(spent.today) == 23.5
    assert _hours_of(spent.yesterday) == 24
    assert _hours_of(spent.last_7_days) == 23.5 + 6 * 24
    assert _hours_of(spent.last_30_days) == 23.5 + 29 * 24
    assert _hours_of(spent.this_month) == 23.5 + 14 * 24


def test_a_minute_after_midnight_today_is_new() -> None:
    now = datetime(2026, 5, 31, 18, 45, tzinfo=UTC)
    spent = spent_by_day(SpendSeries.of(_quarters_until(now, 40)), now, INDIA)
    assert _hours_of(spent.today) == 0.25
    assert _hours_of(spent.this_month) == 0.25


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (CENTRAL_EUROPE, date(2026, 3, 29), 23),
        (CENTRAL_EUROPE, date(2026, 10, 25), 25),
        (MIDNIGHT_CHANGES, date(2026, 9, 6), 23),
        (MIDNIGHT_CHANGES, date(2026, 11, 1), 25),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (INDIA, date(2026, 3, 29), 24),
    ],
)
def test_a_day_on_which_the_clock_changes_is_as_long_as_it_is(
    zone: Zone, day: date, hours: float
) -> None:
    begins, ends = beginning_of(day, zone), beginning_of(day + DAY, zone)
    assert ends - begins == hours * HOUR
    noon_after = ends + 12 * HOUR
    spent = spent_by_day(SpendSeries.of(_quarters_until(noon_after, 40)), noon_after, zone)
    assert (_hours_of(spent.today), _hours_of(spent.yesterday)) == (12, hours)
    assert _hours_of(spent.last_7_days) == 12 + hours + 5 * 24


def test_a_day_without_a_midnight_begins_when_the_clock_is_put_forward() -> None:
    begins = beginning_of(date(2026, 9, 6), MIDNIGHT_CHANGES)
    assert begins.astimezone(MIDNIGHT_CHANGES).replace(tzinfo=None) == datetime(2026, 9, 6, 1)  # noqa: DTZ001 — a wall time
    before = (begins - timedelta(seconds=1)).astimezone(MIDNIGHT_CHANGES)
    assert before.date() == date(2026, 9, 5)


def test_a_day_with_two_midnights_begins_at_the_first() -> None:
    begins = beginning_of(date(2026, 11, 1), MIDNIGHT_CHANGES)
    assert (begins + HOUR).astimezone(MIDNIGHT_CHANGES).hour == 0


def test_a_spend_across_midnight_is_shared_out_by_time_and_nothing_is_lost() -> None:
    now = datetime(2026, 5, 15, 9, tzinfo=UTC)
    midnight = beginning_of(date(2026, 5, 15), CENTRAL_EUROPE)
    night = Spend(midnight - 2 * HOUR, midnight + HOUR, Usd.of_units_text("100.5"))
    spent = spent_by_day(SpendSeries.of([night]), now, CENTRAL_EUROPE)
    # What is shared out is shared in whole units, and the rest is not lost.
    assert spent.yesterday == Usd.of_units(67)
    assert spent.today == Usd.of_units_text("33.5")
    assert spent.last_7_days == night.amount


def test_a_gap_of_days_counts_for_each_of_them() -> None:
    now = datetime(2026, 5, 15, 22, tzinfo=UTC)
    gap = [Spend(now - 10 * DAY, now, Usd.of_units(2400))]
    spent = spent_by_day(SpendSeries.of(gap), now, CENTRAL_EUROPE)
    assert (spent.today, spent.yesterday) == (ZERO, Usd.of_units(240))
    assert spent.last_7_days == Usd.of_units(6 * 240)
    assert spent.last_30_days == Usd.of_units(2400)


def test_the_month_s_first_may_lie_before_thirty_days() -> None:
    now = datetime(2026, 5, 31, 18, tzinfo=UTC)
    spent = spent_by_day(SpendSeries.of(_quarters_until(now, 60)), now, INDIA)
    assert _hours_of(spent.this_month - spent.last_30_days) == 24


_spends = st.builds(
    lambda units, seconds, until: spends_of(
        units, until=until, step=timedelta(seconds=seconds, microseconds=7)
    ),
    st.lists(st.integers(0, 10**6), max_size=80),
    st.integers(1, 10**6),
    st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001 — Hypothesis wants its bounds naive
)


@given(_spends, st.sampled_from(ZONES))
@settings(deadline=None)
def test_days_add_up_to_what_was_spent_in_them(spends: Sequence[Spend], zone: Zone) -> None:
    if not spends:
        return
    now = spends[-1].ends
    spent = spent_by_day(SpendSeries.of(spends), now, zone)
    total = sum((spend.amount for spend in spends), ZERO)
    assert min(spent.today, spent.yesterday) >= ZERO
    assert spent.today + spent.yesterday <= spent.last_7_days <= spent.last_30_days <= total
    today = now.astimezone(zone).date()
    if spends[0].begins >= beginning_of(today - 29 * DAY, zone):
        assert spent.last_30_days == total


@given(
    st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001 — Hypothesis wants its bounds naive
    st.sampled_from(ZONES),
)
@settings(deadline=None)
def test_every_moment_lies_in_its_own_day(now: datetime, zone: Zone) -> None:
    today = now.astimezone(zone).date()
    assert beginning_of(today, zone) <= now < beginning_of(today + DAY, zone)


def test_days_follow_each_other_without_a_hole() -> None:
    for zone in ZONES:
        days = [date(2026, 1, 1) + number * DAY for number in range(366)]
        lengths = {
            beginning_of(later, zone) - beginning_of(sooner, zone)
            for sooner, later in pairwise(days)
        }
        assert lengths <= {23 * HOUR, 23.5 * HOUR, 24 * HOUR, 24.5 * HOUR, 25 * HOUR}


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Berlin", date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        # The clocks go from 0:00 to 1:00: the day begins at 1:00.
        ("Africa/Cairo", date(2026, 4, 24), datetime(2026, 4, 23, 22, tzinfo=UTC)),
        # They go from 1:00 back to 0:00: the day begins at the first midnight.
        ("Atlantic/Azores", date(2026, 10, 25), datetime(2026, 10, 25, 0, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_its_first_moment(zone: str, day: date, expected: datetime) -> None:
    begins = beginning_of(day, ZoneInfo(zone))
    assert begins == expected
    second = timedelta(seconds=1)
    local = begins.astimezone(ZoneInfo(zone))
    assert local.date() == day
    assert (begins - second).astimezone(ZoneInfo(zone)).date() == day - DAY
