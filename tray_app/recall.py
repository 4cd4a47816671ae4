"""What an account's history remembers, asked for by the tray and the command line; no Qt."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from tray_app.core.history import top_up_of
from tray_app.core.history_problem import HistoryDamaged, HistoryError
from tray_app.core.remembered import Remembered
from tray_app.core.runway import LOOK_BACK
from tray_app.core.spend_series import SpendSeries

if TYPE_CHECKING:
    from datetime import datetime

    from tray_app.adapters.history_file import HistoryFile
    from tray_app.core.history import Entry
    from tray_app.core.history_problem import HistoryProblem

_RECENT: Final = timedelta(days=1)


class Recallable(Protocol):
    """What is asked of a history to know its end; every question may raise HistoryError."""

    def last(self) -> Entry | None:
        """Return the newest entry."""
        ...

    def spends(self, since: datetime) -> SpendSeries:
        """Return what was spent in each time that ends after ``since``, oldest first."""
        ...

    def eventful(self, since: datetime) -> tuple[Entry, ...]:
        """Return the entries that tell of more than spending, oldest first."""
        ...

    def key_mark(self) -> str | None:
        """Return which key the newest entry was made with."""
        ...


def recall(history: Recallable) -> Remembered | None:
    """Return the history's end, None where nothing was recorded yet. Raises HistoryError."""
    last = history.last()
    if last is None:
        return None
    at = last.reading.taken_at
    # Where the last reading begins anew, as with another key, nothing leads up to it.
    spends = SpendSeries.empty()
    if last.since is not None:
        spends = history.spends(at - LOOK_BACK).unbroken_end()
    begins = spends[0].begins if spends else at
    top_ups = filter(None, map(top_up_of, reversed(history.eventful(at - _RECENT))))
    own = next((top_up for top_up in top_ups if top_up.at > begins), None)
    return Remembered(last.reading, spends, own, history.key_mark())


def begin_anew(history: HistoryFile, problem: HistoryProblem) -> None:
    """Let a new history begin where a broken one was kept aside, as the problem says."""
    if isinstance(problem, HistoryDamaged):
        with suppress(HistoryError):
            history.last()
