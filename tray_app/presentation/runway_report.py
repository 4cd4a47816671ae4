"""What ``novita-tray runway`` says, to people and to scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.iso_time import iso_time
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending
from tray_app.presentation.chart_data import RunsOut
from tray_app.presentation.day_wording import moment_text
from tray_app.presentation.runs_out_wording import runs_out_text
from tray_app.presentation.runway_wording import runway_row, runway_text
from tray_app.presentation.wording import age_text, amount_text

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tray_app.core.reading import BalanceReading
    from tray_app.core.runway import Runway

_SECOND: Final = timedelta(seconds=1)
_NOTHING_KNOWN: Final[dict[str, str | int | None]] = dict.fromkeys(
    (
        "runway",
        "middle_seconds",
        "low_seconds",
        "high_seconds",
        "runs_out",
        "runs_out_low",
        "runs_out_high",
        "seen_seconds",
        "idle_seconds",
    )
)


def runway_lines(
    runway: Runway, reading: BalanceReading, now: datetime, zone: tzinfo
) -> tuple[str, ...]:
    """Return how long, until when, and from which reading on that is counted."""
    as_of = (
        f"As of {moment_text(reading.taken_at, now, zone)} "
        f"({age_text(now - reading.taken_at)}), with {amount_text(reading.available)} available"
    )
    if isinstance(runway, Empty):
        return (_capitalized(runway_text(runway)), as_of)
    if not isinstance(runway, Lasting):
        return (runway_row(runway), as_of)
    until = runs_out_text(RunsOut.of(runway, reading.taken_at), now, zone)
    return (runway_row(runway), _capitalized(until), as_of)


def runway_object(runway: Runway, reading: BalanceReading) -> dict[str, str | int | None]:
    """Return the same for scripts: always the same keys, null where one says nothing.

    Times are whole seconds from ``as_of`` on; they and the dates are null where it is more than a
    year.
    """
    return {
        **runway_fields(runway, reading.taken_at),
        "available": reading.available.decimal_text(),
        "as_of": iso_time(reading.taken_at),
        "text": runway_text(runway),
    }


def runway_fields(runway: Runway | None, since: datetime) -> dict[str, str | int | None]:
    """Return how long, counted from ``since`` (UTC) on; all null where that is not known."""
    return _NOTHING_KNOWN | ({} if runway is None else _particulars(runway, since))


def _particulars(runway: Runway, since: datetime) -> dict[str, str | int | None]:
    match runway:
        case Empty():
            return {"runway": "empty"}
        case Learning(seen):
            return {"runway": "learning", "seen_seconds": seen // _SECOND}
        case NotSpending(idle):
            return {"runway": "not_spending", "idle_seconds": idle // _SECOND}
        case Lasting(middle, low, high):
            runs_out = RunsOut.of(runway, since)
            return {
                "runway": "lasting",
                "middle_seconds": _seconds(middle),
                "low_seconds": _seconds(low),
                "high_seconds": _seconds(high),
                "runs_out": _optional_time(runs_out.middle),
                "runs_out_low": _optional_time(runs_out.low),
                "runs_out_high": _optional_time(runs_out.high),
            }
        case _:
            assert_never(runway)


def _seconds(span: timedelta) -> int | None:
    return None if span >= LONGEST else span // _SECOND


def _optional_time(moment: datetime | None) -> str | None:
    return None if moment is None else iso_time(moment)


def _capitalized(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
