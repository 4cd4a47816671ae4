"""When the refresh policy tries again after an outcome, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.core.samples import NOW, state_after
from tray_app.core.money import Usd
from tray_app.core.refresh_policy import next_due
from tray_app.core.settings import Settings

if TYPE_CHECKING:
    from tests.faults.case import Outcome

Span = tuple[timedelta, timedelta]
"""The shortest and the longest wait."""

_MANY_FAILURES: Final = 100
_LOWEST_JITTER: Final = 0.0
# The nearest to the whole that the jitter comes, as far as whole seconds can tell.
_HIGHEST_JITTER: Final = 1 - 1e-9


def next_try_text(outcome: Outcome) -> str:
    """Return when the next request leaves after an outcome, and how that grows if it stays so."""
    first, last = _span_after(outcome, 1), _span_after(outcome, _MANY_FAILURES)
    if first is None or last is None:
        return "none by itself, until the key changes or the user asks"
    if first == last:
        return f"every {_span_text(first)}"
    return f"in {_span_text(first)}, then longer, up to {_length_text(last[1])}"


def _span_after(outcome: Outcome, failures: int) -> Span | None:
    waits = [_wait_after(outcome, failures, jitter) for jitter in (_LOWEST_JITTER, _HIGHEST_JITTER)]
    shortest, longest = waits
    return None if shortest is None or longest is None else (shortest, longest)


def _wait_after(outcome: Outcome, failures: int, jitter: float) -> timedelta | None:
    problem = None if isinstance(outcome, Usd) else outcome
    state = state_after(problem, failures=0 if problem is None else failures, jitter=jitter)
    due = next_due(state, Settings().refresh_interval)
    return None if due is None else timedelta(seconds=round((due - NOW).total_seconds()))


def _span_text(span: Span) -> str:
    shortest, longest = span
    if shortest == longest:
        return _length_text(shortest)
    return f"{_length_text(shortest)} to {_length_text(longest)}"


def _length_text(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    parts = [f"{minutes} min"] if minutes else []
    return " ".join([*parts, f"{seconds} s"] if seconds or not parts else parts)
