"""An entry of the history as a row of its table, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tray_app.adapters.history_schema import AMOUNTS
from tray_app.core.history import Change, Entry
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Sequence

AmountValue: TypeAlias = int | str
"""Whole 1/10000 USD, or the decimal text of that unit."""
Row: TypeAlias = tuple[int | str | None, ...]

COLUMNS: Final = ", ".join(("taken_at", "since", *AMOUNTS))
PLACEHOLDERS: Final = ", ".join("?" for _ in ("account", "taken_at", "since", *AMOUNTS))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
# SQLite's integers have 64 bits: 18 digits always fit.
_INTEGER_DIGITS: Final = 18
_AMOUNT_TEXT: Final = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{1,12}))?")


class BrokenHistoryError(Exception):
    """The file holds what this program never wrote."""


def milliseconds_of(moment: datetime) -> int:
    """Return the milliseconds since 1970, rounded down."""
    return (moment - _EPOCH) // _MILLISECOND


def moment_of(milliseconds: Any) -> datetime:  # noqa: ANN401 — whatever the file holds
    """Return the moment, aware, UTC."""
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except (TypeError, OverflowError) as error:
        raise BrokenHistoryError("not a moment") from error


def amount_value(amount: Usd) -> AmountValue:
    """Return how an amount is stored."""
    text = amount.units_text()
    return int(text) if len(text) <= _INTEGER_DIGITS and "." not in text else text


def amount_of(value: Any) -> Usd:  # noqa: ANN401 — whatever the file holds
    """Return the amount that is stored as ``value``."""
    if isinstance(value, int):
        return Usd.of_units(value)
    if not isinstance(value, str):
        raise BrokenHistoryError("not an amount")
    match = _AMOUNT_TEXT.fullmatch(value)
    if match is None:
        raise BrokenHistoryError("not an amount")
    # A difference may have more digits than an amount of the vendor's may.
    sign, whole, fraction = match.groups()
    amount = Usd.of_units(int(whole)) + Usd.of_units_text(f"0.{fraction or 0}")
    return -amount if sign else amount


def stored(reading: BalanceReading) -> BalanceReading:
    """Return the reading as it comes back from the file: to the millisecond."""
    return replace(reading, taken_at=moment_of(milliseconds_of(reading.taken_at)))


def row_of(entry: Entry) -> Row:
    """Return the values of ``COLUMNS``."""
    reading, change = entry.reading, entry.change
    return (
        milliseconds_of(reading.taken_at),
        None if entry.since is None else milliseconds_of(entry.since),
        amount_value(reading.available),
        _optional_value(reading.cash),
        _optional_value(reading.credit_limit),
        _optional_value(reading.pending_charges),
        _optional_value(reading.outstanding_invoices),
        amount_value(change.spent),
        amount_value(change.topped_up),
        amount_value(change.refunded),
        amount_value(change.credit_limit),
        amount_value(change.invoices_settled),
    )


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the entry that is stored as the values of ``COLUMNS``."""
    (taken_at, since, available, cash, limit, pending, owed, spent, paid, back, raised, settled) = (
        row
    )
    return Entry(
        BalanceReading(
            amount_of(available),
            moment_of(taken_at),
            cash=_optional_amount(cash),
            credit_limit=_optional_amount(limit),
            pending_charges=_optional_amount(pending),
            outstanding_invoices=_optional_amount(owed),
        ),
        since=None if since is None else moment_of(since),
        change=Change(
            spent=amount_of(spent),
            topped_up=amount_of(paid),
            refunded=amount_of(back),
            credit_limit=amount_of(raised),
            invoices_settled=amount_of(settled),
        ),
    )


def _optional_value(amount: Usd | None) -> AmountValue | None:
    return None if amount is None else amount_value(amount)


def _optional_amount(value: Any) -> Usd | None:  # noqa: ANN401 — whatever the file holds
    return None if value is None else amount_of(value)
