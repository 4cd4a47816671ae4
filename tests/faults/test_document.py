"""The document says what the table and the program say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.core.samples import PROBLEMS, state_after, usd
from tests.faults.document import DOCUMENT, document_text
from tests.faults.next_try import next_try_text
from tests.faults.table import CASES
from tests.presentation.views import FULL, HOUR, view
from tray_app.core.money import Usd
from tray_app.core.problem import (
    BlockedBeforeApi,
    ConnectionFault,
    Offline,
    Problem,
    RateLimited,
    WrongKey,
)
from tray_app.presentation.problem_wording import Surface, problem_text

if TYPE_CHECKING:
    from tray_app.core.reading import BalanceReading


def test_the_committed_document_is_what_the_table_says() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == document_text(), "run: .venv/bin/python -m tests.faults.document"


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (WrongKey("X"), "none by itself, until the key changes or the user asks"),
        (BlockedBeforeApi(403), "every 15 min to 30 min"),
        (Offline(ConnectionFault.LOST), "in 1 min to 1 min 21 s, then longer, up to 30 min"),
        (
            RateLimited(timedelta(seconds=30)),
            "in 1 min to 1 min 21 s, then longer, up to 30 min",
        ),
        (RateLimited(timedelta(days=9)), "every 30 min to 35 min"),
    ],
    ids=repr,
)
def test_the_next_try_is_told_from_the_policy(problem: Problem, expected: str) -> None:
    assert next_try_text(problem) == expected


def test_after_a_success_it_asks_at_the_interval() -> None:
    assert next_try_text(usd("1")) == "every 5 min to 5 min 30 s"


@pytest.mark.parametrize("reading", [FULL, None], ids=["old figure", "no figure"])
def test_what_the_user_reads_stands_whole_in_the_tooltip(reading: BalanceReading | None) -> None:
    problems = {case.expected for case in CASES if not isinstance(case.expected, Usd)}
    for problem in problems:
        shown = view(state_after(problem, reading=reading), after=HOUR)
        assert "\n".join(shown.trouble) in shown.tooltip
        assert shown.trouble[0] == problem_text(problem, Surface.TRAY).title


@pytest.mark.parametrize("problem", PROBLEMS, ids=repr)
def test_every_problem_has_a_next_try_in_words(problem: Problem) -> None:
    assert next_try_text(problem)
