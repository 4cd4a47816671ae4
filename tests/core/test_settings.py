from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.samples import usd
from tray_app.core.level import Thresholds
from tray_app.core.settings import IntervalOutOfRangeError, Settings


def test_the_defaults_are_five_minutes_five_dollars_and_one() -> None:
    defaults = Settings()
    assert defaults.refresh_interval == timedelta(minutes=5)
    assert defaults.thresholds == Thresholds(low=usd("5"), critical=usd("1"))


@pytest.mark.parametrize(
    ("interval", "stale_after"),
    [
        (timedelta(minutes=1), timedelta(minutes=15)),
        (timedelta(minutes=5), timedelta(minutes=15)),
        (timedelta(minutes=6), timedelta(minutes=18)),
        (timedelta(hours=1), timedelta(hours=3)),
    ],
)
def test_a_reading_is_old_after_three_missed_refreshes_and_not_before_a_quarter_of_an_hour(
    interval: timedelta, stale_after: timedelta
) -> None:
    assert Settings(refresh_interval=interval).stale_after == stale_after


@pytest.mark.parametrize(
    "interval",
    [
        timedelta(0),
        timedelta(minutes=-5),
        timedelta(seconds=59.999),
        timedelta(minutes=60, microseconds=1),
        timedelta.max,
    ],
    ids=repr,
)
def test_an_interval_that_is_not_from_1_to_60_minutes_is_refused(interval: timedelta) -> None:
    with pytest.raises(IntervalOutOfRangeError, match="1 to 60 minutes"):
        Settings(refresh_interval=interval)


def test_the_simulated_account_may_be_asked_more_often() -> None:
    settings = Settings(refresh_interval=timedelta(seconds=30), simulated=True)
    assert settings.stale_after == timedelta(minutes=15)
