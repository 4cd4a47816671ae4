"""Which command starts this program again at the next login."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SCRIPT: Final = "novita-tray"
_WINDOWLESS_PYTHON: Final = "pythonw.exe"


def autostart_command(
    environ: Mapping[str, str], platform: str, *, started_as: str, executable: str, frozen: bool
) -> tuple[str, ...]:
    """Return the command, its first part an absolute path; no option, no key.

    ``started_as`` is the first of ``sys.argv``, ``executable`` Python or the packaged program, and
    ``frozen`` says that it is the latter.
    """
    if frozen:
        image = environ.get("APPIMAGE", "")
        # docs (AppImage): the mount point changes with each start, the image's path does not. An
        # image hands both names on to all that it starts, be it a terminal: APPDIR tells whose.
        if image and _lies_in(executable, environ.get("APPDIR", "")):
            return (image,)
        return (_windowless(executable, f"{_SCRIPT}w.exe", platform),)
    script = Path(started_as)
    if (
        # pip's script for Windows opens a console.
        platform != "win32"
        and script.name == _SCRIPT
        and script.is_absolute()
        and os.access(script, os.X_OK)
    ):
        # Not resolved: a link such as pipx's outlives an upgrade, what it points to may not.
        return (str(script),)
    return (_windowless(executable, _WINDOWLESS_PYTHON, platform), "-m", "tray_app")


def command_of_this_process(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the command of the process that asks."""
    return autostart_command(
        environ,
        sys.platform,
        started_as=sys.argv[0] if sys.argv else "",
        executable=sys.executable,
        frozen=bool(getattr(sys, "frozen", False)),
    )


def is_same_program(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two commands start the same file, whatever their options."""
    if not one or not other:
        return False
    if one[0] == other[0]:
        return True
    try:
        return Path(one[0]).samefile(other[0])
    except (OSError, ValueError):
        return False


def _windowless(executable: str, name: str, platform: str) -> str:
    """Return the program beside this one for which Windows opens no console, where it is there."""
    if platform != "win32":
        return executable
    windowless = Path(executable).with_name(name)
    return str(windowless) if windowless.exists() else executable


def _lies_in(path: str, folder: str) -> bool:
    return bool(folder) and Path(path).resolve().is_relative_to(Path(folder).resolve())
