"""Start at login on Windows: a value in this user's Run key.

Facts: docs (Microsoft, "Run and RunOnce Registry Keys"): a value of at most 260 characters. Task
Manager and Settings switch one off without removing it, by a value of the same name below
StartupApproved whose first byte is odd; 2 and 6 are on, 3 and 7 off (observed, not documented).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final, Protocol

from tray_app.adapters.autostart_command import is_same_program
from tray_app.adapters.autostart_file import entry_trouble
from tray_app.core.autostart import (
    AutostartError,
    AutostartPathUnusable,
    AutostartStatus,
    OtherProgram,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from tray_app.core.autostart import AutostartProblem

VALUE_NAME: Final = "novita-tray"
_CURRENT_VERSION: Final = r"Software\Microsoft\Windows\CurrentVersion"
RUN_KEY: Final = rf"{_CURRENT_VERSION}\Run"
APPROVED_KEY: Final = rf"{_CURRENT_VERSION}\Explorer\StartupApproved\Run"
_PLACE: Final = rf"HKEY_CURRENT_USER\{RUN_KEY}"
_LONGEST_COMMAND: Final = 260
_SWITCHED_OFF: Final = 0x01


class Registry(Protocol):
    """What is used of the standard library's ``winreg``, under its own names."""

    HKEY_CURRENT_USER: int
    KEY_QUERY_VALUE: int
    KEY_SET_VALUE: int
    REG_SZ: int

    def OpenKey(  # noqa: N802 — winreg's name
        self, key: int, sub_key: str, reserved: int = 0, access: int = ...
    ) -> AbstractContextManager[Any]:
        """Open a key; FileNotFoundError where there is none."""

    def CreateKeyEx(  # noqa: N802 — winreg's name
        self, key: int, sub_key: str, reserved: int = 0, access: int = ...
    ) -> AbstractContextManager[Any]:
        """Open a key, made where there is none."""

    def QueryValueEx(self, key: Any, name: str) -> tuple[Any, int]:  # noqa: N802, ANN401 — winreg's name and handles
        """Return value and type; FileNotFoundError where there is none."""

    def SetValueEx(self, key: Any, name: str, reserved: int, kind: int, value: Any) -> None:  # noqa: N802, ANN401 — winreg's own
        """Set a value."""

    def DeleteValue(self, key: Any, name: str) -> None:  # noqa: N802, ANN401 — winreg's name and handles
        """Remove a value; FileNotFoundError where there is none."""


class RunKeyAutostart:
    """The value in the Run key, unless switched off. ``command`` is what is to be started."""

    hindrance: AutostartProblem | None = None

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        self._registry = registry
        self._command = tuple(command)

    def status(self) -> AutostartStatus:
        """Return what the next login does; raises AutostartError."""
        line = self._value(RUN_KEY)
        if not isinstance(line, str) or not line.strip() or self._is_switched_off():
            return AutostartStatus(is_on=False)
        program = _program_of(line)
        if is_same_program((program,), self._command):
            return AutostartStatus(is_on=True)
        is_there = shutil.which(program) is not None
        return AutostartStatus(is_on=True, other_program=OtherProgram(program, is_there=is_there))

    def is_on(self) -> bool:
        """Return whether the next login starts something; raises AutostartError."""
        return self.status().is_on

    def turn_on(self) -> None:
        """Let the next login start this program, also where it was switched off.

        Raises AutostartError.
        """
        if self.status() == AutostartStatus(is_on=True):
            return
        line = command_line(self._command)
        if len(line) > _LONGEST_COMMAND:
            raise AutostartError(AutostartPathUnusable())
        registry = self._registry
        try:
            with registry.CreateKeyEx(
                registry.HKEY_CURRENT_USER, RUN_KEY, 0, registry.KEY_SET_VALUE
            ) as key:
                registry.SetValueEx(key, VALUE_NAME, 0, registry.REG_SZ, line)
        except OSError as error:
            raise AutostartError(entry_trouble(error, _PLACE)) from None
        # Without a value there, what the Run key names is started.
        self._delete(APPROVED_KEY)

    def turn_off(self) -> None:
        """Let the next login start nothing; raises AutostartError."""
        self._delete(RUN_KEY)
        self._delete(APPROVED_KEY)

    def entry(self) -> str | None:
        """Return the name of the value in the Run key; None where there is none."""
        return None if self._value(RUN_KEY) is None else _PLACE

    def remove_entry(self) -> None:
        """Remove the value, and what Windows' settings noted of it; raises AutostartError."""
        self.turn_off()

    def _is_switched_off(self) -> bool:
        word = self._value(APPROVED_KEY)
        return isinstance(word, bytes) and bool(word) and bool(word[0] & _SWITCHED_OFF)

    def _value(self, path: str) -> Any:  # noqa: ANN401 — whatever type was put there
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, path, 0, registry.KEY_QUERY_VALUE
            ) as key:
                return registry.QueryValueEx(key, VALUE_NAME)[0]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise AutostartError(entry_trouble(error, _PLACE)) from None

    def _delete(self, path: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE
            ) as key:
                registry.DeleteValue(key, VALUE_NAME)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise AutostartError(entry_trouble(error, _PLACE)) from None


def command_line(command: Sequence[str]) -> str:
    """Return one line for Windows, its program always in quotes.

    Without them Windows tries a path with blanks at each blank, the shortest first.
    """
    return " ".join((f'"{command[0]}"', subprocess.list2cmdline(command[1:]))).rstrip()


def _program_of(line: str) -> str:
    """Return the program of a command line, found as Windows finds it."""
    text = os.path.expandvars(line.strip())
    if text.startswith('"'):
        return text[1:].partition('"')[0]
    words = text.split(" ")
    # Without quotes the first prefix is taken that is there.
    starts = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return next((start for start in starts if shutil.which(start)), words[0])
