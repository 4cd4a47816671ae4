"""With amounts hidden, none is to be seen in anything that is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.core.samples import NOW, STEADY, reading_of, usd
from tests.presentation.chart_samples import healthy
from tests.presentation.test_chart_layout import placed
from tests.presentation.views import states, view
from tray_app.core.account_state import AccountState
from tray_app.core.alert import Alert, BalanceBelow, BudgetPeriod, BudgetReached, TopUpArrived
from tray_app.core.settings import Settings
from tray_app.presentation.alert_wording import AlertNews, message_of_several
from tray_app.presentation.chart_summary import chart_summary
from tray_app.presentation.details_view import details_of
from tray_app.presentation.privacy import HIDDEN_AMOUNT, hide_amounts
from tray_app.presentation.wording import (
    amount_text,
    brief_amount_text,
    chosen_amount_text,
    column_texts,
    whole_dollars_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

AN_AMOUNT = re.compile(r"\$[-0-9.]")
PRIVATE = Settings(hides_amounts=True)


@pytest.fixture(autouse=True)
def _hidden() -> Iterator[None]:
    hide_amounts(hidden=True)
    yield
    hide_amounts(hidden=False)


def test_every_way_to_write_an_amount_hides_it_with_its_length_and_sign() -> None:
    amount = usd("-1234.5")
    texts = {amount_text(amount), brief_amount_text(amount), whole_dollars_text(7, "k")}
    assert {*texts, *column_texts([amount, usd("1")])} == {HIDDEN_AMOUNT}


def test_what_the_user_chooses_shows_in_its_field() -> None:
    assert chosen_amount_text(usd("5")) == "$5.00"


@settings(deadline=None)
@given(states())
def test_nothing_that_the_tray_shows_holds_an_amount(state: AccountState) -> None:
    shown = view(state, settings=PRIVATE)
    assert not AN_AMOUNT.search("\n".join((shown.tooltip, *shown.lines)))
    # An hour or a day has its letter; a digit alone would be dollars.
    assert not shown.icon.text.strip("–").isdigit()


def test_window_chart_and_messages_hold_none() -> None:
    state = AccountState(reading=reading_of("4.87"), outlook=STEADY)
    details = details_of(state.reading, state.outlook, NOW + timedelta(minutes=1), UTC)
    assert not AN_AMOUNT.search(repr([(row.word, row.amount) for row in details.spent]))
    alerts: list[Alert] = [
        BalanceBelow(usd("5")),
        BudgetReached(BudgetPeriod.DAY, 80, usd("10")),
        TopUpArrived(usd("20"), NOW),
    ]
    _, message = message_of_several([AlertNews("default", alerts, replace(state))])
    assert not AN_AMOUNT.search(message.title + message.body)
    data = healthy()
    assert not AN_AMOUNT.search(chart_summary(data, placed(data), UTC))
