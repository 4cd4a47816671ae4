"""A configuration that was changed by two hands at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.core.samples import usd
from tray_app.core.configuration import Account, Configuration, Language
from tray_app.core.level import Thresholds
from tray_app.core.settings import IconStyle, Settings
from tray_app.core.settings_merge import merged

BEFORE = Configuration()


def of(settings: Settings, name: str = "default") -> Configuration:
    return Configuration((Account(name, settings),))


def test_changes_of_both_hold() -> None:
    mine = replace(of(Settings(icon_style=IconStyle.DAYS)), language=Language.CHINESE)
    theirs = replace(of(Settings(refresh_interval=timedelta(minutes=9))), alert_command="/a")
    both = of(Settings(icon_style=IconStyle.DAYS, refresh_interval=timedelta(minutes=9)))
    both = replace(both, language=Language.CHINESE, alert_command="/a")
    assert merged(BEFORE, mine, theirs) == both


def test_who_changed_nothing_changes_nothing() -> None:
    other = of(Settings(thresholds=Thresholds(low=usd("9"))))
    assert merged(BEFORE, BEFORE, other) == other
    assert merged(BEFORE, other, BEFORE) == other


def test_of_the_same_value_mine_holds() -> None:
    mine, theirs = (of(Settings(refresh_interval=timedelta(minutes=n))) for n in (7, 8))
    assert merged(BEFORE, mine, theirs) == mine


def test_changes_that_do_not_go_together_are_as_in_mine() -> None:
    mine = of(Settings(thresholds=Thresholds(critical=usd("4"))))
    theirs = of(Settings(thresholds=Thresholds(low=usd("3"))))
    assert merged(BEFORE, mine, theirs) == mine


def test_accounts_come_and_go_by_both_hands() -> None:
    before = Configuration((Account("a"), Account("b")))
    mine = Configuration((Account("a"), Account("c")))
    theirs = Configuration((Account("d"), Account("b"), Account("a")))
    names = [account.name for account in merged(before, mine, theirs).accounts]
    assert names == ["d", "a", "c"]


def test_an_account_that_one_shows_and_the_other_removes_stays_as_in_mine() -> None:
    before = Configuration((Account("a"), Account("b")))
    mine = replace(before, shown_account="b")
    assert merged(before, mine, Configuration((Account("a"),))) == mine
