"""``novita-tray quit``: the tray that runs ends, as by its menu; no Qt."""

from __future__ import annotations

from typing import Final

from tray_app.asking_tray import NoTrayError, SilentTrayError, quit_tray
from tray_app.presentation.problem_code import NO_ANSWER, NO_TRAY
from tray_app.presentation.wording import no_end_text, no_tray_to_quit_text, quit_text
from tray_app.terminal import answer, complain

_DONE: Final = 0


def run_quit(*, demo: bool) -> int:
    """Let the tray end, or the demo's; return the exit code once it has.

    Installers replace the program's files after it, so that "none runs" is no trouble to them:
    NO_TRAY is told from NO_ANSWER.
    """
    try:
        quit_tray(demo=demo)
    except NoTrayError:
        complain(no_tray_to_quit_text())
        return NO_TRAY
    except SilentTrayError as error:
        complain(no_end_text(error.holder))
        return NO_ANSWER
    return answer(quit_text(), _DONE)
