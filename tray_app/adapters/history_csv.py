"""The history as CSV: exact decimals in dollars, ISO times in UTC; written, and read back."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from tray_app.adapters.history_row import stored
from tray_app.core.iso_time import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from tray_app.core.history import Entry

TAKEN_AT: Final = "taken_at"
AVAILABLE: Final = "available"
OPTIONAL_AMOUNTS: Final = ("cash", "credit_limit", "pending_charges", "outstanding_invoices")
SINCE: Final = "since"
CHANGES: Final = ("spent", "topped_up", "refunded", "credit_limit_change", "invoices_settled")
COLUMNS: Final = (TAKEN_AT, AVAILABLE, *OPTIONAL_AMOUNTS, SINCE, *CHANGES)


def write_csv(stream: TextIO, entries: Iterable[Entry]) -> None:
    """Write a line of names and one for each entry; nothing in it begins a formula.

    Amounts have at least four decimals, and are empty where the reply had none; ``since`` is empty
    where a history begins. The stream translates no line ends, or every one, as its owner likes.
    """
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(COLUMNS)
    # None is written as an empty field.
    lines.writerows(fields_of(entry).values() for entry in entries)


def fields_of(entry: Entry) -> dict[str, str | None]:
    """Return the values of ``COLUMNS`` by their names; None where there is none."""
    reading, change = stored(entry.reading), entry.change
    amounts = (
        reading.cash,
        reading.credit_limit,
        reading.pending_charges,
        reading.outstanding_invoices,
    )
    changes = (
        change.spent,
        change.topped_up,
        change.refunded,
        change.credit_limit,
        change.invoices_settled,
    )
    values = (
        iso_time(reading.taken_at),
        reading.available.decimal_text(),
        *(None if amount is None else amount.decimal_text() for amount in amounts),
        None if entry.since is None else iso_time(entry.since),
        *(amount.decimal_text() for amount in changes),
    )
    return dict(zip(COLUMNS, values, strict=True))
