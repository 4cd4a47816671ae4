"""Start at login, off by default: one interface over each system's own entry.

The entry is the only memory there is. It is read anew for each question, so that whatever the user
did to it, by hand or in the system's settings, holds.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

from tray_app.adapters.autostart_command import command_of_this_process
from tray_app.adapters.paths import HOME_VARIABLE
from tray_app.core.autostart import (
    AutostartError,
    AutostartPrivateFolder,
    AutostartStatus,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tray_app.adapters.autostart_windows import Registry
    from tray_app.core.autostart import AutostartProblem


class Autostart(Protocol):
    """Whether the next login starts the tray; each call may raise AutostartError."""

    @property
    def hindrance(self) -> AutostartProblem | None:
        """Why it can never be turned on here; None where it can."""

    def status(self) -> AutostartStatus:
        """Return what the next login does."""

    def is_on(self) -> bool:
        """Return whether the next login starts something."""

    def turn_on(self) -> None:
        """Let the next login start this program."""

    def turn_off(self) -> None:
        """Let the next login start nothing; a tray that runs goes on."""

    def entry(self) -> str | None:
        """Return where this user's entry is, whatever it says; None where there is none."""

    def remove_entry(self) -> None:
        """Leave no entry of this user's; one for all users then holds again."""


class NoAutostart:
    """Stands where no entry may be made, and leaves those that are there alone."""

    def __init__(self, hindrance: AutostartProblem) -> None:
        self.hindrance = hindrance

    def status(self) -> AutostartStatus:
        """Return that nothing is started by this program's doing."""
        return AutostartStatus(is_on=False)

    def is_on(self) -> bool:
        """Return False."""
        return False

    def turn_on(self) -> None:
        """Raise AutostartError with the hindrance."""
        raise AutostartError(self.hindrance)

    def turn_off(self) -> None:
        """Leave everything as it is."""

    def entry(self) -> str | None:
        """Return None: no entry belongs to what is carried along."""
        return None

    def remove_entry(self) -> None:
        """Leave everything as it is."""


def make_autostart(environ: Mapping[str, str], platform: str) -> Autostart:
    """Return the interface to this system's entry; ``platform`` as in ``sys.platform``."""
    if environ.get(HOME_VARIABLE):
        return NoAutostart(AutostartPrivateFolder())
    command = command_of_this_process(environ)
    if platform == "win32":
        from tray_app.adapters.autostart_windows import RunKeyAutostart

        # Elsewhere there is no such module, and type checkers know nothing of its contents.
        return RunKeyAutostart(cast("Registry", importlib.import_module("winreg")), command)
    if platform == "darwin":
        from tray_app.adapters.autostart_macos import LaunchAgentAutostart

        return LaunchAgentAutostart(environ, command)
    from tray_app.adapters.autostart_xdg import XdgAutostart

    return XdgAutostart(environ, command)
