"""``novita-tray autostart``: what the system's own entry says, and what it is to say; no Qt."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from tray_app.adapters.autostart import make_autostart
from tray_app.core.autostart import AutostartError
from tray_app.presentation.autostart_wording import autostart_status_text, autostart_trouble
from tray_app.presentation.problem_code import AUTOSTART_OFF, AUTOSTART_TROUBLE
from tray_app.terminal import answer, complain

if TYPE_CHECKING:
    from tray_app.adapters.autostart import Autostart

_DONE: Final = 0


def run_autostart(action: str) -> int:
    """Carry out ``autostart on``, ``off`` or ``status``; return the exit code.

    Each prints the state that it leaves. ``status`` has an exit code of its own for "off".
    """
    autostart = make_autostart(os.environ, sys.platform)
    try:
        return _carry_out(autostart, action)
    except AutostartError as error:
        complain(autostart_trouble(error.problem))
        return AUTOSTART_TROUBLE


def _carry_out(autostart: Autostart, action: str) -> int:
    if action == "on":
        autostart.turn_on()
    elif action == "off":
        autostart.turn_off()
    status = autostart.status()
    if autostart.hindrance is not None:
        complain(autostart_trouble(autostart.hindrance))
    code = AUTOSTART_OFF if action == "status" and not status.is_on else _DONE
    return answer(autostart_status_text(status), code)
