from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.samples import usd
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings


def test_the_defaults_are_five_minutes_five_dollars_and_one() -> None:
    defaults = Settings()
    assert defaults.refresh_interval == timedelta(minutes=5)
    assert defaults.thresholds == Thresholds(low=usd("5"), critical=usd("1"))


@pytest.mark.parametrize(
    ("interval", "stale_after"),
    [
        (timedelta(seconds=30), timedelta(minutes=15)),
        (timedelta(minutes=5), timedelta(minutes=15)),
        (timedelta(minutes=6), timedelta(minutes=18)),
        (timedelta(hours=1), timedelta(hours=3)),
    ],
)
def test_a_reading_is_old_after_three_missed_refreshes_and_not_before_a_quarter_of_an_hour(
    interval: timedelta, stale_after: timedelta
) -> None:
    assert Settings(refresh_interval=interval).stale_after == stale_after
