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

_MEMORY: Final = Remembered(reading_of("10"), spends_of([100] * 24 * 14), TopUp(usd("20"), NOW))
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
    assert outlook == outlook_of(reading_of("9.4", at), spends, _MEMORY.last_top_up, UTC)
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


def test_a_reading_of_a_clock_that_is_behind_has_the_pace_and_adds_nothing() -> None:
    for at in (NOW, NOW - timedelta(minutes=1)):
        outlook = _MEMORY.outlook_after(reading_of("5", at), UTC)
        assert outlook.as_of == at
        assert outlook == outlook_of(reading_of("5", at), _MEMORY.spends, _MEMORY.last_top_up, UTC)


def test_a_single_reading_is_the_beginning_of_learning() -> None:
    memory = Remembered(reading_of("10"), [])
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
    memory = replace(_MEMORY, spends=minutes)
    condensed = memory.condensed()
    assert len(condensed.spends) < len(minutes) / 2
    assert condensed.outlook(UTC).spent == memory.outlook(UTC).spent
