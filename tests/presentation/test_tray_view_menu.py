"""The menu's rows and their commands."""

from __future__ import annotations

import pytest

from tests.core.samples import KEY_PROBLEMS, PASSING_PROBLEMS, PROBLEMS, state_after
from tests.presentation.views import FULL, HOUR, head_texts, view
from tray_app.core.problem import NoKey, Problem, TimedOut, UnexpectedReply
from tray_app.presentation.source import Source
from tray_app.presentation.tray_menu import Command, MenuRow, MenuSeparator


@pytest.mark.parametrize("problem", [None, *PROBLEMS], ids=repr)
def test_the_menus_first_rows_are_the_lines_and_the_rest_keeps_its_order(
    problem: Problem | None,
) -> None:
    shown = view(
        state_after(problem, reading=FULL),
        after=HOUR,
        source=Source(demo=True, key_from_environment=True, api_url="http://localhost:1"),
    )
    texts = [None if isinstance(row, MenuSeparator) else row.text for row in shown.menu]
    offered = ["Add API key…"] if isinstance(problem, NoKey) else []
    assert texts == [
        *offered,
        *shown.lines,
        None,
        "Details…",
        "Refresh now",
        "Open billing page",
        None,
        "API key…",
        "Settings…",
        "About",
        "Quit",
    ]


def test_each_command_has_its_row_and_the_rows_that_tell_open_the_window() -> None:
    shown = view(state_after(TimedOut(), reading=FULL))
    commands = {row.text: row.command for row in shown.menu if isinstance(row, MenuRow)}
    assert {commands.pop(line) for line in shown.lines} == {Command.OPEN_WINDOW}
    assert commands == {
        "Details…": Command.OPEN_WINDOW,
        "Refresh now": Command.REFRESH,
        "Open billing page": Command.OPEN_BILLING,
        "API key…": Command.EDIT_KEY,
        "Settings…": Command.OPEN_SETTINGS,
        "About": Command.ABOUT,
        "Quit": Command.QUIT,
    }


def test_without_a_key_adding_one_comes_first() -> None:
    first = view(state_after(NoKey())).menu[0]
    assert first == MenuRow("Add API key…", Command.EDIT_KEY)


@pytest.mark.parametrize("problem", [None, *KEY_PROBLEMS[1:], *PASSING_PROBLEMS], ids=repr)
def test_with_a_key_adding_one_is_not_offered(problem: Problem | None) -> None:
    assert "Add API key…" not in head_texts(view(state_after(problem)))


def test_the_reason_of_an_unexpected_reply_is_in_the_menu_whole() -> None:
    problem = UnexpectedReply("outstandingInvoices is not an amount")
    assert "Unexpected reply: outstandingInvoices is not an amount" in head_texts(
        view(state_after(problem))
    )
