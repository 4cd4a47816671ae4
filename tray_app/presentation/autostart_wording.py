"""What is said of the start at login, in windows and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from tray_app.core.autostart import (
    AutostartDiskFull,
    AutostartFailed,
    AutostartPathUnusable,
    AutostartPrivateFolder,
    AutostartReadOnly,
)
from tray_app.presentation.problem_wording import ProblemText
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from tray_app.core.autostart import AutostartProblem, AutostartStatus


def autostart_status_text(status: AutostartStatus) -> str:
    """Return in one line what the next login does."""
    if not status.is_on:
        return tr("Off: the tray does not start at login.")
    return autostart_note(status) or tr("On: the tray starts at login.")


def autostart_note(status: AutostartStatus) -> str:
    """Return what is odd about an entry that is on; empty where nothing is."""
    other = status.other_program
    if other is None:
        return ""
    if other.is_there:
        return tr("On: {path} starts at login.", path=other.path)
    return tr(
        "On, but nothing starts: {path} is not there. Turn it on again to start this program.",
        path=other.path,
    )


def autostart_problem_text(problem: AutostartProblem) -> ProblemText:
    """Return why the start at login could not be read or changed, and the next step."""
    match problem:
        case AutostartPrivateFolder():
            return ProblemText(
                tr("With NOVITA_TRAY_HOME set, the tray cannot start at login"),
                tr("Start it without that, or make an entry of your own that sets it"),
            )
        case AutostartReadOnly(place):
            return ProblemText(
                tr("The entry for the start at login cannot be opened or changed"),
                tr("Give yourself the right to change {place}", place=place),
            )
        case AutostartDiskFull():
            return ProblemText(
                tr("The entry for the start at login was not written: the disk is full"),
                tr("Make room, then try again"),
            )
        case AutostartPathUnusable():
            return ProblemText(
                tr("No entry for the start at login can name this program's path"),
                tr("Move the program to a folder with a short and simple path"),
            )
        case AutostartFailed(detail):
            return ProblemText(
                tr("The start at login could not be read or changed ({detail})", detail=detail),
                tr("Try again"),
            )
        case _:
            assert_never(problem)


def autostart_trouble(problem: AutostartProblem) -> str:
    """Return the same as two sentences."""
    text = autostart_problem_text(problem)
    return tr("{problem}. {next_step}.", problem=text.title, next_step=text.next_step)
