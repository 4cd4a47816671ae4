"""What the end of a history says about a reading that comes after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Final

from tests.core.samples import NOW, reading_of, usd
from tests.core.spending_habits import DAY, HOUR, spends_of
from tray_app.core.history import Change, Entry, TopUp
from tray_app.core.money import ZERO
from tray_app.core.outlook import outlook_of
from tray_app.core.remembered import Remembered
from tray_app.core.runway import Lasting, Learning
from tray_app.core.spend import Spend
from tray_app.core.spend_series import SpendSeries

_MEMORY: Final = Remembered(
    reading_of("10"), SpendSeries.of(spends_of([100] * 24 * 14)), TopUp(usd("20"), NOW)
)
"""A cent an hour for two weeks."""


def test_the_last_reading_has_the_outlook_of_its_own_spending() -> None:
    outlook = _MEMORY.outlook(UTC)
    assert outlook == outlook_of(_MEMORY.reading, _MEMORY.spends, _MEMORY.last_top_up, UTC)
    assert outlook.recent_top_up == _MEMORY.last_top_up
    assert isinstance(outlook.runway, Lasting)


def test_a_later_reading_has_the_outlook_that_recording_it_would_give() -> None:
    at = NOW + 3 * HOUR
    outlook = _MEMORY.outlook_after(reading_of("9.4", at), UTC)
    spends = [*_MEMORY.spends, Spend(NOW, at, usd("0.6"))]
    assert outlook == outlook_of(
        reading_of("9.4", at), SpendSeries.of(spends), _MEMORY.last_top_up, UTC
    )
    assert outlook.spent.today == _MEMORY.outlook(UTC).spent.today + usd("0.6")


def test_a_top_up_since_then_is_told_through_the_pace_and_is_no_spending() -> None:
    at = NOW + 2 * HOUR
    reading = replace(reading_of("29.98", at), cash=usd("29.98"))
    memory = replace(_MEMORY, reading=replace(_MEMORY.reading, cash=usd("10")))
    outlook = memory.outlook_after(reading, UTC)
    assert outlook.recent_top_up == TopUp(usd("20"), at)
    assert outlook.spent.today == memory.outlook(UTC).spent.today + usd("0.02")


def test_the_pace_goes_on_from_a_history_that_is_weeks_old() -> None:
    outlook = _MEMORY.outlook_after(reading_of("4", NOW + 25 * DAY), UTC)
    assert outlook.as_of == NOW + 25 * DAY
    assert isinstance(outlook.runway, Lasting)


def test_a_reading_of_the_same_moment_has_the_pace_and_adds_nothing() -> None:
    outlook = _MEMORY.outlook_after(reading_of("5", NOW), UTC)
    assert outlook.as_of == NOW
    assert outlook == outlook_of(reading_of("5", NOW), _MEMORY.spends, _MEMORY.last_top_up, UTC)


def test_after_a_clock_that_was_ahead_what_was_spent_is_spent_and_the_pace_is_that_of_now() -> None:
    right = NOW - 3 * DAY
    before = replace(
        _MEMORY, spends=SpendSeries.of([each for each in _MEMORY.spends if each.ends <= right])
    )
    leapt = replace(before, reading=reading_of("20", right)).followed_by(reading_of("19", NOW), "a")
    top_up = TopUp(usd("5"), NOW)
    back = replace(leapt, last_top_up=top_up).followed_by(reading_of("18.5", right + HOUR), "a")
    assert back.reading == reading_of("18.5", right + HOUR)
    assert list(back.spends) == [*before.spends, Spend(right, right + HOUR, usd("1.5"))]
    assert back.last_top_up is None
    assert replace(leapt, last_top_up=TopUp(usd("5"), right)).followed_by(
        reading_of("18.5", right + HOUR), "a"
    ).last_top_up == TopUp(usd("5"), right)


def test_a_clock_that_is_behind_everything_that_is_known_tells_nothing_new() -> None:
    for memory in (_MEMORY, Remembered(reading_of("10"))):
        assert memory.followed_by(reading_of("5", NOW - 900 * DAY), "a") == memory


def test_a_single_reading_is_the_beginning_of_learning() -> None:
    memory = Remembered(reading_of("10"), SpendSeries.of([]))
    assert memory.outlook(UTC).runway == Learning(timedelta(0))
    later = memory.outlook_after(reading_of("9", NOW + HOUR), UTC)
    assert later.runway == Learning(HOUR)
    assert later.recent_top_up is None
    assert later.spent.today > ZERO


def test_another_key_s_reading_has_nothing_before_it() -> None:
    memory = replace(_MEMORY, key_mark="a")
    other = memory.followed_by(reading_of("50", NOW + HOUR), "b")
    assert other == Remembered(reading_of("50", NOW + HOUR), key_mark="b")
    assert len(memory.followed_by(reading_of("9.9", NOW + HOUR), None).spends) == 14 * 24 + 1


def test_an_entry_that_reaches_further_back_stands_for_what_was_dropped() -> None:
    since = NOW - 2 * HOUR
    entry = Entry(reading_of("9.98", NOW + HOUR), since, Change(spent=usd("0.03")))
    after = _MEMORY.after(entry)
    assert after.spends[-1] == Spend(since, NOW + HOUR, usd("0.03"))
    assert after.spends[:-1] == _MEMORY.spends[:-2]


def test_an_entry_that_begins_has_nothing_before_it() -> None:
    after = _MEMORY.after(Entry(reading_of("50", NOW + HOUR)), "b")
    assert after == Remembered(reading_of("50", NOW + HOUR), key_mark="b")


def test_condensed_it_remembers_the_same_in_less_room() -> None:
    minutes = spends_of([10] * 12 * 24 * 7, step=timedelta(minutes=5))
    memory = replace(_MEMORY, spends=SpendSeries.of(minutes))
    condensed = memory.condensed()
    assert len(condensed.spends) < len(minutes) / 2
    assert condensed.outlook(UTC).spent == memory.outlook(UTC).spent
