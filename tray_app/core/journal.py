"""What an event is worth in the log: never an amount, never a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.core.account_state import decisive_time
from tray_app.core.level import Level

if TYPE_CHECKING:
    from tray_app.core.account_state import AccountState


def journal_lines(before: AccountState, after: AccountState) -> tuple[str, ...]:
    """Return one line for each thing that came of an event."""
    lines = []
    if after.reading is not None and after.reading is not before.reading:
        lines.append(f"reading {after.generation}: taken")
    if _failed(before, after):
        lines.append(f"reading {after.generation}: {after.problem!r}")
    if after.level is not before.level:
        lines.append(f"level: {_name(before)} to {_name(after)}{_cause(after)}")
    if after.generation > before.generation and not after.in_flight:
        lines.append("the key changed")
    if after.resumed_at is not None and after.resumed_at != before.resumed_at:
        lines.append("resumed after a sleep")
    return tuple(lines)


def _failed(before: AccountState, after: AccountState) -> bool:
    # An attempt that was abandoned leaves no time of its end.
    ended = before.in_flight and not after.in_flight and after.last_attempt_at is not None
    return ended and after.problem is not None


def _name(state: AccountState) -> str:
    return "none" if state.level is None else state.level.name.lower()


def _cause(state: AccountState) -> str:
    if state.level in {None, Level.HEALTHY}:
        return ""
    return ", by the amount" if decisive_time(state) is None else ", by the time left"
