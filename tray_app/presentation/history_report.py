"""What ``novita-tray history`` says for people: a line a day, and the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from tray_app.core.history import Change
from tray_app.core.history_by_day import DayOfHistory, UnseenDays
from tray_app.core.money import ZERO
from tray_app.presentation.day_wording import clock_text, day_text, moment_text
from tray_app.presentation.wording import amount_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, tzinfo

    from tray_app.core.history import TopUp
    from tray_app.core.history_by_day import HistoryStretch
    from tray_app.core.money import Usd

NO_HISTORY_TEXT: Final = (
    "There is no history yet. It begins with the tray's first reading: leave the tray running."
)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_GAP: Final = "  "
# A day with more than these is told in one sum, so that its line stays a line.
_MOST_PAYMENTS: Final = 3


class _Row(NamedTuple):
    day: str
    spent: str
    available: str
    came_in: str


_NAMES: Final = _Row("Day", "Spent", "Available", "Came in")


def history_lines(
    stretches: Sequence[HistoryStretch], today: date, zone: tzinfo
) -> tuple[str, ...]:
    """Return a table of the days, of which there is one at least, and their sum.

    Amounts are exact, with their points below each other. ``zone`` is the user's.
    """
    rows = [_row(stretch, today, zone) for stretch in stretches]
    rows.append(_sum_row(stretches))
    day_width = max(len(row.day) for row in rows)
    spent = _column(_NAMES.spent, [row.spent for row in rows])
    available = _column(_NAMES.available, [row.available for row in rows])
    days = [_NAMES.day, *(row.day for row in rows)]
    came_in = [_NAMES.came_in, *(row.came_in for row in rows)]
    lines = (
        _GAP.join((day.ljust(day_width), *rest))
        for day, *rest in zip(days, spent, available, came_in, strict=True)
    )
    return tuple(line.rstrip() for line in lines)


def nothing_since_text(since: datetime, now: datetime, zone: tzinfo) -> str:
    """Return what is said where the history has no reading from a moment (UTC) on."""
    return f"No reading since {moment_text(since, now, zone)}."


def imported_text(added: int, known: int) -> str:
    """Return what became of the readings of a file."""
    were_known = f"; {known} known already" if known else ""
    return f"{added} reading{'' if added == 1 else 's'} added{were_known}."


def wrong_line_text(line: int, what: str) -> str:
    """Return why nothing was imported; ``what`` is a phrase without a full stop."""
    return f"Nothing was imported: line {line}: {what}."


def unreadable_file_text(why: str) -> str:
    """Return why nothing was imported; ``why`` is the system's word."""
    return f"Nothing was imported: the file cannot be read: {why}."


def _row(stretch: HistoryStretch, today: date, zone: tzinfo) -> _Row:
    match stretch:
        case DayOfHistory(day, change, available, top_ups):
            pad = " " * (2 - len(str(day.day)))
            return _Row(
                f"{_WEEKDAYS[day.weekday()]} {pad}{day_text(day, today)}",
                amount_text(change.spent),
                amount_text(available),
                _came_in_text(change, _payments_text(top_ups, zone)),
            )
        case UnseenDays(count, spent):
            days = f"{count} day{'' if count == 1 else 's'}"
            return _Row(days, amount_text(spent), "", "no reading")
        case _:
            assert_never(stretch)


def _sum_row(stretches: Sequence[HistoryStretch]) -> _Row:
    total = Change()
    for stretch in stretches:
        match stretch:
            case DayOfHistory(_, change, _):
                total += change
            case UnseenDays(_, spent):
                total += Change(spent=spent)
            case _:
                assert_never(stretch)
    return _Row("In all", amount_text(total.spent), "", _came_in_text(total))


def _came_in_text(change: Change, payments: str = "") -> str:
    """Return everything but spending by its name; ``payments`` tells the top-ups one by one."""
    named = (
        ("top-up", payments or _signed(change.topped_up), change.topped_up),
        ("refund", _signed(change.refunded), change.refunded),
        ("credit limit", _signed(change.credit_limit), change.credit_limit),
        ("invoices settled", _signed(change.invoices_settled), change.invoices_settled),
    )
    return ", ".join(f"{word} {text}" for word, text, amount in named if amount != ZERO)


def _payments_text(top_ups: Sequence[TopUp], zone: tzinfo) -> str:
    """Return each payment with the time that first showed it; of too many their number."""
    if len(top_ups) > _MOST_PAYMENTS:
        total = sum((top_up.amount for top_up in top_ups), ZERO)
        return f"{_signed(total)} in {len(top_ups)}"
    return ", ".join(
        f"{_signed(top_up.amount)} at {clock_text(top_up.at.astimezone(zone))}"
        for top_up in top_ups
    )


def _signed(amount: Usd) -> str:
    text = amount_text(amount)
    return text if amount < ZERO else f"+{text}"


def _column(name: str, amounts: Sequence[str]) -> list[str]:
    """Return name and amounts at one width, with the points below each other."""
    parts = [amount.rpartition(".") for amount in amounts]
    before = max(len(whole) for whole, _, _ in parts)
    after = max(len(fraction) for _, _, fraction in parts)
    shown = [
        f"{whole:>{before}}{point or ' '}{fraction:<{after}}" for whole, point, fraction in parts
    ]
    width = max(len(name), before + 1 + after)
    return [text.rjust(width) for text in (name, *shown)]
