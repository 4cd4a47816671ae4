"""Start at login on Linux and its like: an entry in the desktop's autostart folder.

Facts: Desktop Application Autostart Specification 0.5; the key ``X-GNOME-Autostart-enabled``, which
GNOME's and others' settings write, is named there by nobody but read by many.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.adapters.autostart_command import is_same_program
from tray_app.adapters.autostart_file import (
    found_entry,
    home_of,
    read_entry,
    remove_entry,
    remove_entry_whole,
    write_entry,
)
from tray_app.adapters.desktop_entry import (
    NoDesktopEntryError,
    entry_keys,
    entry_text,
    exec_command,
    exec_value,
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

ENTRY_NAME: Final = "novita-tray.desktop"
"""Packages' entries for menus have the same name, under which GNOME Tweaks copies them here."""
_FOLDER: Final = "autostart"
_NAME: Final = "Novita balance"


class XdgAutostart:
    """The entry of this user, which hides one of the same name for all users.

    ``command`` is what is to be started. Whoever edits the files, by hand or in the desktop's own
    settings, is heard with the next question.
    """

    hindrance: AutostartProblem | None = None

    def __init__(self, environ: Mapping[str, str], command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._desktops = _names(environ.get("XDG_CURRENT_DESKTOP", ""), ":")
        self._own = _config_home(environ) / _FOLDER / ENTRY_NAME
        self._shared = tuple(
            folder / _FOLDER / ENTRY_NAME for folder in _shared_config_folders(environ)
        )

    def status(self) -> AutostartStatus:
        """Return what the next login does; raises AutostartError."""
        keys = self._keys_in_force((self._own, *self._shared))
        if not self._starts(keys):
            return AutostartStatus(is_on=False)
        program, *arguments = exec_command(keys["Exec"])
        # Desktops leave out an entry whose TryExec is not there, whatever its Exec.
        for needed in (keys.get("TryExec", ""), program):
            if needed and not shutil.which(needed):
                return AutostartStatus(
                    is_on=True, other_program=OtherProgram(needed, is_there=False)
                )
        if is_same_program((shutil.which(program) or program, *arguments), self._command):
            return AutostartStatus(is_on=True)
        return AutostartStatus(is_on=True, other_program=OtherProgram(program, is_there=True))

    def is_on(self) -> bool:
        """Return whether the next login starts something; raises AutostartError."""
        return self.status().is_on

    def turn_on(self) -> None:
        """Let the next login start this program; raises AutostartError.

        An entry that does so already stays as it is, with whatever was added by hand.
        """
        if self.status() == AutostartStatus(is_on=True):
            return
        try:
            content = self._entry().encode()
        except NoDesktopEntryError:
            raise AutostartError(AutostartPathUnusable()) from None
        write_entry(self._own, content)

    def turn_off(self) -> None:
        """Let the next login start nothing; raises AutostartError.

        An entry for all users, which is not this user's to remove, is hidden.
        """
        if self._starts(self._keys_in_force(self._shared)):
            keys = {"Type": "Application", "Name": _NAME, "Exec": "novita-tray", "Hidden": "true"}
            write_entry(self._own, entry_text(keys).encode())
        else:
            remove_entry(self._own)

    def entry(self) -> str | None:
        """Return the path of this user's entry; None where there is none."""
        return found_entry(self._own)

    def remove_entry(self) -> None:
        """Remove this user's entry, and what a killed program left of one; raises AutostartError.

        An entry for all users then holds again: it belongs to whoever installed the program.
        """
        remove_entry_whole(self._own)

    def _entry(self) -> str:
        return entry_text(
            {
                "Type": "Application",
                "Name": _NAME,
                "Comment": "Shows the dollars left on a prepaid Novita AI account",
                "Icon": "novita-tray",
                "TryExec": self._command[0],
                "Exec": exec_value(self._command),
                "Terminal": "false",
                "StartupNotify": "false",
                "X-GNOME-Autostart-enabled": "true",
            }
        )

    def _keys_in_force(self, paths: Sequence[Path]) -> dict[str, str]:
        for path in paths:
            content = read_entry(path)
            if content is not None:
                return entry_keys(content)
        return {}

    def _starts(self, keys: Mapping[str, str]) -> bool:
        if _flag(keys, "Hidden", default=False) or not exec_command(keys.get("Exec", "")):
            return False
        if not _flag(keys, "X-GNOME-Autostart-enabled", default=True):
            return False
        if "OnlyShowIn" in keys:
            return bool(self._desktops & _names(keys["OnlyShowIn"], ";"))
        return not self._desktops & _names(keys.get("NotShowIn", ""), ";")


def _flag(keys: Mapping[str, str], key: str, *, default: bool) -> bool:
    value = keys.get(key, "").strip()
    return default if value not in {"true", "false", "1", "0"} else value in {"true", "1"}


def _names(value: str, separator: str) -> set[str]:
    return {name for name in value.split(separator) if name}


def _config_home(environ: Mapping[str, str]) -> Path:
    # docs (XDG Base Directory): a relative path is to be ignored.
    configured = Path(environ.get("XDG_CONFIG_HOME", ""))
    return configured if configured.is_absolute() else home_of(environ) / ".config"


def _shared_config_folders(environ: Mapping[str, str]) -> list[Path]:
    texts = (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    return [Path(text) for text in texts if Path(text).is_absolute()]
