"""What a running tray holds of the system besides its icon: lock, log, record of crashes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Self

from tray_app.adapters.binding_code import FILE_NAME as CODE_NAME
from tray_app.adapters.binding_code import BindingCode
from tray_app.adapters.crash_file import CrashFile
from tray_app.adapters.instance_lock import InstanceLock
from tray_app.adapters.last_look import FILE_NAME as LOOK_NAME
from tray_app.adapters.last_look import LastLook
from tray_app.adapters.log_file import LogFile
from tray_app.adapters.paths import folders_of, make_private_folder, remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tray_app.adapters.paths import Folders

_log = logging.getLogger(__name__)

_NAME: Final = "tray"
_DEMO: Final = "demo"


class TrayProcess:
    """One of them belongs to each account folder of a user; the demo is one of its own.

    The demo keeps no log and leaves nothing behind.
    """

    def __init__(self, folders: Folders, *, demo: bool) -> None:
        self._demo = demo
        self.name = _DEMO if demo else _NAME
        self.logs: Path | None = None if demo else folders.logs
        """Where the log is; None where none is kept."""
        self.runtime = folders.runtime
        self._data = folders.data
        self.lock = InstanceLock((folders.runtime if demo else folders.data) / f"{self.name}.lock")
        self.last_look = None if demo else LastLook(folders.data / LOOK_NAME)
        """What the icon showed at the last end; the demo leaves nothing behind."""
        # What NOVITA_TRAY_HOME names may come from elsewhere, as on a stick: nothing there is run.
        keeps_code = not demo and folders.home is None
        self.binding_code = BindingCode(folders.data / CODE_NAME if keeps_code else None)
        self._log_file: LogFile | None = None
        self._crashes: CrashFile | None = None

    @classmethod
    def of(cls, environ: Mapping[str, str], *, demo: bool) -> Self:
        """Return that of this user, or of the folder that ``NOVITA_TRAY_HOME`` names."""
        return cls(folders_of(environ), demo=demo)

    def start_logging(self) -> None:
        """Let the log be written; what goes to standard error stays as it is.

        Nothing is opened before the first record.
        """
        # A record that cannot be written would else end in a traceback on standard error.
        logging.raiseExceptions = False
        if self.logs is None:
            return
        root = logging.getLogger()
        for handler in root.handlers:
            handler.setLevel(root.level)
        self._log_file = LogFile(self.logs)
        root.addHandler(self._log_file)
        root.setLevel(logging.INFO)

    def watch_for_crashes(self) -> bool:
        """Let a crash be written down; return whether the start before this one ended in one."""
        if self.logs is None:
            return False
        self._crashes = CrashFile(self.logs)
        return self._crashes.open()

    def make_runtime_folder(self) -> bool:
        """Make the folder of the socket; return whether it is there and private."""
        try:
            make_private_folder(self.runtime)
        except OSError as error:
            _log.warning("no folder for the socket of further starts: errno %s", error.errno)
            return False
        return True

    def tidy(self) -> None:
        """Remove what a killed one left unfinished."""
        if not self._demo:
            remove_leftovers(self._data)

    def end_well(self) -> None:
        """Leave things as they are meant to be after an orderly end.

        The lock goes with the process itself: while it ends, no other one begins.
        """
        if self._crashes is not None:
            self._crashes.end_well()
        if self._demo:
            self.lock.remove()
        if self._log_file is not None:
            self._log_file.close()
