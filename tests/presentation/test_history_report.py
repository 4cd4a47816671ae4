"""What the history says for people, a line a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.core.samples import usd
from tests.core.zones import INDIA
from tray_app.core.history import Change, TopUp
from tray_app.core.history_by_day import DayOfHistory, UnseenDays
from tray_app.presentation.history_report import (
    history_lines,
    imported_text,
    nothing_since_text,
    unreadable_file_text,
    wrong_line_text,
)

TODAY = date(2026, 11, 25)


def test_amounts_are_exact_with_their_points_below_each_other_and_the_sum_last() -> None:
    stretches = (
        DayOfHistory(date(2025, 12, 31), Change(spent=usd("1")), usd("-0.5")),
        UnseenDays(2, usd("120.1234")),
        DayOfHistory(
            date(2026, 11, 9),
            Change(spent=usd("0.25"), topped_up=usd("20")),
            usd("19.5"),
            (TopUp(usd("20"), datetime(2026, 11, 9, 8, 35, tzinfo=UTC)),),
        ),
        UnseenDays(1, usd("0")),
        DayOfHistory(
            date(2026, 11, 25),
            Change(
                spent=usd("0.0001"),
                topped_up=usd("5"),
                refunded=usd("0.5"),
                credit_limit=usd("-3"),
                invoices_settled=usd("7.3125"),
            ),
            usd("1234.5678"),
        ),
    )
    everything = "refund +$0.50, credit limit -$3.00, invoices settled +$7.3125"
    assert history_lines(stretches, TODAY, INDIA) == (
        "Day                  Spent   Available  Came in",
        "Wed 31 Dec 2025    $1.00      -$0.50",
        "2 days           $120.1234              no reading",
        "Mon  9 Nov         $0.25      $19.50    top-up +$20.00 at 14:05",
        "1 day              $0.00                no reading",
        f"Wed 25 Nov         $0.0001  $1234.5678  top-up +$5.00, {everything}",
        f"In all           $121.3735              top-up +$25.00, {everything}",
    )


def test_a_short_table_is_as_wide_as_its_names() -> None:
    lines = history_lines([DayOfHistory(TODAY, Change(), usd("9"))], TODAY, INDIA)
    assert lines == (
        "Day         Spent  Available  Came in",
        "Wed 25 Nov  $0.00      $9.00",
        "In all      $0.00",
    )


def test_no_reading_since_a_moment_names_it_in_local_time() -> None:
    now = datetime(2026, 11, 25, 13, tzinfo=UTC)
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert nothing_since_text(at, now, UTC) == "No reading since 23 Nov 09:30."


@pytest.mark.parametrize(
    ("added", "known", "text"),
    [
        (0, 0, "0 readings added."),
        (1, 0, "1 reading added."),
        (1200, 3, "1200 readings added; 3 known already."),
    ],
)
def test_an_import_says_how_many_were_new(added: int, known: int, text: str) -> None:
    assert imported_text(added, known) == text


def test_a_file_that_was_not_imported_says_why() -> None:
    assert wrong_line_text(7, "spent is negative") == (
        "Nothing was imported: line 7: spent is negative."
    )
    assert unreadable_file_text("Is a directory") == (
        "Nothing was imported: the file cannot be read: Is a directory."
    )


def test_each_payment_of_a_day_has_its_time_and_many_are_one_sum() -> None:
    def row(count: int) -> str:
        top_ups = tuple(
            TopUp(usd("5"), datetime(2026, 11, 25, hour, 30, tzinfo=UTC)) for hour in range(count)
        )
        change = Change(topped_up=usd("5").scaled(count, 1))
        return history_lines([DayOfHistory(TODAY, change, usd("9"), top_ups)], TODAY, INDIA)[1]

    assert row(2).endswith("  top-up +$5.00 at 06:00, +$5.00 at 07:00")
    assert row(3).endswith("  top-up +$5.00 at 06:00, +$5.00 at 07:00, +$5.00 at 08:00")
    assert row(4).endswith("  top-up +$20.00 in 4")
