"""A history day by day, in the user's time zone."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.samples import usd
from tests.core.spending_habits import DAY, HOUR
from tests.core.zones import CENTRAL_EUROPE, INDIA, ZONES, Zone
from tray_app.core.change import change_between
from tray_app.core.history import Change, Entry, TopUp
from tray_app.core.history_by_day import DayOfHistory, UnseenDays, history_by_day
from tray_app.core.money import ZERO, Usd
from tray_app.core.reading import BalanceReading
from tray_app.core.spend_series import SpendSeries
from tray_app.core.spent_by_day import beginning_of, spent_by_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG_AGO: Final = datetime(2025, 1, 1, tzinfo=UTC)
_NOON: Final = datetime(2026, 5, 15, 6, 30, tzinfo=UTC)
"""12:00 in India."""
_MILLISECOND: Final = timedelta(milliseconds=1)


def _entries(*readings: tuple[datetime, str]) -> list[Entry]:
    entries: list[Entry] = []
    for at, dollars in readings:
        reading = BalanceReading(usd(dollars), at, cash=usd(dollars))
        before = entries[-1].reading if entries else None
        entries.append(
            Entry(reading)
            if before is None
            else Entry(reading, before.taken_at, change_between(before, reading))
        )
    return entries


def test_an_empty_history_has_no_days() -> None:
    assert history_by_day([], _LONG_AGO, INDIA) == ()


def test_a_day_has_its_spending_and_the_last_reading() -> None:
    entries = _entries((_NOON, "9"), (_NOON + HOUR, "8.5"), (_NOON + 2 * HOUR, "8.2"))
    assert history_by_day(entries, _LONG_AGO, INDIA) == (
        DayOfHistory(date(2026, 5, 15), Change(spent=usd("0.8")), usd("8.2")),
    )


def test_what_came_in_belongs_to_the_day_of_the_reading_that_showed_it() -> None:
    # Twelve hours before midnight and twelve after.
    entries = _entries((_NOON, "9"), (_NOON + DAY, "29"), (_NOON + DAY + HOUR, "49"))
    assert history_by_day(entries, _LONG_AGO, INDIA) == (
        DayOfHistory(date(2026, 5, 15), Change(), usd("9")),
        DayOfHistory(
            date(2026, 5, 16),
            Change(topped_up=usd("40")),
            usd("49"),
            (TopUp(usd("20"), _NOON + DAY), TopUp(usd("20"), _NOON + DAY + HOUR)),
        ),
    )


def test_a_spend_across_midnight_is_shared_out_by_time() -> None:
    entries = _entries((_NOON + 10 * HOUR, "9"), (_NOON + 14 * HOUR, "8"))
    assert history_by_day(entries, _LONG_AGO, INDIA) == (
        DayOfHistory(date(2026, 5, 15), Change(spent=usd("0.5")), usd("9")),
        DayOfHistory(date(2026, 5, 16), Change(spent=usd("0.5")), usd("8")),
    )


def test_a_fraction_of_the_vendors_unit_goes_to_the_last_day_and_is_not_lost() -> None:
    night = Change(spent=Usd.of_units_text("100.5"))
    at = _NOON + 10 * HOUR
    entries = [Entry(BalanceReading(usd("1"), at + 3 * HOUR), at, night)]
    days = history_by_day(entries, _LONG_AGO, INDIA)
    assert days[0] == UnseenDays(1, Usd.of_units(67))
    assert isinstance(days[1], DayOfHistory)
    assert days[1].change.spent == Usd.of_units_text("33.5")


def test_days_without_a_reading_are_counted_and_not_invented() -> None:
    entries = _entries((_NOON, "9"), (_NOON + 4 * DAY, "5"))
    assert history_by_day(entries, _LONG_AGO, INDIA) == (
        DayOfHistory(date(2026, 5, 15), Change(spent=usd("0.5")), usd("9")),
        UnseenDays(3, usd("3")),
        DayOfHistory(date(2026, 5, 19), Change(spent=usd("0.5")), usd("5")),
    )


def test_nothing_is_told_of_the_days_between_two_histories() -> None:
    later = BalanceReading(usd("5"), _NOON + 4 * DAY)
    entries = [*_entries((_NOON, "9")), Entry(later)]
    assert [type(each) for each in history_by_day(entries, _LONG_AGO, INDIA)] == [DayOfHistory] * 2


def test_what_was_spent_before_the_moment_is_left_out() -> None:
    since = _NOON + 3 * HOUR
    entries = _entries((_NOON, "9"), (_NOON + 4 * HOUR, "8"))[1:]
    assert history_by_day(entries, since, INDIA) == (
        DayOfHistory(date(2026, 5, 15), Change(spent=usd("0.25")), usd("8")),
    )


def test_a_reading_at_midnight_is_one_of_the_day_that_begins() -> None:
    midnight = beginning_of(date(2026, 10, 25), CENTRAL_EUROPE)
    entries = _entries((midnight - HOUR, "9"), (midnight, "8"), (midnight + 25 * HOUR, "5.5"))
    days = history_by_day(entries, _LONG_AGO, CENTRAL_EUROPE)
    assert days == (
        DayOfHistory(date(2026, 10, 24), Change(spent=usd("1")), usd("9")),
        DayOfHistory(date(2026, 10, 25), Change(spent=usd("2.5")), usd("8")),
        DayOfHistory(date(2026, 10, 26), Change(), usd("5.5")),
    )


_steps = st.lists(
    st.tuples(
        st.integers(1, 9 * 10**8).map(lambda ms: ms * _MILLISECOND),
        st.integers(-(10**6), 10**6).map(Usd.of_units),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


@given(
    _steps,
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001 — Hypothesis wants its bounds naive
)
@settings(deadline=None)
def test_the_days_add_up_to_the_history_and_agree_with_the_trays_figures(
    steps: Sequence[tuple[timedelta, Usd, bool]], zone: Zone, start: datetime
) -> None:
    entries = [Entry(BalanceReading(usd("1000"), start))]
    for span, difference, is_new in steps:
        before = entries[-1].reading
        reading = BalanceReading(before.available + difference, before.taken_at + span)
        entries.append(
            Entry(reading)
            if is_new
            else Entry(reading, before.taken_at, change_between(before, reading))
        )
    days = history_by_day(entries, _LONG_AGO, zone)
    seen = [each for each in days if isinstance(each, DayOfHistory)]
    total = sum((entry.change for entry in entries), Change())
    told = sum((each.change for each in seen), Change())
    unseen = sum((each.spent for each in days if isinstance(each, UnseenDays)), ZERO)
    assert told + Change(spent=unseen) == total
    assert all(one.day < other.day for one, other in itertools.pairwise(seen))
    assert {each.day for each in seen} == {
        entry.reading.taken_at.astimezone(zone).date() for entry in entries
    }
    now = entries[-1].reading.taken_at
    assert seen[-1].available == entries[-1].reading.available
    spends = [entry.spend for entry in entries if entry.spend is not None]
    assert spent_by_day(SpendSeries.of(spends), now, zone).today == seen[-1].change.spent


@given(_steps, st.sampled_from(ZONES), st.integers(0, 4 * 10**9))
@settings(deadline=None)
def test_from_a_moment_on_the_parts_of_both_sides_add_up(
    steps: Sequence[tuple[timedelta, Usd, bool]], zone: Zone, after: int
) -> None:
    at, entries = _NOON, [Entry(BalanceReading(usd("1000"), _NOON))]
    for span, difference, _ in steps:
        reading = BalanceReading(ZERO, at + span)
        entries.append(Entry(reading, at, Change(spent=abs(difference))))
        at = reading.taken_at
    since = _NOON + after * _MILLISECOND
    later = [entry for entry in entries if entry.reading.taken_at >= since]
    days = history_by_day(later, since, zone)
    spent = sum(
        (each.change.spent if isinstance(each, DayOfHistory) else each.spent for each in days),
        ZERO,
    )
    whole = sum((entry.change.spent for entry in later), ZERO)
    first = later[0].spend if later else None
    if first is None or first.begins >= since:
        assert spent == whole
    else:
        passed = (since - first.begins) // _MILLISECOND
        length = first.length // _MILLISECOND
        assert spent == whole - first.amount.scaled(passed, length).in_whole_units()
