from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.samples import NOW, amounts, usd
from tests.presentation.reports import KNOWN, NOTHING, ZONE, reports
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import LONGEST, Lasting, NotSpending
from tray_app.presentation.problem_code import ProblemCode
from tray_app.presentation.report_format import FIELD_NAMES, InvalidFormatError, ReportFormat

if TYPE_CHECKING:
    from tray_app.presentation.account_report import AccountReport

OWING = replace(
    KNOWN,
    reading=BalanceReading(
        usd("1234.5678"), NOW, usd("-0.0001"), usd("3"), usd("0.0001"), usd("7.891")
    ),
)


def line(text: str, report: AccountReport = KNOWN, *, later: timedelta = timedelta(0)) -> str:
    return ReportFormat.of(text).line(report, NOW + later, ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{available:.2f} {level}", "1234.56 healthy"),
        ("${available}", "$1234.5678"),
        ("{available:.0f}", "1234"),
        ("{available:.2} {runway_days:.2}", "1234.56 9.00"),
        ("{available:,.2f}", "1,234.56"),
        ("{available:>12.1f}|", "      1234.5|"),
        ("{available:012.2f}", "000001234.56"),
        ("{available:+.3f}", "+1234.567"),
        ("{available:*<10.2f}", "1234.56***"),
        ("{available:.6f}", "1234.567800"),
        ("{cash:.2f}", "-0.01"),
        ("{credit_limit}", "3.00"),
        ("{pending_charges:.2f}", "0.01"),
        ("{owed:.2f} {owed:.3f} {owed:.0f}", "7.90 7.891 8"),
        ("{runway} {runway_short} {runway_days} {runway_days:.0f}", "about 9 days 9d 9.0 9"),
        ("{age_seconds} {age_seconds:>6}", "61     61"),
        ("{taken_at}", "2026-03-29T01:30:00.000Z"),
        ("{taken_at:%H:%M}", "01:30"),
        ("{account:>9}|{account:.3}", "  default|def"),
        ("{problem}|{problem:4}|", "|    |"),
        ("{{available}} }}{{", "{available} }{"),
        (r"a\nb\tc\\n\d", "a\nb\tc\\n\\d"),
        ("", ""),
        ("no field", "no field"),
    ],
)
def test_a_line_is_as_it_was_asked_for(text: str, expected: str) -> None:
    assert line(text, OWING, later=timedelta(seconds=61.9)) == expected


def test_clock_times_are_the_users() -> None:
    zone = timezone(timedelta(hours=2))
    assert ReportFormat.of("{taken_at:%d.%m. %H:%M}").line(KNOWN, NOW, zone) == "29.03. 03:30"


@pytest.mark.parametrize("name", [name for name in FIELD_NAMES if name != "account"])
def test_what_is_not_known_is_empty_and_as_wide(name: str) -> None:
    assert line(f"<{{{name}}}>", NOTHING) == "<>"
    assert line(f"<{{{name}:>5}}>", NOTHING) == "<     >"


@pytest.mark.parametrize(
    "text",
    [
        *("{0}", "{}", "{available.__class__}", "{available[0]}", "{available!r}", "{level!s:>4}"),
        *("{available._atoms}", "{Available}", "{ available}", "{available }", "{__class__}"),
        *("{available:{level}}", "{available:>{owed}}", "{available:{}}"),
        *("{available", "available}", "{", "}", "{available:", "}{"),
        *("{available:x}", "{available:.2e}", "{available:.2%}", "{available:n}", "{available:g}"),
        *("{available:.17f}", "{available:1000}", "{available:99999999999}"),
        *(
            "{available:=>+9999.2f}",
            "{age_seconds:.2f}",
            "{age_seconds:x}",
            "{level:.2f}",
            "{level:d}",
        ),
        *(
            "{level:,}",
            "{available:_}",
            "{taken_at:.2f}",
            "{taken_at:%\ud800}",
            "{account:99999}",
            "{runway_days:e}",
        ),
    ],
)
def test_anything_else_is_refused_before_anything_is_asked(text: str) -> None:
    with pytest.raises(InvalidFormatError) as caught:
        ReportFormat.of(text)
    assert "'" not in str(caught.value)
    assert '"' not in str(caught.value)


def test_an_unknown_field_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(
        InvalidFormatError, match="no such field; there are available, cash, "
    ) as caught:
        ReportFormat.of("{balance}")
    assert all(name in str(caught.value) for name in FIELD_NAMES)
    assert "balance" not in str(caught.value)


@given(amounts, st.integers(0, 16))
@example(Usd.of_units_text("999999999999999.999999999999"), 16)
@example(Usd.of_units_text("-999999999999999.999999999999"), 1)
def test_no_more_is_shown_than_there_is_and_no_less_than_is_owed(amount: Usd, places: int) -> None:
    reading = BalanceReading(amount, NOW, outstanding_invoices=amount)
    shown = line(f"{{available:.{places}f}} {{owed:.{places}f}}", replace(KNOWN, reading=reading))
    with localcontext(prec=60):
        exact, step = Decimal(amount.decimal_text()), Decimal(1).scaleb(-places)
        down, up = (exact.quantize(step, way) for way in (ROUND_FLOOR, ROUND_CEILING))
        available, owed = map(Decimal, shown.split())
        assert (available, owed) == (down, up)
        assert available <= exact <= owed
    assert all(len(each.partition(".")[2]) == places for each in shown.split())


@given(amounts)
def test_without_decimals_an_amount_is_exact(amount: Usd) -> None:
    shown = line("{available}", replace(KNOWN, reading=BalanceReading(amount, NOW)))
    assert Usd.of_decimal_text(shown) == amount


@given(reports(), st.lists(st.sampled_from(FIELD_NAMES), max_size=5))
def test_every_report_fills_every_field(report: AccountReport, names: list[str]) -> None:
    filled = line("|".join(f"{{{name}}}" for name in names), report)
    assert filled.count("|") == max(len(names) - 1, 0)


@given(st.text(st.sampled_from("{}:.!0129[]<>^ =,+-_%sdfxHM\\nt") | st.characters(), max_size=12))
def test_a_format_is_understood_or_refused_and_nothing_else(text: str) -> None:
    try:
        understood = ReportFormat.of(text)
    except InvalidFormatError:
        return
    understood.line(KNOWN, NOW, ZONE)
    understood.line(NOTHING, NOW, ZONE)


def test_a_problem_has_its_word() -> None:
    report = replace(NOTHING, problem=ProblemCode("offline", 7), message="No connection.")
    assert line("{problem}{available}", report) == "offline"


def test_without_a_forecast_there_is_no_runway() -> None:
    assert line("{runway}{runway_days}", replace(KNOWN, runway=NotSpending(LONGEST))) == ""


def test_more_than_a_year_is_told_as_such() -> None:
    report = replace(KNOWN, runway=Lasting(LONGEST, LONGEST, LONGEST))
    assert line("{runway}, {runway_days:.0f}", report) == "more than a year, 366"
