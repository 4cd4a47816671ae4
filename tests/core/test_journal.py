from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.core.samples import NOW, STEADY, usd
from tests.core.spending_habits import HOUR
from tray_app.core.account_state import (
    AccountState,
    Event,
    FetchAbandoned,
    FetchFailed,
    FetchStarted,
    FetchSucceeded,
    KeyChanged,
    NetworkReturned,
    OutlookChanged,
    Resumed,
    reduce,
)
from tray_app.core.journal import journal_lines
from tray_app.core.problem import ConnectionFault, Offline
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import Lasting


def _told(*events: Event) -> list[tuple[str, ...]]:
    state = AccountState()
    told = []
    for event in events:
        before, state = state, reduce(state, event)
        told.append(journal_lines(before, state))
    return told


def _reading(dollars: str) -> BalanceReading:
    return BalanceReading(usd(dollars), NOW)


def test_readings_and_level_changes_are_told_without_amounts() -> None:
    assert _told(
        FetchStarted(NOW, 0.0),
        FetchSucceeded(1, _reading("12.34")),
        FetchStarted(NOW, 0.0),
        FetchSucceeded(2, _reading("12.34")),
        FetchStarted(NOW, 0.0),
        FetchSucceeded(3, _reading("4.32")),
    ) == [
        (),
        ("reading 1: taken", "level: none to healthy"),
        (),
        ("reading 2: taken",),
        (),
        ("reading 3: taken", "level: healthy to low, by the amount"),
    ]


def test_each_failure_is_told_with_its_problem_also_a_repeated_one() -> None:
    offline = Offline(ConnectionFault.REFUSED)
    later = NOW + timedelta(minutes=1)
    assert _told(
        FetchStarted(NOW, 0.0),
        FetchFailed(1, offline, NOW),
        FetchStarted(later, 0.0),
        FetchFailed(2, offline, later),
    ) == [(), (f"reading 1: {offline!r}",), (), (f"reading 2: {offline!r}",)]


def test_a_failure_that_does_not_add_to_the_back_off_is_told_too() -> None:
    offline = Offline(ConnectionFault.REFUSED)
    told = _told(
        FetchStarted(NOW, 0.0),
        FetchFailed(1, offline, NOW),
        NetworkReturned(NOW),
        FetchStarted(NOW, 0.0),
        FetchFailed(2, offline, NOW),
        FetchStarted(NOW, 0.0),
        FetchAbandoned(3),
    )
    assert told[2:] == [(), (), (f"reading 2: {offline!r}",), (), ()]


def test_a_sleep_is_told_once() -> None:
    assert _told(Resumed(NOW), FetchStarted(NOW, 0.0), FetchAbandoned(1)) == [
        ("resumed after a sleep",),
        (),
        (),
    ]


def test_an_abandoned_and_an_outdated_answer_are_worth_nothing() -> None:
    assert _told(
        FetchStarted(NOW, 0.0),
        FetchAbandoned(1),
        FetchFailed(0, Offline(ConnectionFault.LOST), NOW),
    ) == [(), (), ()]


def test_a_new_key_is_told_and_that_nothing_is_known_of_its_account() -> None:
    assert _told(FetchStarted(NOW, 0.0), FetchSucceeded(1, _reading("0")), KeyChanged())[2] == (
        "level: empty to none",
        "the key changed",
    )


def test_a_level_that_the_time_left_alone_makes_says_so() -> None:
    half_a_day = replace(STEADY, runway=Lasting(timedelta(hours=12), HOUR, timedelta(hours=14)))
    nine_days = replace(STEADY, runway=Lasting(timedelta(days=9), HOUR, timedelta(days=14)))
    assert _told(
        FetchStarted(NOW, 0.0),
        FetchSucceeded(1, _reading("480")),
        OutlookChanged(half_a_day),
        OutlookChanged(nine_days),
    )[2:] == [
        ("level: healthy to critical, by the time left",),
        ("level: critical to healthy",),
    ]
