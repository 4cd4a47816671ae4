"""What is said of the history: its troubles, its export and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from datetime import date

    from tray_app.core.history_problem import HistoryProblem
    from tray_app.presentation.chart_data import ChartData


def delete_title() -> str:
    """Return the title of the question before a deletion."""
    return tr("Delete history")


def delete_question() -> str:
    """Return the question itself."""
    return tr("Delete this account's history for good?")


def delete_note() -> str:
    """Return what goes and what stays."""
    return tr(
        "Gone is what this computer remembers of the account: every reading, top-up and day of "
        "spending. The chart begins anew, and the forecast learns anew for a day. Your key, your "
        "balance and the history of other accounts stay. An export made before keeps a copy."
    )


def export_title() -> str:
    """Return the title of the dialog that asks for a file."""
    return tr("Export history")


def export_filters() -> tuple[str, ...]:
    """Return the kinds of files that it offers, in Qt's form."""
    return (tr("Comma-separated values (*.csv)"), tr("All files (*)"))


def export_name(day: date) -> str:
    """Return the name that is suggested for a file written on that day of the user's."""
    return f"novita-balance-{day.isoformat()}.csv"


def chart_message(data: ChartData | None, *, failing: bool) -> str:
    """Return what stands in place of the chart, or in it; empty where the chart says it all."""
    if data is None or not data.points:
        if failing:
            return tr("There is no history to show.")
        return tr("Loading the history…") if data is None else tr("No reading yet.")
    if data.points[-1].at < data.until - data.range.span:
        return tr("Nothing was read in the last {span}.", span=data.range.label)
    if len(data.points) == 1:
        return tr("The chart grows with each reading.")
    return ""


def history_problem_text(problem: HistoryProblem) -> ProblemText:
    """Return what is wrong with the history, and the next step."""
    match problem:
        case HistoryDamaged():
            title = tr("The history's file was damaged")
        case HistoryClockBehind():
            title = tr("The history waits: {reason}", reason=history_reason(problem))
        case HistoryFailed():
            title = tr("The history is not kept ({detail})", detail=problem.detail)
        case _:
            title = tr("The history is not kept: {reason}", reason=history_reason(problem))
    return ProblemText(title, _next_step(problem))


def history_reason(problem: HistoryProblem) -> str:
    """Return what stands in the way, as the end of a sentence without its full stop."""
    match problem:
        case HistoryDiskFull():
            return tr("the disk is full")
        case HistoryBusy():
            return tr("another program holds its file")
        case HistoryReadOnly():
            return tr("its file cannot be written")
        case HistoryDamaged():
            return tr("its file was damaged")
        case HistoryForeign():
            return tr("its file belongs to another program")
        case HistoryTooNew():
            return tr("a later version of this program wrote its file")
        case HistoryClockBehind():
            return tr("this computer's clock is behind the last entry")
        case HistoryFailed(detail):
            return tr("its file cannot be used ({detail})", detail=detail)
        case _:
            assert_never(problem)


def _next_step(problem: HistoryProblem) -> str:
    match problem:
        case HistoryDiskFull():
            return tr("Make room; it goes on by itself")
        case HistoryBusy():
            return tr("Close that program; it goes on by itself")
        case HistoryReadOnly():
            return tr("Give yourself the right to write in the data folder")
        case HistoryDamaged(kept_as):
            return tr("It lies aside as {name}; a new one began", name=kept_as)
        case HistoryForeign():
            return tr("Move it out of the data folder, then start anew")
        case HistoryTooNew():
            return tr("Install that version again")
        case HistoryClockBehind():
            return tr("Check date and time")
        case HistoryFailed():
            return tr("The log may tell more; start anew")
        case _:
            assert_never(problem)


def export_news(path: str, trouble: str) -> str:
    """Return what became of an export; ``trouble`` is empty where it went well."""
    if not trouble:
        return tr("The history was exported to {path}.", path=path)
    reason = _system_text(trouble)
    return tr("The history could not be exported to {path}: {reason}.", path=path, reason=reason)


def deletion_news(problem: HistoryProblem | None, *, is_gone: bool) -> str:
    """Return what became of a deletion; ``is_gone`` says whether at least no reading is left."""
    if problem is None:
        return tr("The history is deleted. It begins anew with the next reading.")
    if not is_gone:
        step = _next_step(problem)
        if not isinstance(problem, HistoryForeign | HistoryTooNew | HistoryReadOnly):
            step = tr("Delete once more later")
        reason = history_reason(problem)
        return tr("The history could not be deleted: {reason}. {step}.", reason=reason, step=step)
    is_read = isinstance(problem, HistoryBusy)
    return tr(
        "The history is deleted, but traces of it are left in its file or beside it: {reason}. "
        "Delete once more when that is over.",
        reason=tr("other programs read it") if is_read else history_reason(problem),
    )


def history_trouble(problem: HistoryProblem) -> str:
    """Return the same as two sentences."""
    text = history_problem_text(problem)
    return tr("{problem}. {next_step}.", problem=text.title, next_step=text.next_step)


def _system_text(why: str) -> str:
    """Return what the system says of a file, which speaks English (strerror without a locale)."""
    return {
        "File name too long": tr("File name too long"),
        "Input/output error": tr("Input/output error"),
        "Is a directory": tr("Is a directory"),
        "No space left on device": tr("No space left on device"),
        "No such file or directory": tr("No such file or directory"),
        "Not a directory": tr("Not a directory"),
        "Operation not permitted": tr("Operation not permitted"),
        "Permission denied": tr("Permission denied"),
        "Read-only file system": tr("Read-only file system"),
    }.get(why, why)
