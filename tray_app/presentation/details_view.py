"""What the details window says in words beside its chart, as one comparable value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One of the amounts of a reading, with what it is."""

    word: str
    amount: str
    meaning: str
    """One short line for whoever does not know the vendor's terms."""


@dataclass(frozen=True, slots=True)
class SpentRow:
    """What was spent in a stretch of days."""

    word: str
    amount: str


@dataclass(frozen=True, slots=True)
class DetailsView:
    """Everything that the window says beyond the TrayView; equal views look the same."""

    amounts: tuple[AmountRow, ...] = ()
    """Every amount that the reply had; empty before the first reading."""
    runway: str = ""
    """How long the balance lasts; empty while nothing is known of it."""
    runs_out: str = ""
    """The same as a date, with its range; empty without a forecast."""
    spent: tuple[SpentRow, ...] = ()
    """From today to this month; empty without a history."""
    top_up: str = ""
    """The last top-up, where it is less than a day ago."""
    trouble: str = ""
    """What is wrong with the history, and the next step; empty when nothing is."""
