from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from tests.core.samples import usd
from tray_app.core.alert_rules import MOST_AMOUNTS, AlertRules, QuietHours


@pytest.mark.parametrize(
    ("begins", "ends", "quiet", "loud"),
    [
        (time(13), time(14), [time(13), time(13, 59, 59)], [time(12, 59), time(14), time(0)]),
        (time(22), time(7), [time(22), time(0), time(6, 59)], [time(7), time(12), time(21, 59)]),
        (time(0), time(23, 59), [time(0), time(12)], [time(23, 59)]),
    ],
)
def test_quiet_hours_hold_from_their_begin_up_to_their_end_also_over_midnight(
    begins: time, ends: time, quiet: list[time], loud: list[time]
) -> None:
    hours = QuietHours(begins, ends)
    assert all(hours.hold_at(local) for local in quiet)
    assert not any(hours.hold_at(local) for local in loud)


def test_quiet_hours_without_a_length_are_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        QuietHours(time(7), time(7))


def test_the_defaults_warn_where_the_icon_changes_its_colour() -> None:
    rules = AlertRules()
    assert rules.below == (usd("5"), usd("1"))
    assert rules.lasts_less == timedelta(days=3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"below": (usd("1"), usd("5"))},
        {"below": (usd("5"), usd("5"))},
        {"below": (usd("0"),)},
        {"below": tuple(usd(str(dollars)) for dollars in range(MOST_AMOUNTS + 1, 0, -1))},
        {"lasts_less": timedelta(0)},
        {"daily_budget": usd("0")},
        {"monthly_budget": usd("-1")},
    ],
    ids=repr,
)
def test_rules_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="alerts: "):
        replace(AlertRules(), **wrong)
