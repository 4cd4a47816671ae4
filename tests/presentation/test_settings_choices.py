from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.settings_samples import configurations
from tests.core.samples import usd
from tray_app.core.alert_rules import AlertRules
from tray_app.core.configuration import Account, Configuration
from tray_app.core.level import Thresholds
from tray_app.core.settings import Settings
from tray_app.presentation import settings_choices as choices
from tray_app.presentation.settings_choices import Choice, with_account, without_account
from tray_app.presentation.settings_entries import InvalidEntryError

CHOICES: dict[str, Choice[Any]] = {
    name: value for name, value in vars(choices).items() if isinstance(value, Choice)
}


def test_there_is_a_choice_for_everything_that_may_be_set() -> None:
    shared = {"thresholds", "alerts", "simulated"}
    settings = sum(field.name not in shared for field in fields(Settings))
    general = sum(field.name != "accounts" for field in fields(Configuration))
    expected = settings + general + len(fields(Thresholds)) + len(fields(AlertRules))
    assert len(CHOICES) == expected


@given(configuration=configurations(), name=st.sampled_from(sorted(CHOICES)))
def test_a_choice_of_what_is_chosen_already_changes_nothing(
    configuration: Configuration, name: str
) -> None:
    choice = CHOICES[name]
    for account in configuration.accounts:
        value = choice.read(configuration, account.name)
        assert choice.change(configuration, account.name, value) == configuration


@given(
    configuration=configurations(),
    other=configurations(),
    name=st.sampled_from(sorted(set(CHOICES) - {"SHOWN_ACCOUNT"})),
)
def test_what_was_chosen_is_read_back_and_no_other_choice_changes(
    configuration: Configuration, other: Configuration, name: str
) -> None:
    account = configuration.accounts[-1].name
    value = CHOICES[name].read(other, other.accounts[0].name)
    try:
        changed = CHOICES[name].change(configuration, account, value)
    except InvalidEntryError:
        return
    assert CHOICES[name].read(changed, account) == value
    for each, choice in CHOICES.items():
        if each != name:
            assert choice.read(changed, account) == choice.read(configuration, account)


@pytest.mark.parametrize(
    ("choice", "value", "sentence"),
    [
        (choices.LOW, usd("0.5"), "Must not be below the critical amount, $1.00."),
        (choices.CRITICAL, usd("6"), "Must not be above the low amount, $5.00."),
        (choices.LOW_TIME, timedelta(hours=1), "Must not be below the critical time, 1 day."),
        (choices.CRITICAL_TIME, timedelta(days=9), "Must not be above the low time, 3 days."),
    ],
)
def test_levels_that_would_cross_are_refused(
    choice: Choice[Any], value: object, sentence: str
) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        choice.change(Configuration(), "default", value)
    assert str(refused.value) == sentence


def test_an_account_more_begins_like_the_first_and_goes_without_a_trace() -> None:
    before = Configuration((Account("home", Settings(hides_amounts=True)),))
    more = with_account(before, "work")
    assert more.accounts[1] == Account("work", Settings(hides_amounts=True))
    assert without_account(more, "work") == before


def test_the_shown_account_stays_unless_it_goes() -> None:
    both = Configuration((Account("home"), Account("work")), shown_account="home")
    assert without_account(both, "work").shown_account == "home"
    assert without_account(both, "home").shown_account is None
