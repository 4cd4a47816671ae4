"""Whether amounts are shown, or hidden from whoever else looks at the screen.

The user interface sets it by the user's choice; the command line, which only its user asks, never.
"""

from __future__ import annotations

from typing import Final

HIDDEN_AMOUNT: Final = "$•••"
"""Stands for any amount, so that not even its length tells."""
_hidden: bool = False


def hide_amounts(*, hidden: bool) -> None:
    """Hide every amount of every sentence from now on, or show them again."""
    global _hidden  # noqa: PLW0603 — one process has one screen
    _hidden = hidden


def amounts_are_hidden() -> bool:
    """Return whether sentences hold amounts."""
    return _hidden
