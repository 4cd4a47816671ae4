from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tray_app.adapters.system_zone import SystemZone

if TYPE_CHECKING:
    from collections.abc import Generator

HALF_AN_HOUR = timedelta(minutes=30)

pytestmark = pytest.mark.skipif(
    not hasattr(time, "tzset"), reason="only POSIX systems change a process's zone"
)

# The rules of each are those of the region beside it in 2026, written by hand.
RULES = {
    "CET-1CEST,M3.5.0,M10.5.0/3": "Europe/Berlin",
    "EST5EDT,M3.2.0,M11.1.0": "America/New_York",
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0": "Australia/Lord_Howe",
    "<+0545>-5:45": "Asia/Kathmandu",
    "UTC0": "UTC",
}


@pytest.fixture(params=list(RULES), ids=list(RULES.values()))
def region(request: pytest.FixtureRequest) -> Generator[ZoneInfo]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    try:
        yield ZoneInfo(RULES[request.param])
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def test_each_half_hour_of_a_year_reads_as_the_regions_own(region: ZoneInfo) -> None:
    zone = SystemZone()
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(365 * 24 * 2):
        moment = begin + number * HALF_AN_HOUR
        local, expected = moment.astimezone(zone), moment.astimezone(region)
        assert (local.replace(tzinfo=None), local.fold) == (
            expected.replace(tzinfo=None),
            expected.fold,
        )
        assert local.utcoffset() == expected.utcoffset()
        assert local.astimezone(UTC) == moment


def test_midnight_on_the_users_clock_is_the_regions(region: ZoneInfo) -> None:
    zone = SystemZone()
    for day in range(365):
        midnight = datetime(2026, 1, 1, tzinfo=zone) + timedelta(days=day)
        assert midnight.astimezone(UTC) == midnight.replace(tzinfo=region).astimezone(UTC)


def test_it_names_the_systems_abbreviation_and_knows_no_reason() -> None:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
    time.tzset()
    try:
        summer = datetime(2026, 7, 1, tzinfo=SystemZone())
        assert (summer.tzname(), summer.dst()) == ("CEST", None)
        assert SystemZone().utcoffset(None) is None
        assert SystemZone().tzname(None) is None
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
