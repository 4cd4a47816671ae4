from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.core.samples import usd
from tray_app.core.alert_rules import AlertRules
from tray_app.core.configuration import Account, Configuration, Language
from tray_app.core.first_choices import FirstChoices, default_choices
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings

DAY = timedelta(days=1)


def test_the_defaults_change_nothing() -> None:
    assert default_choices().applied_to(Configuration()) == Configuration()
    assert not default_choices().autostart


def test_the_amounts_are_levels_and_alerts() -> None:
    choices = FirstChoices.of_amounts(usd("20"), usd("2.5"), 7 * DAY, autostart=True)
    assert choices.thresholds == Thresholds(usd("20"), usd("2.5"))
    assert choices.below == (usd("20"), usd("2.5"))


def test_two_amounts_that_are_one_alert_once() -> None:
    choices = FirstChoices.of_amounts(usd("5"), usd("5"), None, autostart=False)
    assert choices.below == (usd("5"),)


@pytest.mark.parametrize(("low", "critical"), [("1", "5"), ("5", "0"), ("-1", "-2")])
def test_amounts_that_are_no_thresholds_are_refused(low: str, critical: str) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        FirstChoices.of_amounts(usd(low), usd(critical), None, autostart=False)


def test_whatever_was_not_chosen_stays() -> None:
    settings = Settings(
        refresh_interval=timedelta(minutes=7),
        thresholds=Thresholds(low_time=9 * DAY, critical_time=2 * DAY),
        alerts=AlertRules(daily_budget=usd("3")),
    )
    before = Configuration((Account("work", settings),), language=Language.CHINESE)
    choices = FirstChoices.of_amounts(usd("20"), usd("2"), None, autostart=True)
    expected = replace(
        settings,
        thresholds=Thresholds(usd("20"), usd("2"), 9 * DAY, 2 * DAY),
        alerts=AlertRules(below=(usd("20"), usd("2")), lasts_less=None, daily_budget=usd("3")),
    )
    assert choices.applied_to(before) == replace(before, accounts=(Account("work", expected),))
