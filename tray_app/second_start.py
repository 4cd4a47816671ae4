"""The start of a tray beside one that runs: that one comes forward, this one ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tray_app.adapters.instance_address import address_of
from tray_app.presentation.problem_code import NO_ANSWER
from tray_app.presentation.wording import already_running_text, no_answer_text
from tray_app.terminal import answer, complain
from tray_app.ui.first_instance import SecondStart, activation_token, ask_first
from tray_app.ui.qt_messages import log_qt_messages

if TYPE_CHECKING:
    from tray_app.tray_process import TrayProcess


def bring_first_forward(process: TrayProcess) -> int | None:
    """Return the exit code, or None where the other one ended and this is the first now."""

    def find_address() -> str | None:
        if not process.make_runtime_folder():
            return None
        return address_of(process.runtime, process.name, process.lock.identity)

    log_qt_messages()
    match ask_first(process.lock, find_address, activation_token(os.environ)):
        case SecondStart.BECAME_THE_FIRST:
            return None
        case SecondStart.FIRST_CAME_FORWARD:
            return answer(already_running_text(), 0)
        case SecondStart.NO_ANSWER:
            complain(no_answer_text(process.lock.holder))
            return NO_ANSWER
