"""What an alert says, as a message and in the menu."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from tests.core.samples import NOW, STEADY, reading_of, usd
from tray_app.core.account_state import AccountState
from tray_app.core.alert import (
    Alert,
    BalanceBelow,
    BalanceEmpty,
    BudgetPeriod,
    BudgetReached,
    KeyRejected,
    LastsLess,
    NoFreshFigure,
    SpendingSpike,
    TopUpArrived,
    alert_word,
)
from tray_app.core.alert_memory import AlertMemory, SnoozeSpan, Told
from tray_app.core.runway import Empty, Lasting
from tray_app.presentation.alert_message import Message, MessageAction, Urgency
from tray_app.presentation.alert_wording import (
    AlertNews,
    alert_rows,
    alert_title,
    message_of_several,
)

DAY = timedelta(days=1)
LASTING = replace(STEADY, runway=Lasting(2 * DAY, 1.4 * DAY, 3 * DAY))
STATE = AccountState(reading=reading_of("4.87"), outlook=LASTING)


def message_of(alerts: list[Alert], state: AccountState) -> Message:
    account, message = message_of_several([AlertNews("default", alerts, state)])
    assert account == "default"
    return message


@pytest.mark.parametrize(
    ("alert", "title"),
    [
        (BalanceEmpty(), "The balance is used up"),
        (BalanceBelow(usd("5")), "Less than $5 left"),
        (BalanceBelow(usd("0.5")), "Less than $0.50 left"),
        (LastsLess(3 * DAY), "The balance lasts less than 3 days"),
        (SpendingSpike(usd("12.3456"), usd("1")), "Unusual spending: $12.34 an hour"),
        (BudgetReached(BudgetPeriod.DAY, 80, usd("10")), "80 % of today's $10 spent"),
        (BudgetReached(BudgetPeriod.MONTH, 100, usd("99.5")), "100 % of this month's $99.50 spent"),
        (KeyRejected(), "Novita rejects the API key"),
        (NoFreshFigure(), "No fresh balance for 6 hours"),
        (TopUpArrived(usd("20"), NOW), "Top-up arrived: +$20.00"),
    ],
)
def test_each_alert_has_few_words(alert: Alert, title: str) -> None:
    assert alert_title(alert) == title


@pytest.mark.parametrize(
    ("alerts", "body", "urgency"),
    [
        (
            [BalanceBelow(usd("5"))],
            "$4.87 available\nLasts about 2 days, 1 to 3",
            Urgency.NORMAL,
        ),
        (
            [SpendingSpike(usd("12"), usd("0.5")), BalanceBelow(usd("5"))],
            (
                "Less than $5 left\nUsual at this hour: $0.50\n$4.87 available\n"
                "Lasts about 2 days, 1 to 3"
            ),
            Urgency.CRITICAL,
        ),
        (
            [KeyRejected()],
            "The balance is not watched until you enter another key.",
            Urgency.CRITICAL,
        ),
        ([NoFreshFigure()], "The menu says what is wrong.", Urgency.NORMAL),
        ([TopUpArrived(usd("2"), NOW)], "$4.87 available\nLasts about 2 days, 1 to 3", Urgency.LOW),
    ],
)
def test_a_message_says_what_else_is_to_be_known(
    alerts: list[Alert], body: str, urgency: Urgency
) -> None:
    message = message_of(alerts, STATE)
    assert (message.title, message.body, message.urgency) == (
        alert_title(alerts[0]),
        body,
        urgency,
    )


def test_an_empty_balance_lasts_no_time() -> None:
    empty = AccountState(reading=reading_of("0"), outlook=replace(STEADY, runway=Empty()))
    assert message_of([BalanceEmpty()], empty).body == "$0.00 available"


def test_of_several_accounts_the_gravest_alert_is_the_title_and_each_is_named() -> None:
    account, message = message_of_several(
        [
            AlertNews("home", [LastsLess(3 * DAY), TopUpArrived(usd("1"), NOW)], STATE, "home"),
            AlertNews("work", [BalanceEmpty()], replace(STATE, outlook=None), "work"),
        ]
    )
    assert account == "work"
    assert message.title == "work: The balance is used up"
    assert message.body.splitlines() == [
        "$4.87 available",
        "home: The balance lasts less than 3 days",
        "home: Top-up arrived: +$1.00",
    ]


@pytest.mark.parametrize(
    ("alert", "first"),
    [
        (BalanceEmpty(), MessageAction.OPEN_BILLING),
        (LastsLess(DAY), MessageAction.OPEN_BILLING),
        (SpendingSpike(usd("9"), usd("1")), MessageAction.OPEN_WINDOW),
        (TopUpArrived(usd("9"), NOW), MessageAction.OPEN_WINDOW),
    ],
)
def test_a_message_offers_what_helps_first(alert: Alert, first: MessageAction) -> None:
    actions = message_of([alert], STATE).actions
    assert actions[0] is first
    assert len(actions) <= 3
    assert (MessageAction.SNOOZE_TODAY in actions) == (not isinstance(alert, TopUpArrived))


def test_the_menu_tells_for_a_day_what_was_said() -> None:
    told = AlertMemory(told=Told((BalanceBelow(usd("5")), LastsLess(3 * DAY)), NOW))
    row = "Alert 01:30: Less than $5 left · The balance lasts less than 3 days"
    assert alert_rows(told, NOW, UTC) == (row,)
    assert alert_rows(told, NOW + DAY, UTC) == ()
    assert alert_rows(told, NOW - timedelta(seconds=1), UTC) == ()
    assert alert_rows(AlertMemory(), NOW, UTC) == ()


def test_the_menu_tells_until_when_nothing_is_said() -> None:
    def row(span: SnoozeSpan) -> str:
        (only,) = alert_rows(AlertMemory().snoozed(span, NOW, UTC), NOW, UTC)
        return only

    assert row(SnoozeSpan.HOUR) == "Alerts snoozed until 02:30"
    assert row(SnoozeSpan.TODAY) == "Alerts snoozed until tomorrow 00:00"
    assert row(SnoozeSpan.TOP_UP) == "Alerts snoozed until a top-up"


def test_programs_know_alerts_of_limits_by_a_word_without_the_limit() -> None:
    assert alert_word(BalanceBelow(usd("5"))) == "below"
    assert alert_word(BudgetReached(BudgetPeriod.DAY, 80, usd("10"))) == "budget"


def test_without_a_reading_a_message_names_no_amount() -> None:
    assert "available" not in message_of([LastsLess(3 * DAY)], AccountState()).body
