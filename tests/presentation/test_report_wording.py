from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.core.samples import NOW
from tests.presentation.reports import KNOWN, NOTHING, ZONE
from tray_app.core.level import Level
from tray_app.presentation.problem_code import ProblemCode
from tray_app.presentation.report_wording import detail_lines, status_lines, watched_line

if TYPE_CHECKING:
    from tray_app.presentation.account_report import AccountReport

FAILED = replace(NOTHING, problem=ProblemCode("offline", 7), message="No connection.")


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (KNOWN, "$12.34 available · ≈ 9 d"),
        (replace(KNOWN, level=Level.LOW, runway=None), "$12.34 available · low"),
        (
            replace(KNOWN, stale=True, message="No connection."),
            "$12.34 was available · No connection.",
        ),
        (replace(KNOWN, message="No connection."), "$12.34 available · ≈ 9 d · No connection."),
        (FAILED, "No connection."),
        (NOTHING, "Loading the balance…"),
    ],
)
def test_a_watched_line_has_no_age(report: AccountReport, line: str) -> None:
    assert watched_line(report) == line


def test_a_status_has_everything_and_ages() -> None:
    assert status_lines(replace(KNOWN, message="No connection."), NOW + timedelta(minutes=4)) == (
        "$12.34 available",
        "Lasts about 9 days, 6 to 14",
        "Cash: $10.34",
        "Credit limit: $2.00",
        "Pending charges: $0.00",
        "Owed: $0.00",
        "Read 4 min ago",
        "No connection.",
        "Next refresh in 1 min",
    )
    assert "Age not known" in status_lines(KNOWN, NOW - timedelta(hours=2))
    assert status_lines(FAILED, NOW) == ("No connection.",)


def test_details_name_the_time_by_the_users_clock() -> None:
    assert detail_lines(KNOWN, NOW + timedelta(minutes=4), ZONE)[-1] == "As of 01:30"
    assert detail_lines(FAILED, NOW, ZONE) == ("No connection.",)
