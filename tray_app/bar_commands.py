"""``novita-tray status``, and ``balance`` in the forms that bars and scripts take; no Qt."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tray_app.asking_tray import NoTrayError, SilentTrayError, tray_status
from tray_app.cli import read_state
from tray_app.core.problem import ProblemError
from tray_app.presentation.account_report import report_of
from tray_app.presentation.problem_code import NO_ANSWER, NO_FIGURE, problem_code
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.report_format import ReportFormat
from tray_app.presentation.report_wording import status_lines
from tray_app.presentation.status_document import status_document
from tray_app.presentation.waybar import waybar_line, waybar_problem_line
from tray_app.presentation.wording import no_answer_text, no_tray_account_text, no_tray_runs_text
from tray_app.terminal import answer, complain

if TYPE_CHECKING:
    from tray_app.presentation.status_document import TrayStatus
    from tray_app.wiring import Connection

Form: TypeAlias = Literal["text", "json", "waybar"] | ReportFormat
"""How an answer is written; the words are those of ``options.form``."""

_DONE: Final = 0


def print_balance_as(connection: Connection, form: Literal["waybar"] | ReportFormat) -> int:
    """Ask for one reading and print it as a line; return the exit code.

    A bar hides what fails, so waybar's line tells of the problem itself, with 0.
    """
    try:
        state, _ = read_state(connection)
    except ProblemError as error:
        code = problem_code(error.problem)
        message = problem_sentence(
            error.problem,
            Surface.TERMINAL,
            key_from_environment=connection.source.key_from_environment,
        )
        if form == "waybar":
            return answer(waybar_problem_line(message, "problem"), _DONE)
        complain(message)
        return code.exit_code
    now = datetime.now(UTC)
    report = report_of(connection.account, state, now, connection.settings)
    if isinstance(form, ReportFormat):
        return answer(form.line(report, now, connection.zone), _DONE)
    return answer(waybar_line(report, now, connection.zone), _DONE)


def print_status(connection: Connection, form: Form, account: str | None = None) -> int:
    """Print what the tray that runs knows; return the exit code. Nothing is asked of Novita.

    ``account`` None is the one that the tray shows.

    It is 0 where there is a figure, else what ``balance`` would end with, or NO_FIGURE.
    """
    try:
        status = tray_status(demo=connection.demo)
    except NoTrayError:
        return _print_no_status(form, no_tray_runs_text(), "no_tray", NO_FIGURE)
    except SilentTrayError as error:
        return _print_no_status(form, no_answer_text(error.holder), "no_answer", NO_ANSWER)
    if account is not None:
        known = status.account(account)
        if known is None:
            return _print_no_status(form, no_tray_account_text(), "no_account", NO_FIGURE)
        status = replace(status, shown=known.account)
    return _print_known(status, connection, form)


def _print_known(status: TrayStatus, connection: Connection, form: Form) -> int:
    now, report = datetime.now(UTC), status.shown_account
    if report.reading is not None:
        code = _DONE
    else:
        code = NO_FIGURE if report.problem is None else report.problem.exit_code
    if form == "json":
        return answer(json.dumps(status_document(status, now), indent=2), code)
    if form == "waybar":
        return answer(waybar_line(report, now, connection.zone), _DONE)
    if isinstance(form, ReportFormat) and report.reading is not None:
        return answer(form.line(report, now, connection.zone), code)
    lines = "\n".join(status_lines(report, now))
    if code == _DONE:
        return answer(lines, code)
    complain(lines)
    return code


def _print_no_status(form: Form, message: str, word: str, code: int) -> int:
    if form == "json":
        return answer(json.dumps({"problem": word, "message": message}, indent=2), code)
    if form == "waybar":
        # Without a tray there is nothing to show, rather than something wrong.
        text = "" if code == NO_FIGURE else "!"
        return answer(waybar_problem_line(message, word, text=text), _DONE)
    complain(message)
    return code
