"""The tables of the history's file, and the steps from each version to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID: Final = 0x4E76_5442
"""Marks a SQLite file as this program's history (docs: PRAGMA application_id)."""

Step: TypeAlias = Callable[["sqlite3.Connection"], None]
"""Leads from one version to the next, inside a transaction that it neither begins nor ends."""

AMOUNTS: Final = (
    "available",
    "cash",
    "credit_limit",
    "pending_charges",
    "outstanding_invoices",
    "spent",
    "topped_up",
    "refunded",
    "credit_limit_change",
    "invoices_settled",
)
_OPTIONAL: Final = frozenset(AMOUNTS[1:5])
_NEVER_NEGATIVE: Final = frozenset({"spent", "topped_up", "refunded", "invoices_settled"})
LANDMARK: Final = (
    "(since IS NULL OR topped_up != 0 OR refunded != 0"
    " OR credit_limit_change != 0 OR invoices_settled != 0)"
)
"""The rows with more than spending: beginnings and what is eventful."""
LANDMARKS: Final = "entry INDEXED BY landmark"
"""Where these are looked for: left to itself, SQLite reads all rows instead of the few."""


def first_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of version 1.

    Times are milliseconds since 1970, UTC. Amounts are whole 1/10000 USD, or the decimal text of
    that unit where a fraction is left; columns without a type keep either as it is.
    """
    connection.execute(
        """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            key_mark TEXT,
            folded_until INTEGER NOT NULL DEFAULT 0
        )
        """
    )
    amounts = ",\n".join(_amount_column(name) for name in AMOUNTS)
    connection.execute(
        f"""
        CREATE TABLE entry (
            account INTEGER NOT NULL REFERENCES account,
            taken_at INTEGER NOT NULL CHECK (typeof(taken_at) = 'integer'),
            since INTEGER CHECK (since IS NULL OR typeof(since) = 'integer' AND since < taken_at),
            {amounts},
            PRIMARY KEY (account, taken_at)
        ) WITHOUT ROWID
        """
    )
    connection.execute(f"CREATE INDEX landmark ON entry (account, taken_at) WHERE {LANDMARK}")


def _amount_column(name: str) -> str:
    types = "'integer', 'text', 'null'" if name in _OPTIONAL else "'integer', 'text'"
    check = f"typeof({name}) IN ({types})"
    if name in _NEVER_NEGATIVE:
        # A text is greater than any number.
        check += f" AND {name} >= 0 AND {name} NOT LIKE '-%'"
    return f"{name} CHECK ({check})"


STEPS: Final[tuple[Step, ...]] = (first_tables,)
"""The step at index n leads from version n to n + 1; version 0 is an empty file."""
