from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_app.core.autostart import (
    AutostartDiskFull,
    AutostartFailed,
    AutostartPathUnusable,
    AutostartPrivateFolder,
    AutostartReadOnly,
    AutostartStatus,
    OtherProgram,
)
from tray_app.presentation.autostart_wording import (
    autostart_note,
    autostart_problem_text,
    autostart_status_text,
    autostart_trouble,
)

if TYPE_CHECKING:
    from tray_app.core.autostart import AutostartProblem


@pytest.mark.parametrize("is_on", [True, False])
def test_the_usual_needs_no_note(*, is_on: bool) -> None:
    status = AutostartStatus(is_on=is_on)
    assert autostart_note(status) == ""
    assert autostart_status_text(status).startswith("On:" if is_on else "Off:")


@pytest.mark.parametrize("is_there", [True, False])
def test_another_program_is_named_as_it_is(*, is_there: bool) -> None:
    other = OtherProgram("/old/{path}", is_there=is_there)
    text = autostart_status_text(AutostartStatus(is_on=True, other_program=other))
    assert text.startswith("On")
    assert "/old/{path}" in text
    assert ("is not there" in text) is not is_there


@pytest.mark.parametrize(
    "problem",
    [
        AutostartPrivateFolder(),
        AutostartReadOnly("/home/ada/.config/autostart/novita-tray.desktop"),
        AutostartDiskFull(),
        AutostartPathUnusable(),
        AutostartFailed("EISDIR"),
    ],
    ids=repr,
)
def test_each_problem_has_two_lines_without_a_full_stop(problem: AutostartProblem) -> None:
    text = autostart_problem_text(problem)
    for line in (text.title, text.next_step):
        assert line
        assert not line.endswith(".")
    assert autostart_trouble(problem) == f"{text.title}. {text.next_step}."


def test_what_cannot_be_changed_is_named() -> None:
    assert "/x/y" in autostart_problem_text(AutostartReadOnly("/x/y")).next_step
