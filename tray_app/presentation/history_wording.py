"""What is said of the history: its troubles, its export and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryClockBehind,
    HistoryDamaged,
    HistoryDiskFull,
    HistoryFailed,
    HistoryForeign,
    HistoryReadOnly,
    HistoryTooNew,
)
from tray_app.presentation.problem_wording import ProblemText

if TYPE_CHECKING:
    from datetime import date

    from tray_app.core.history_problem import HistoryProblem
    from tray_app.presentation.chart_data import ChartData

DELETE_TITLE: Final = "Delete history"
DELETE_QUESTION: Final = "Delete this account's history for good?"
DELETE_NOTE: Final = (
    "Gone is what this computer remembers of the account: every reading, top-up and day of "
    "spending. The chart begins anew, and the forecast learns anew for a day. Your key, your "
    "balance and the history of other accounts stay. An export made before keeps a copy."
)
EXPORT_TITLE: Final = "Export history"
EXPORT_FILTERS: Final = ("Comma-separated values (*.csv)", "All files (*)")


def export_name(day: date) -> str:
    """Return the name that is suggested for a file written on that day of the user's."""
    return f"novita-balance-{day.isoformat()}.csv"


def chart_message(data: ChartData | None, *, failing: bool) -> str:
    """Return what stands in place of the chart, or in it; empty where the chart says it all."""
    if data is None or not data.points:
        if failing:
            return "There is no history to show."
        return "Loading the history…" if data is None else "No reading yet."
    if data.points[-1].at < data.until - data.range.span:
        return f"Nothing was read in the last {data.range.label}."
    if len(data.points) == 1:
        return "The chart grows with each reading."
    return ""


def history_problem_text(problem: HistoryProblem) -> ProblemText:
    """Return what is wrong with the history, and the next step."""
    match problem:
        case HistoryDamaged():
            title = "The history's file was damaged"
        case HistoryClockBehind():
            title = f"The history waits: {history_reason(problem)}"
        case HistoryFailed():
            title = f"The history is not kept ({problem.detail})"
        case _:
            title = f"The history is not kept: {history_reason(problem)}"
    return ProblemText(title, _next_step(problem))


def history_reason(problem: HistoryProblem) -> str:
    """Return what stands in the way, as the end of a sentence without its full stop."""
    match problem:
        case HistoryDiskFull():
            return "the disk is full"
        case HistoryBusy():
            return "another program holds its file"
        case HistoryReadOnly():
            return "its file cannot be written"
        case HistoryDamaged():
            return "its file was damaged"
        case HistoryForeign():
            return "its file belongs to another program"
        case HistoryTooNew():
            return "a later version of this program wrote its file"
        case HistoryClockBehind():
            return "this computer's clock is behind the last entry"
        case HistoryFailed(detail):
            return f"its file cannot be used ({detail})"
        case _:
            assert_never(problem)


def _next_step(problem: HistoryProblem) -> str:
    match problem:
        case HistoryDiskFull():
            return "Make room; it goes on by itself"
        case HistoryBusy():
            return "Close that program; it goes on by itself"
        case HistoryReadOnly():
            return "Give yourself the right to write in the data folder"
        case HistoryDamaged(kept_as):
            return f"It lies aside as {kept_as}; a new one began"
        case HistoryForeign():
            return "Move it out of the data folder, then start anew"
        case HistoryTooNew():
            return "Install that version again"
        case HistoryClockBehind():
            return "Check date and time"
        case HistoryFailed():
            return "The log may tell more; start anew"
        case _:
            assert_never(problem)


def export_news(path: str, trouble: str) -> str:
    """Return what became of an export; ``trouble`` is empty where it went well."""
    if not trouble:
        return f"The history was exported to {path}."
    return f"The history could not be exported to {path}: {trouble}."


def deletion_news(problem: HistoryProblem | None, *, is_gone: bool) -> str:
    """Return what became of a deletion; ``is_gone`` says whether at least no reading is left."""
    if problem is None:
        return "The history is deleted. It begins anew with the next reading."
    if not is_gone:
        step = _next_step(problem)
        if not isinstance(problem, HistoryForeign | HistoryTooNew | HistoryReadOnly):
            step = "Delete once more later"
        return f"The history could not be deleted: {history_reason(problem)}. {step}."
    reason = (
        "other programs read it" if isinstance(problem, HistoryBusy) else history_reason(problem)
    )
    return (
        f"The history is deleted, but traces of it are left in its file or beside it: {reason}. "
        "Delete once more when that is over."
    )


def history_trouble(problem: HistoryProblem) -> str:
    """Return the same as two sentences."""
    text = history_problem_text(problem)
    return f"{text.title}. {text.next_step}."
