"""Writes docs/faults.md from the fault table: ``python -m tests.faults.document``."""

from __future__ import annotations

import sys
from dataclasses import fields
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.faults.next_try import next_try_text
from tests.faults.table import CASES, SECTIONS
from tray_app.core.money import Usd
from tray_app.core.problem import UnexpectedReply
from tray_app.presentation.problem_wording import Surface, problem_text
from tray_app.presentation.wording import amount_text

if TYPE_CHECKING:
    from tests.faults.case import Case, Outcome, Section
    from tray_app.core.problem import Problem

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "faults.md"
_HEAD: Final = """\
# Faults

What can go wrong between the key and the figure: {count} cases. This file is written by
`.venv/bin/python -m tests.faults.document` from the table that the test suite runs
(`tests/faults`); the words come from `tray_app/presentation/wording.py`, the waits from
`tray_app/core/refresh_policy.py`.

*What the user reads* is the tray's title and next step; where the step is “Next try …”, the tray
says in how many minutes. A wait is counted from the first failure, with the default interval of
five minutes. No failure removes the last figure, which turns grey when it is old. *Refresh now*
asks at once in every case, but not more often than every ten seconds, and not before the time
that Novita asked to wait for.
"""


def document_text() -> str:
    """Return what docs/faults.md must hold."""
    return "\n".join([_HEAD.format(count=len(CASES)), *map(_chapter, SECTIONS)])


def _chapter(section: Section) -> str:
    rows = [
        ("case", "problem", "what the user reads", "when the next try comes"),
        ("---",) * 4,
        *map(_row, section.cases),
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    note = f"{section.note}\n\n" if section.note else ""
    return f"## {section.title}\n\n{note}{table}\n"


def _row(case: Case) -> tuple[str, ...]:
    return (
        _plain(case.name),
        _problem_words(case.expected),
        _plain(_what_is_read(case.expected)),
        next_try_text(case.expected),
    )


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _problem_words(outcome: Outcome) -> str:
    match outcome:
        case Usd():
            return "–"
        case UnexpectedReply():
            # Its detail is in the words for the user.
            return "`UnexpectedReply`"
        case _:
            shown = [text for text in map(_value_text, _values(outcome)) if text]
            return f"`{type(outcome).__name__}`{': ' if shown else ''}{', '.join(shown)}"


def _values(problem: Problem) -> list[object]:
    return [getattr(problem, field.name) for field in fields(problem)]


def _value_text(value: object) -> str:
    match value:
        case None:
            return ""
        case timedelta():
            return f"asked to wait {value.total_seconds():.0f} s"
        case Enum():
            return str(value.value)
        case _:
            return str(value)


def _what_is_read(outcome: Outcome) -> str:
    if isinstance(outcome, Usd):
        return f"{amount_text(outcome)} available"
    text = problem_text(outcome, Surface.TRAY)
    return f"{text.title}. {text.next_step or 'Next try …'}"


def main() -> int:
    """Write the file and say where."""
    DOCUMENT.write_text(document_text(), encoding="utf-8")
    sys.stdout.write(f"{len(CASES)} cases in {DOCUMENT}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
