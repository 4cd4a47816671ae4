"""The computer's time zone, set by a rule, so that no tzdata is needed."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.core.zones import CENTRAL_EUROPE, ZONES, Zone
from tray_app.adapters.system_zone import SystemZone
from tray_app.core.spent_by_day import beginning_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(
    not hasattr(time, "tzset"), reason="Windows takes no time zone from the environment"
)

_RULES: Final = {
    "Central Europe": "CET-1CEST,M3.5.0,M10.5.0/3",
    "midnight changes": "<-04>4<-03>,M9.1.0/0,M11.1.0/1",
    "Lord Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "India": "IST-5:30",
}
_STEP: Final = timedelta(minutes=15)


@pytest.fixture
def set_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def change(rule: str) -> None:
        monkeypatch.setenv("TZ", rule)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("rule", "expected"), [*zip(_RULES.values(), ZONES, strict=True)], ids=_RULES
)
def test_a_year_of_wall_times_and_moments_is_that_of_the_zone(
    rule: str, expected: Zone, set_zone: Callable[[str], None]
) -> None:
    set_zone(rule)
    at = datetime(2026, 1, 2, tzinfo=UTC)
    while at < datetime(2026, 12, 1, tzinfo=UTC):
        local, wall = at.astimezone(SystemZone()), at.astimezone(expected)
        assert (local.replace(tzinfo=None), local.fold) == (wall.replace(tzinfo=None), wall.fold)
        assert local.astimezone(UTC) == at
        for fold in (0, 1):
            naive = at.replace(tzinfo=None, fold=fold)
            ours, theirs = naive.replace(tzinfo=SystemZone()), naive.replace(tzinfo=expected)
            assert ours.utcoffset() == theirs.utcoffset()
        at += _STEP


def test_days_begin_at_the_local_midnight(set_zone: Callable[[str], None]) -> None:
    set_zone(_RULES["Central Europe"])
    day = datetime(2026, 10, 25, 12, tzinfo=SystemZone()).date()
    assert beginning_of(day, SystemZone()) == beginning_of(day, CENTRAL_EUROPE)


def test_it_names_the_offset_and_knows_none_without_a_time(
    set_zone: Callable[[str], None],
) -> None:
    set_zone(_RULES["Central Europe"])
    summer = datetime(2026, 7, 1, tzinfo=SystemZone())
    assert (summer.tzname(), summer.dst()) == ("CEST", None)
    assert (SystemZone().utcoffset(None), SystemZone().tzname(None)) == (None, None)
