from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.samples import NOW, reading_of, state_after
from tray_app.core.account_state import AccountState, ClockWentBack, Resumed
from tray_app.core.clock_jump import clock_jump

SECOND = timedelta(seconds=1)
READ = state_after(None, reading=reading_of("1"))


@pytest.mark.parametrize("late", [timedelta(0), SECOND, 15 * SECOND])
def test_a_look_in_time_or_a_little_late_tells_nothing(late: timedelta) -> None:
    assert clock_jump(READ, NOW + late, NOW) is None


@pytest.mark.parametrize("late", [15.1 * SECOND, timedelta(hours=9), timedelta(days=4000)])
def test_a_look_long_after_it_was_planned_tells_of_a_sleep(late: timedelta) -> None:
    assert clock_jump(READ, NOW + late, NOW) == Resumed(NOW + late)


def test_where_no_look_was_planned_nobody_was_asleep() -> None:
    assert clock_jump(AccountState(), NOW, None) is None


@pytest.mark.parametrize("back", [timedelta(hours=3), timedelta(days=4000)])
def test_a_time_long_before_the_last_attempt_tells_of_a_clock_that_was_set_back(
    back: timedelta,
) -> None:
    assert clock_jump(READ, NOW - back, NOW + 30 * SECOND) == ClockWentBack(NOW - back)


@pytest.mark.parametrize("back", [SECOND, timedelta(minutes=1)])
def test_a_corrected_clock_tells_nothing(back: timedelta) -> None:
    assert clock_jump(READ, NOW - back, NOW + 30 * SECOND) is None
