from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.samples import usd
from tray_app.core.history import TopUp
from tray_app.core.history_problem import HistoryDiskFull
from tray_app.core.outlook import Outlook
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending, Runway
from tray_app.core.spent_by_day import SpentByDay
from tray_app.presentation.details_view import DetailsView, SpentRow, details_of
from tray_app.presentation.history_wording import history_trouble

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 13, 10, tzinfo=UTC)  # 14:10 in Berlin
DAY = timedelta(days=1)
READING = BalanceReading(
    usd("12.3456"),
    NOW,
    cash=usd("10.3456"),
    credit_limit=usd("2"),
    pending_charges=usd("0"),
    outstanding_invoices=usd("0"),
)
OUTLOOK = Outlook(
    NOW,
    Lasting(middle=9 * DAY, low=6 * DAY, high=14 * DAY),
    SpentByDay(usd("1"), usd("2.5"), usd("10"), usd("40.1234"), usd("30")),
)


def details(reading: BalanceReading | None = READING, outlook: Outlook = OUTLOOK) -> DetailsView:
    return details_of(reading, outlook, NOW, BERLIN)


def test_nothing_known_says_nothing() -> None:
    assert details_of(None, None, NOW, BERLIN) == DetailsView()


def test_every_amount_stands_exactly_with_what_it_is() -> None:
    rows = details().amounts
    assert [(row.word, row.amount) for row in rows] == [
        ("Available", "$12.3456"),
        ("Cash", "$10.3456"),
        ("Credit limit", "$2.0000"),
        ("Pending charges", "$0.0000"),
        ("Owed", "$0.0000"),
    ]
    assert all(row.meaning for row in rows)


def test_an_amount_that_the_reply_lacked_is_left_out_and_not_zero() -> None:
    rows = details(replace(READING, pending_charges=None, cash=None)).amounts
    assert [row.word for row in rows] == ["Available", "Credit limit", "Owed"]


def test_the_runway_is_also_a_date() -> None:
    assert details().runs_out == "Until about 4 December, between 1 and 9 December"


@pytest.mark.parametrize("runway", [Empty(), Learning(timedelta(hours=3)), NotSpending(8 * DAY)])
def test_without_a_forecast_there_is_no_date(runway: Runway) -> None:
    assert details(outlook=replace(OUTLOOK, runway=runway)).runs_out == ""


def test_spending_is_told_by_days() -> None:
    assert details().spent == (
        SpentRow("Today", "$1.0000"),
        SpentRow("Yesterday", "$2.5000"),
        SpentRow("Last 7 days", "$10.0000"),
        SpentRow("Last 30 days", "$40.1234"),
        SpentRow("This month", "$30.0000"),
    )


def test_spending_up_to_an_old_reading_is_not_called_today_s() -> None:
    old = replace(OUTLOOK, as_of=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))  # 1 Nov, 0:30
    assert [row.word for row in details(outlook=old).spent] == [
        "On 1 Nov",
        "On 31 Oct",
        "7 days to 1 Nov",
        "30 days to 1 Nov",
        "In November",
    ]


def test_a_recent_top_up_is_told_with_its_local_time() -> None:
    recent = replace(OUTLOOK, recent_top_up=TopUp(usd("20"), NOW - timedelta(minutes=5)))
    assert details(outlook=recent).top_up == "+$20.00, 14:05"
    assert details().top_up == ""


def test_trouble_with_the_history_is_told_beside_what_is_known() -> None:
    failing = details(outlook=replace(OUTLOOK, problem=HistoryDiskFull()))
    assert failing.trouble == history_trouble(HistoryDiskFull())
    assert failing.spent == details().spent
    assert details().trouble == ""


def test_what_lasts_for_more_than_a_year_has_no_date() -> None:
    runway = Lasting(middle=LONGEST, low=LONGEST, high=LONGEST)
    assert details(outlook=replace(OUTLOOK, runway=runway)).runs_out == ""


def test_a_sum_over_days_of_which_some_are_unknown_says_since_when() -> None:
    since = NOW - 2 * DAY
    words = [row.word for row in details(outlook=replace(OUTLOOK, known_since=since)).spent]
    assert words == [
        "Today",
        "Yesterday",
        "Last 7 days, since 23 Nov 14:10",
        "Last 30 days, since 23 Nov 14:10",
        "This month, since 23 Nov 14:10",
    ]
    known = replace(OUTLOOK, known_since=NOW - 40 * DAY)
    assert details(outlook=known).spent == details().spent


def test_on_the_first_day_only_that_day_is_told() -> None:
    first_day = replace(OUTLOOK, known_since=NOW - timedelta(hours=3))
    assert [row.word for row in details(outlook=first_day).spent] == ["Today, since 11:10"]


def test_the_end_counts_from_the_reading_that_an_outlook_was_carried_over_to() -> None:
    after_sleep = replace(OUTLOOK, as_of=NOW - 3 * DAY)
    assert details(outlook=after_sleep).runs_out == details().runs_out
