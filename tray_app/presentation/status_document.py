"""What a tray that runs tells other programs: one JSON object, schema 1."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from tray_app.core.account_name import account_name
from tray_app.core.iso_time import iso_time
from tray_app.core.level import Level
from tray_app.core.light_dataclass import dataclass
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import LONGEST, Empty, Lasting, Learning, NotSpending
from tray_app.core.status import age_of
from tray_app.presentation.account_report import AccountReport
from tray_app.presentation.problem_code import ProblemCode
from tray_app.presentation.runway_report import runway_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tray_app.core.runway import Runway

SCHEMA: Final = 1
_MOST_SECONDS: Final = LONGEST // timedelta(seconds=1)
_MOST_EXIT_CODE: Final = 255
_WORD: Final = re.compile(r"[a-z_]{1,40}", re.ASCII)
_AMOUNTS: Final = ("cash", "credit_limit", "pending_charges", "outstanding_invoices")


class UnreadableStatusError(ValueError):
    """The answer is none of this schema."""


@dataclass(frozen=True, slots=True)
class TrayStatus:
    """All that a tray tells."""

    shown: str
    """The account whose figure its icon shows; one of ``accounts``."""
    accounts: tuple[AccountReport, ...]
    api_url: str | None = None
    """The address that it asks, where that is not Novita's own."""

    def account(self, name: str) -> AccountReport | None:
        """Return the one of that name."""
        return next((each for each in self.accounts if each.account == name), None)

    @property
    def shown_account(self) -> AccountReport:
        """The one whose figure the icon shows."""
        return next(each for each in self.accounts if each.account == self.shown)


def status_document(status: TrayStatus, now: datetime) -> dict[str, Any]:
    """Return the answer at ``now`` (UTC).

    ``schema``, ``shown``, ``api_url`` and ``accounts``, each as :func:`account_object` tells it.
    Nothing in it is secret from the user's own programs: no key, and no trace of one.
    """
    return {
        "schema": SCHEMA,
        "shown": status.shown,
        "api_url": status.api_url,
        "accounts": [account_object(each, now) for each in status.accounts],
    }


def status_line(status: TrayStatus, now: datetime) -> bytes:
    """Return the same as a line with its end, in ASCII."""
    return json.dumps(status_document(status, now)).encode("ascii") + b"\n"


def account_object(report: AccountReport, now: datetime) -> dict[str, Any]:
    """Return an account at ``now`` (UTC): always the same keys, null where one says nothing.

    Amounts are exact dollars as text, times ISO 8601 in UTC, spans whole seconds from ``taken_at``
    on (null where they are more than a year), ages whole seconds.
    """
    reading = report.reading
    age = None if reading is None else age_of(reading, now)
    return {
        "account": report.account,
        "available": None if reading is None else reading.available.decimal_text(),
        **{name: _optional_amount(reading, name) for name in _AMOUNTS},
        "currency": "USD",
        "taken_at": None if reading is None else iso_time(reading.taken_at),
        "age_seconds": None if age is None else age // timedelta(seconds=1),
        "stale": report.stale,
        "level": None if report.level is None else report.level.value,
        **runway_fields(report.runway, now if reading is None else reading.taken_at),
        "problem": None if report.problem is None else report.problem.word,
        "exit_code": 0 if report.problem is None else report.problem.exit_code,
        "message": report.message,
        "next_refresh": None if report.next_refresh is None else iso_time(report.next_refresh),
    }


def read_status(line: bytes) -> TrayStatus:
    """Return what a tray told; keys of later versions are passed over.

    Raises UnreadableStatusError.
    """
    try:
        document = json.loads(line)
        if document["schema"] != SCHEMA:
            raise UnreadableStatusError("another schema")
        shown = account_name(document["shown"])
        accounts = tuple(_report_of(each) for each in document["accounts"])
        api_url = None if document["api_url"] is None else _text(document["api_url"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise UnreadableStatusError(type(error).__name__) from None
    if [each.account for each in accounts].count(shown) != 1:
        raise UnreadableStatusError("the account that is shown is not told of")
    return TrayStatus(shown, accounts, api_url)


def _report_of(told: Mapping[str, Any]) -> AccountReport:
    level, due = told["level"], told["next_refresh"]
    problem = None
    if told["problem"] is not None:
        problem = ProblemCode(_word(told["problem"]), _count(told["exit_code"], _MOST_EXIT_CODE))
    return AccountReport(
        account_name(told["account"]),
        reading=None if told["available"] is None else _reading_of(told),
        level=None if level is None else Level(level),
        runway=_runway_of(told),
        stale=told["stale"] is True,
        problem=problem,
        message=None if problem is None else _text(told["message"]),
        next_refresh=None if due is None else _time(due),
    )


def _reading_of(told: Mapping[str, Any]) -> BalanceReading:
    amounts = {
        name: None if told[name] is None else Usd.of_decimal_text(told[name]) for name in _AMOUNTS
    }
    available = Usd.of_decimal_text(told["available"])
    return BalanceReading(available, _time(told["taken_at"]), **amounts)


def _runway_of(told: Mapping[str, Any]) -> Runway | None:
    match told["runway"]:
        case None:
            return None
        case "empty":
            return Empty()
        case "learning":
            return Learning(_span(told["seen_seconds"]))
        case "not_spending":
            return NotSpending(_span(told["idle_seconds"]))
        case "lasting":
            middle, low, high = (
                _span_to_longest(told[f"{which}_seconds"]) for which in ("middle", "low", "high")
            )
            return Lasting(middle, low, high)
        case _:
            raise UnreadableStatusError("another runway")


def _optional_amount(reading: BalanceReading | None, name: str) -> str | None:
    amount: Usd | None = getattr(reading, name, None)
    return None if amount is None else amount.decimal_text()


def _span(seconds: object) -> timedelta:
    return timedelta(seconds=_count(seconds, _MOST_SECONDS))


def _span_to_longest(seconds: object) -> timedelta:
    return LONGEST if seconds is None else _span(seconds)


def _count(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise UnreadableStatusError("no count")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise UnreadableStatusError("no text")
    return value


def _word(value: object) -> str:
    text = _text(value)
    if not _WORD.fullmatch(text):
        raise UnreadableStatusError("no word")
    return text


def _time(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.utcoffset() != timedelta(0):
        raise UnreadableStatusError("no time of UTC")
    return moment.astimezone(UTC)
