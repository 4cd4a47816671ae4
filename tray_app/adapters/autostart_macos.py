"""Start at login on macOS: a LaunchAgent of the user's.

Facts: launchd.plist(5). System Settings can also switch an agent off in a database of the system's
own, which no documented interface reads; the file alone is looked at.
"""

from __future__ import annotations

import os
import plistlib
from typing import TYPE_CHECKING, Any, Final

from tray_app.adapters.autostart_command import is_same_program
from tray_app.adapters.autostart_file import (
    found_entry,
    home_of,
    read_entry,
    remove_entry,
    remove_entry_whole,
    write_entry,
)
from tray_app.core.autostart import (
    AutostartError,
    AutostartPathUnusable,
    AutostartStatus,
    OtherProgram,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tray_app.core.autostart import AutostartProblem

LABEL: Final = "novita-tray"
_FOLDER: Final = "Library/LaunchAgents"


class LaunchAgentAutostart:
    """The agent's file; launchd reads it at each login. ``command`` is what is to be started."""

    hindrance: AutostartProblem | None = None

    def __init__(self, environ: Mapping[str, str], command: Sequence[str]) -> None:
        self._command = list(command)
        self._path = home_of(environ) / _FOLDER / f"{LABEL}.plist"

    def status(self) -> AutostartStatus:
        """Return what the next login does; raises AutostartError."""
        agent = self._agent()
        command = _command_of(agent)
        if not command or agent.get("RunAtLoad") is not True or agent.get("Disabled") is True:
            return AutostartStatus(is_on=False)
        if is_same_program(command, self._command):
            return AutostartStatus(is_on=True)
        program = command[0]
        return AutostartStatus(
            is_on=True, other_program=OtherProgram(program, is_there=os.access(program, os.X_OK))
        )

    def is_on(self) -> bool:
        """Return whether the next login starts something; raises AutostartError."""
        return self.status().is_on

    def turn_on(self) -> None:
        """Let the next login start this program; raises AutostartError."""
        if self.status() == AutostartStatus(is_on=True):
            return
        agent = {
            "Label": LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            # No KeepAlive: whoever quits the tray means it.
            "LimitLoadToSessionType": "Aqua",
            "ProcessType": "Interactive",
        }
        try:
            content = plistlib.dumps(agent)
        except (ValueError, UnicodeEncodeError):
            # Control characters, or a path that is no text.
            raise AutostartError(AutostartPathUnusable()) from None
        write_entry(self._path, content)

    def turn_off(self) -> None:
        """Let the next login start nothing; a tray that runs goes on. Raises AutostartError."""
        remove_entry(self._path)

    def entry(self) -> str | None:
        """Return the path of the agent's file; None where there is none."""
        return found_entry(self._path)

    def remove_entry(self) -> None:
        """Remove the agent's file; raises AutostartError."""
        remove_entry_whole(self._path)

    def _agent(self) -> dict[str, Any]:
        content = read_entry(self._path)
        try:
            agent = plistlib.loads(content or b"")
        except Exception:  # noqa: BLE001 — plistlib raises whatever its parsers do
            # launchd starts nothing from it either.
            return {}
        return agent if isinstance(agent, dict) else {}


def _command_of(agent: Mapping[str, Any]) -> list[str]:
    """Return what launchd executes: ``Program``, or else the first of ``ProgramArguments``."""
    listed = agent.get("ProgramArguments")
    arguments = [str(part) for part in listed] if isinstance(listed, list) else []
    program = agent.get("Program")
    return [program, *arguments[1:]] if isinstance(program, str) else arguments
