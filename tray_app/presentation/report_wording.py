"""An account's report as lines for people at a terminal or above a bar."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.status import age_of
from tray_app.presentation.day_wording import moment_text
from tray_app.presentation.headline import SEPARATOR
from tray_app.presentation.runway_wording import runway_row, short_runway
from tray_app.presentation.wording import (
    age_text,
    amount_text,
    detail_rows,
    level_text,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.presentation.account_report import AccountReport

_MINUTE: Final = timedelta(minutes=1)


def watched_line(report: AccountReport) -> str:
    """Return one line that changes only with what is known: ``$12.34 available · low · ≈ 9 d``."""
    if report.reading is None:
        return _without_figure(report)
    amount = amount_text(report.reading.available)
    problem = report.message or ""
    if report.stale:
        return SEPARATOR.join(filter(None, (f"{amount} was available", problem)))
    level = "" if report.level is None else level_text(report.level)
    runway = "" if report.runway is None else short_runway(report.runway)
    return SEPARATOR.join(filter(None, (f"{amount} available", level, runway, problem)))


def detail_lines(report: AccountReport, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Return all that is known, with the time of the figure by the user's clock."""
    if report.reading is None:
        return (_without_figure(report),)
    as_of = f"As of {moment_text(report.reading.taken_at, now, zone)}"
    return _figure_lines(report, as_of)


def status_lines(report: AccountReport, now: datetime) -> tuple[str, ...]:
    """Return all that is known, with the figure's age and when the next one is due."""
    due = report.next_refresh
    refresh = () if due is None else (f"Next refresh {_wait_text(due - now)}",)
    if report.reading is None:
        return (_without_figure(report), *refresh)
    age = age_of(report.reading, now)
    aged = "Age not known" if age is None else f"Read {age_text(age)}"
    return (*_figure_lines(report, aged), *refresh)


def _wait_text(wait: timedelta) -> str:
    return "now" if wait <= timedelta(0) else f"in {-(-wait // _MINUTE)} min"


def _figure_lines(report: AccountReport, when: str) -> tuple[str, ...]:
    reading = report.reading
    amounts = () if reading is None else detail_rows(reading)
    runway = "" if report.runway is None else runway_row(report.runway)
    headline = watched_line(replace(report, message=None, runway=None))
    rows = (f"{word}: {amount}" for word, amount in amounts)
    return tuple(filter(None, (headline, runway, *rows, when, report.message)))


def _without_figure(report: AccountReport) -> str:
    return report.message or "Loading the balance…"
