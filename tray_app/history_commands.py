"""``novita-tray history`` and ``novita-tray runway``: what is remembered; no Qt, no request."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from tray_app.adapters.history_csv import fields_of, write_csv
from tray_app.adapters.history_csv_reader import HistoryCsvError, read_csv
from tray_app.core.history_by_day import history_by_day
from tray_app.core.history_problem import HistoryDamaged, HistoryError
from tray_app.core.spent_by_day import beginning_of
from tray_app.presentation.history_report import (
    NO_HISTORY_TEXT,
    history_lines,
    imported_text,
    nothing_since_text,
    unreadable_file_text,
    wrong_line_text,
)
from tray_app.presentation.history_wording import history_trouble
from tray_app.presentation.problem_code import HISTORY_MISSING, history_problem_code
from tray_app.presentation.runway_report import runway_lines, runway_object
from tray_app.presentation.wording import simulated_note
from tray_app.recall import begin_anew, recall
from tray_app.terminal import answer, answer_in_parts, complain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tray_app.adapters.history_file import HistoryFile
    from tray_app.adapters.history_import import Imported
    from tray_app.core.history import Entry
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.presentation.problem_code import ProblemCode
    from tray_app.wiring import Connection

_DONE: Final = 0
_USAGE: Final = 2
_STANDARD_INPUT: Final = "-"
# Half a million readings, which is five years of one every five minutes.
_MOST_INPUT_BYTES: Final = 64 * 1024 * 1024
_DAYS_SHOWN: Final = 30


def print_history(
    connection: Connection, since: datetime | None, *, as_csv: bool, as_json: bool
) -> int:
    """Print the history from ``since`` (UTC) on: its days, or every entry; return the exit code.

    Without ``since`` these are the last 30 days, and all entries.
    """

    def tell(history: HistoryFile) -> int:
        if history.last() is None:
            return _fail(HISTORY_MISSING, NO_HISTORY_TEXT, as_json=as_json)
        if as_csv:
            return _tell_in_parts(history, lambda stream: write_csv(stream, history.entries(since)))
        if as_json:
            return _tell_in_parts(
                history, lambda stream: _write_array(stream, history.entries(since))
            )
        return answer("\n".join(_days(history, since, connection)), _DONE)

    return _with_history(connection, tell, as_json=as_json)


def import_history(connection: Connection, path: str) -> int:
    """Merge a CSV file, or standard input where the path is ``-``; return the exit code."""
    try:
        content = _content_of(path)
    except OSError as error:
        complain(unreadable_file_text(error.strerror or type(error).__name__))
        return _USAGE
    if len(content) > _MOST_INPUT_BYTES:
        complain(unreadable_file_text(f"more than {_MOST_INPUT_BYTES >> 20} MB"))
        return _USAGE
    history = connection.make_history()
    try:
        # Read to its end before the file is locked, which a tray may write to.
        entries = list(read_csv(_text_of(content), datetime.now(UTC)))
        imported = _imported(history, entries)
    except HistoryCsvError as error:
        complain(wrong_line_text(error.line, error.what))
        return _USAGE
    except HistoryError as error:
        return _print_problem(error.problem, as_json=False)
    finally:
        history.close()
    return answer(imported_text(imported.added, imported.known), _DONE)


def print_runway(connection: Connection, *, as_json: bool) -> int:
    """Print how long the balance lasts, by the history alone; return the exit code."""

    def tell(history: HistoryFile) -> int:
        memory = recall(history)
        if memory is None:
            return _fail(HISTORY_MISSING, NO_HISTORY_TEXT, as_json=as_json)
        reading, runway = memory.reading, memory.outlook(connection.zone).runway
        if as_json:
            return answer(json.dumps(runway_object(runway, reading), indent=2), _DONE)
        lines = runway_lines(runway, reading, datetime.now(UTC), connection.zone)
        return answer("\n".join((*lines, *_notes(connection))), _DONE)

    return _with_history(connection, tell, as_json=as_json)


def _with_history(
    connection: Connection, tell: Callable[[HistoryFile], int], *, as_json: bool
) -> int:
    """Let ``tell`` answer from the history, or say what stands in the way."""
    if not connection.has_history():
        return _fail(HISTORY_MISSING, NO_HISTORY_TEXT, as_json=as_json)
    history = connection.make_history()
    try:
        return tell(history)
    except HistoryError as error:
        begin_anew(history, error.problem)
        return _print_problem(error.problem, as_json=as_json)
    finally:
        history.close()


def _tell_in_parts(history: HistoryFile, write: Callable[[TextIO], None]) -> int:
    try:
        return answer_in_parts(write, _DONE)
    except HistoryError as error:
        # Part of the answer may stand there already: an object behind it would be no JSON.
        begin_anew(history, error.problem)
        return _print_problem(error.problem, as_json=False)


def _write_array(stream: TextIO, entries: Iterable[Entry]) -> None:
    """Write a JSON array with an object a line."""
    before = "[\n"
    for entry in entries:
        stream.write(f"{before}{json.dumps(fields_of(entry))}")
        before = ",\n"
    stream.write("\n]\n" if before != "[\n" else "[]\n")


def _days(history: HistoryFile, since: datetime | None, connection: Connection) -> tuple[str, ...]:
    now, zone = datetime.now(UTC), connection.zone
    today = now.astimezone(zone).date()
    if since is None:
        since = beginning_of(today - timedelta(days=_DAYS_SHOWN - 1), zone)
    stretches = history_by_day(history.entries(since), since, zone)
    if not stretches:
        return (nothing_since_text(since, now, zone),)
    return (*history_lines(stretches, today, zone), *_notes(connection))


def _notes(connection: Connection) -> tuple[str, ...]:
    return (simulated_note(),) if connection.demo else ()


def _content_of(path: str) -> bytes:
    """Return what is in a file, or a byte more than is taken where it is longer. Raises OSError."""
    if path != _STANDARD_INPUT:
        with Path(path).open("rb") as file:
            return file.read(_MOST_INPUT_BYTES + 1)
    return b"" if sys.stdin is None else sys.stdin.buffer.read(_MOST_INPUT_BYTES + 1)


def _text_of(content: bytes) -> TextIO:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")


def _imported(history: HistoryFile, entries: list[Entry]) -> Imported:
    try:
        return history.import_readings(entries)
    except HistoryError as error:
        if not isinstance(error.problem, HistoryDamaged):
            raise
        # The broken file lies aside by now: this begins a new one.
        complain(history_trouble(error.problem))
        return history.import_readings(entries)


def _print_problem(problem: HistoryProblem, *, as_json: bool) -> int:
    return _fail(history_problem_code(problem), history_trouble(problem), as_json=as_json)


def _fail(code: ProblemCode, message: str, *, as_json: bool) -> int:
    if as_json:
        problem_object = {"problem": code.word, "message": message}
        return answer(json.dumps(problem_object, indent=2), code.exit_code)
    complain(message)
    return code.exit_code
