from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.core.samples import STEADY, reading_of
from tray_app.core.account_state import AccountState
from tray_app.core.level import Level
from tray_app.core.runway import Empty, Lasting, NotSpending, Runway
from tray_app.core.shown_account import account_to_show

DAY = timedelta(days=1)


def state(days: float | None, level: Level = Level.HEALTHY) -> AccountState:
    runway: Runway = NotSpending(8 * DAY)
    if days is not None:
        runway = Lasting(days * DAY, days * DAY / 2, days * DAY * 2)
    return AccountState(
        reading=reading_of("9"), level=level, outlook=replace(STEADY, runway=runway)
    )


@pytest.mark.parametrize(
    ("states", "shown", "expected"),
    [
        ({"a": state(9)}, None, "a"),
        ({"a": state(9), "b": state(3)}, None, "b"),
        ({"a": state(9), "b": state(3)}, "a", "b"),
        ({"a": state(3.2), "b": state(3)}, "a", "a"),
        ({"a": state(3.4), "b": state(3)}, "a", "b"),
        ({"a": state(3), "b": state(3.2)}, "b", "b"),
        ({"a": state(None), "b": state(300)}, None, "b"),
        ({"a": state(None), "b": state(None, Level.LOW)}, "a", "b"),
        ({"a": state(None, Level.LOW), "b": state(None, Level.CRITICAL)}, "a", "b"),
        ({"a": state(1), "b": state(None, Level.EMPTY)}, "a", "b"),
        ({"a": AccountState(), "b": state(None)}, "a", "b"),
        ({"a": AccountState(), "b": AccountState()}, None, "a"),
        ({"a": AccountState(), "b": AccountState()}, "b", "b"),
        ({"a": state(9), "b": state(3)}, "gone", "b"),
    ],
)
def test_the_one_with_clearly_the_least_time_left_is_shown(
    states: dict[str, AccountState], shown: str | None, expected: str
) -> None:
    assert account_to_show(states, None, shown) == expected


def test_the_one_that_the_user_chose_is_shown_as_long_as_there_is_such() -> None:
    states = {"a": state(9), "b": state(3)}
    assert account_to_show(states, "a", "b") == "a"
    assert account_to_show(states, "gone", "a") == "b"


def test_an_account_with_nothing_left_comes_before_one_that_lasts() -> None:
    spent = replace(state(None), outlook=replace(STEADY, runway=Empty()))
    assert account_to_show({"a": state(0.5), "b": spent}, None, "a") == "b"
