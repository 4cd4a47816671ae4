from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.core.samples import usd
from tray_app.presentation.chart_data import RunsOut
from tray_app.presentation.day_wording import day_of_month_text, day_text
from tray_app.presentation.locale_format import LocaleFormat, install_format, number_text
from tray_app.presentation.money_axis import tick_label
from tray_app.presentation.runs_out_wording import runs_out_text
from tray_app.presentation.translation import untranslated
from tray_app.presentation.wording import amount_text, brief_amount_text, column_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

AMERICAN = LocaleFormat(group_mark=",", month_first=True)
GERMAN = LocaleFormat(decimal_point=",", group_mark=".")
SPANISH = LocaleFormat(decimal_point=",", group_mark=".", grouped_from=5)
INDIAN = LocaleFormat(group_mark=",", higher_group=2)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _c_again() -> Iterator[None]:
    yield
    install_format(None)


@pytest.mark.parametrize(
    ("locale_format", "number", "text"),
    [
        (None, "-1234567.50", "-1234567.50"),
        (AMERICAN, "999.5", "999.5"),
        (AMERICAN, "-1234567.50", "-1,234,567.50"),
        (AMERICAN, "123456", "123,456"),
        (GERMAN, "1234.5", "1.234,5"),
        (SPANISH, "1234.5", "1234,5"),
        (SPANISH, "12345.5", "12.345,5"),
        (INDIAN, "1234567.5", "12,34,567.5"),
        (INDIAN, "123.5", "123.5"),
    ],
)
def test_digits_are_grouped_as_the_locale_groups_them(
    locale_format: LocaleFormat | None, number: str, text: str
) -> None:
    install_format(locale_format)
    assert number_text(number) == text


def test_an_amount_in_a_window_has_the_marks_of_its_locale() -> None:
    install_format(GERMAN)
    assert amount_text(usd("-1234.5")) == "-$1.234,50"
    assert brief_amount_text(usd("2000")) == "$2.000"
    assert tick_label(usd("0.5"), usd("0.5")) == "$0,50"
    assert tick_label(usd("-12000"), usd("1000")) == "-$12k"


def test_amounts_below_each_other_keep_their_decimals_in_line() -> None:
    install_format(GERMAN)
    assert column_texts([usd("1234.5"), usd("0.0021")]) == ("$1.234,5000", "$0,0021")
    assert column_texts([]) == ()


def test_the_month_comes_first_where_the_locale_says_so() -> None:
    install_format(AMERICAN)
    today = NOW.date()
    assert day_text(date(2026, 12, 4), today) == "Dec 4"
    assert day_text(date(2027, 12, 4), today) == "Dec 4, 2027"
    assert day_of_month_text(date(2027, 5, 4)) == "May 4"


def test_what_scripts_read_is_written_in_cs_way_meanwhile() -> None:
    install_format(GERMAN)
    with untranslated():
        assert amount_text(usd("1234.5")) == "$1234.50"
    assert amount_text(usd("1234.5")) == "$1.234,50"


@pytest.mark.parametrize(
    ("low", "high", "month_first", "span"),
    [
        (6, 14, False, "between 1 and 9 December"),
        (6, 14, True, "between December 1 and 9"),
        (3, 14, False, "between 28 November and 9 December"),
        (3, 14, True, "between November 28 and December 9"),
        (50, 60, False, "between 14 and 24 January 2027"),
        (50, 60, True, "between January 14 and 24, 2027"),
        (50, 80, False, "between 14 January and 13 February 2027"),
        (50, 80, True, "between January 14 and February 13, 2027"),
        (14, 50, False, "between 9 December and 14 January 2027"),
        (14, 50, True, "between December 9 and January 14, 2027"),
    ],
)
def test_two_days_say_once_what_they_have_in_common(
    low: int,
    high: int,
    month_first: bool,  # noqa: FBT001 — a table
    span: str,
) -> None:
    install_format(LocaleFormat(month_first=month_first))
    ends = (NOW + timedelta(days=days) for days in (low, low, high))
    assert runs_out_text(RunsOut(*ends), NOW, UTC).endswith(f", {span}")


@pytest.mark.parametrize(
    ("now", "low", "high", "span"),
    [
        (NOW, 1, 4, "between 13:00 and 16:00 today"),
        (NOW, 14, 20, "between 02:00 and 08:00 tomorrow"),
        (NOW, 4, 20, "between 16:00 today and 08:00 tomorrow"),
        (NOW, 4, 60, "between 16:00 today and 28 November"),
        (NOW, -14, -13, "between 22:00 and 23:00 yesterday"),
    ],
)
def test_what_is_near_is_told_with_its_hour(now: datetime, low: int, high: int, span: str) -> None:
    ends = (now + timedelta(hours=hours) for hours in (low, low, high))
    assert runs_out_text(RunsOut(*ends), now, UTC).endswith(f", {span}")
