"""What went wrong in the program itself, and where it is told."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.core.samples import NOW, state_after
from tests.presentation.views import FULL, SETTINGS
from tray_app.presentation.source import Source
from tray_app.presentation.tray_menu import Command, MenuRow
from tray_app.presentation.tray_view import OwnState, present
from tray_app.presentation.wording import (
    Mishap,
    already_running_text,
    no_answer_text,
    start_failed_text,
)


@pytest.mark.parametrize(
    ("mishap", "text"),
    [
        (Mishap.ERROR, "Something went wrong inside; details are in the log"),
        (Mishap.CRASH, "The program crashed the last time; details are in the log"),
    ],
)
def test_a_row_after_the_facts_leads_to_the_log(mishap: Mishap, text: str) -> None:
    source = Source(key_from_environment=True)
    state = state_after(None, reading=FULL)
    plain = present(state, NOW, SETTINGS, source, UTC)
    shown = present(state, NOW, SETTINGS, source, UTC, own=OwnState(mishap))
    row = MenuRow(text, Command.OPEN_LOGS)
    assert shown.mishap == row
    assert plain.mishap is None
    facts = len(plain.lines) - len(plain.notes)
    assert shown.menu == (*plain.menu[:facts], row, *plain.menu[facts:])
    assert (shown.icon, shown.tooltip, shown.headline, shown.trouble) == (
        plain.icon,
        plain.tooltip,
        plain.headline,
        plain.trouble,
    )


def test_the_demo_has_no_log_to_lead_to() -> None:
    shown = present(
        state_after(None), NOW, SETTINGS, Source(demo=True), UTC, own=OwnState(Mishap.ERROR)
    )
    assert shown.mishap == MenuRow(
        "Something went wrong inside; --verbose tells more", Command.OPEN_WINDOW
    )


def test_a_second_start_says_what_became_of_it() -> None:
    assert "already runs" in already_running_text()
    assert "(process 42)" in no_answer_text(42)
    assert "process" not in no_answer_text(None)


def test_a_start_that_failed_names_what_was_lacking_if_that_is_known() -> None:
    assert start_failed_text("no libEGL.so.1") == "The tray could not start: no libEGL.so.1."
    assert "log" in start_failed_text(None)
