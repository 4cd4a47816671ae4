"""The contract of waybar's custom module: waybar-custom(5), "return-type": "json"."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from tests.core.samples import NOW, usd
from tests.presentation.reports import KNOWN, NOTHING, ZONE, reports
from tray_app.core.level import Level
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending, Runway
from tray_app.presentation.problem_code import ProblemCode
from tray_app.presentation.waybar import waybar_line, waybar_problem_line

if TYPE_CHECKING:
    from tray_app.presentation.account_report import AccountReport

OFFLINE = ProblemCode("offline", 7)
CLASSES = {*(level.value for level in Level), "stale", "problem", "loading"}


def document(report: AccountReport) -> dict[str, Any]:
    return checked(waybar_line(report, NOW, ZONE))


def checked(line: str) -> dict[str, Any]:
    """Return the object, after a look at what waybar does with it."""
    # It reads a line at a time.
    assert "\n" not in line
    found = json.loads(line)
    assert isinstance(found, dict)
    assert set(found) - {"percentage"} == {"text", "alt", "tooltip", "class"}
    assert all(isinstance(found[name], str) for name in ("text", "alt", "tooltip"))
    assert isinstance(found["class"], list)
    assert all(isinstance(each, str) and each for each in found["class"])
    percentage = found.get("percentage", 0)
    assert type(percentage) is int
    assert 0 <= percentage <= 100
    # Both are Pango's markup, of which broken one is not shown.
    for name in ("text", "tooltip"):
        ET.fromstring(f"<markup>{found[name]}</markup>")  # noqa: S314 — made here
    return found


@given(reports())
def test_every_report_keeps_to_the_contract(report: AccountReport) -> None:
    found = document(report)
    assert set(found["class"]) <= CLASSES
    assert found["alt"] in CLASSES
    assert found["text"]


def test_a_current_figure() -> None:
    assert document(KNOWN) == {
        "text": "$12.34",
        "alt": "healthy",
        "tooltip": "$12.34 available\nLasts about 9 days, 6 to 14\nCash: $10.34\n"
        "Credit limit: $2.00\nPending charges: $0.00\nOwed: $0.00\nAs of 01:30",
        "class": ["healthy"],
        "percentage": 30,
    }


@pytest.mark.parametrize(
    ("dollars", "text"),
    [("0.0099", "$0.00"), ("1234.5678", "$1234.56"), ("-0.0001", "-$0.01"), ("-2", "-$2.00")],
)
def test_cents_are_rounded_down(dollars: str, text: str) -> None:
    reading = BalanceReading(usd(dollars), NOW)
    assert document(replace(KNOWN, reading=reading))["text"] == text


@pytest.mark.parametrize(
    ("report", "text", "alt", "classes"),
    [
        (NOTHING, "…", "loading", ["loading"]),
        (replace(NOTHING, problem=OFFLINE, message="<a> & b"), "!", "problem", ["problem"]),
        (replace(KNOWN, level=Level.LOW), "$12.34", "low", ["low"]),
        (replace(KNOWN, stale=True, runway=None), "$12.34", "stale", ["healthy", "stale"]),
        (
            replace(KNOWN, problem=OFFLINE, message="Offline."),
            "$12.34",
            "healthy",
            ["healthy", "problem"],
        ),
        (
            replace(KNOWN, stale=True, problem=OFFLINE, message="Offline."),
            "$12.34",
            "stale",
            ["healthy", "stale", "problem"],
        ),
    ],
)
def test_what_is_wrong_shows(
    report: AccountReport, text: str, alt: str, classes: list[str]
) -> None:
    found = document(report)
    assert (found["text"], found["alt"], found["class"]) == (text, alt, classes)
    if report.problem is not None:
        assert "Offline." in found["tooltip"] or found["tooltip"] == "&lt;a&gt; &amp; b"


@pytest.mark.parametrize(
    ("runway", "percentage"),
    [
        (None, None),
        (Learning(timedelta(hours=5)), None),
        (Empty(), 0),
        (Lasting(timedelta(hours=7), timedelta(0), LONGEST), 0),
        (Lasting(timedelta(days=15), timedelta(0), LONGEST), 50),
        (Lasting(timedelta(days=30), timedelta(0), LONGEST), 100),
        (Lasting(LONGEST, LONGEST, LONGEST), 100),
        (NotSpending(timedelta(days=8)), 100),
    ],
)
def test_the_percentage_is_of_thirty_days_and_missing_where_nothing_is_known(
    runway: Runway | None, percentage: int | None
) -> None:
    assert document(replace(KNOWN, runway=runway)).get("percentage") == percentage


def test_where_no_account_can_be_told_of_the_reason_is_the_tooltip() -> None:
    found = checked(waybar_problem_line("No <tray> & no figure.", "no_tray", text=""))
    assert found["text"] == ""
    assert found["tooltip"] == "No &lt;tray&gt; &amp; no figure."
    assert checked(waybar_problem_line("x", "problem"))["text"] == "!"
