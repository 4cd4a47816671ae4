"""What an account's history remembers, asked for by the command line; no Qt."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tray_app.core.history_problem import HistoryDamaged, HistoryError
from tray_app.core.money import ZERO
from tray_app.core.outlook import TopUp
from tray_app.core.remembered import Remembered
from tray_app.core.runway import LOOK_BACK
from tray_app.core.spend import latest_unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tray_app.adapters.history_file import HistoryFile
    from tray_app.core.history_problem import HistoryProblem

_RECENT: Final = timedelta(days=1)


def recall(history: HistoryFile) -> Remembered | None:
    """Return the history's end, None where nothing was recorded yet. Raises HistoryError."""
    last = history.last()
    if last is None:
        return None
    at = last.reading.taken_at
    # Where the last reading begins anew, as with another key, no spending leads up to it.
    spends = [] if last.since is None else latest_unbroken(history.spends(at - LOOK_BACK))
    return Remembered(last.reading, spends, next(_top_ups(history, at), None), history.key_mark())


def begin_anew(history: HistoryFile, problem: HistoryProblem) -> None:
    """Let a new history begin where a broken one was kept aside, as the problem says."""
    if isinstance(problem, HistoryDamaged):
        with suppress(HistoryError):
            history.last()


def _top_ups(history: HistoryFile, at: datetime) -> Iterator[TopUp]:
    """Yield the day's top-ups, the latest first."""
    for entry in reversed(history.eventful(at - _RECENT)):
        if entry.change.topped_up > ZERO:
            yield TopUp(entry.change.topped_up, entry.reading.taken_at)
