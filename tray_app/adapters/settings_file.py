"""What the user chose, in a file of TOML that people may edit."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.adapters.paths import make_private_folder, remove_leftovers, write_whole
from tray_app.core.configuration import Configuration
from tray_app.core.error_trace import error_name
from tray_app.core.light_dataclass import dataclass
from tray_app.core.settings_problem import (
    SettingsDiskFull,
    SettingsError,
    SettingsNotWritten,
    SettingsReadOnly,
    SettingsTooLarge,
    SettingsUnreadable,
)

if TYPE_CHECKING:
    from tray_app.core.settings_fault import SettingsFault
    from tray_app.core.settings_problem import SettingsProblem

_MOST_BYTES: Final = 100_000
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_ONLY: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What the file says."""

    configuration: Configuration
    faults: tuple[SettingsFault, ...] = ()
    """What in the file is not in force."""
    exists: bool = True
    """Whether there is a file; without one every default holds."""


class SettingsFile:
    """The file at ``path``; nothing is kept between two calls, so an edit by hand is never lost."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._path

    def load(self) -> LoadedSettings:
        """Return what the file says; a wrong value is named there and defaulted by itself.

        Raises SettingsError where none of it can be used; the file stays as it is.
        """
        content = self._content()
        if content is None:
            return LoadedSettings(Configuration(), exists=False)
        # 0.5 MB, which whoever never changed anything need not have.
        from tray_app.adapters.settings_reading import read  # noqa: PLC0415 — see above
        from tray_app.adapters.settings_text import document_of, text_of  # noqa: PLC0415 — see above
        from tray_app.adapters.settings_values import configuration_of  # noqa: PLC0415 — see above

        text = text_of(content)
        reading = read(document_of(text), text)
        return LoadedSettings(configuration_of(reading), reading.faults)

    def save(self, configuration: Configuration) -> None:
        """Let the file say this; what it says already, and what else is in it, stays as it stands.

        A link is followed: the file that it leads to is replaced, whole or not at all; one that its
        owner made read-only is not. Raises SettingsError, and leaves the file as it was, where it
        cannot be read, changed or written; ValueError for a configuration that the file cannot say,
        as that of a simulated account.
        """
        # 13 ms to import, which a start that changes nothing need not spend.
        from tray_app.adapters.settings_text import text_of  # noqa: PLC0415 — see above
        from tray_app.adapters.settings_writing import HEAD, CannotChangeError, changed  # noqa: PLC0415 — see above

        content = self._content()
        text = HEAD if content is None else text_of(content)
        try:
            after = changed(text, configuration).encode()
        except CannotChangeError as error:
            raise SettingsError(SettingsNotWritten(error_name(error))) from None
        if after != content:
            self._write(after)

    def _write(self, content: bytes) -> None:
        # A link belongs to whoever keeps settings in a folder of their own.
        target = Path(os.path.realpath(self._path))
        try:
            if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
                # Its folder would let us, and its owner means it.
                raise SettingsError(SettingsReadOnly())
            make_private_folder(self._path.parent)
            remove_leftovers(self._path.parent)
            write_whole(target, content)
        except OSError as error:
            raise SettingsError(_problem_of(error)) from None

    def _content(self) -> bytes | None:
        """Return the file's bytes, None where there is no file."""
        try:
            found = self._path.stat()
            if not stat.S_ISREG(found.st_mode):
                raise SettingsError(SettingsUnreadable("not a file"))
            with self._path.open("rb") as stream:
                content = stream.read(_MOST_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SettingsError(SettingsUnreadable(error_name(error))) from None
        if len(content) > _MOST_BYTES:
            raise SettingsError(SettingsTooLarge())
        return content


def _problem_of(error: OSError) -> SettingsProblem:
    if error.errno in _FULL:
        return SettingsDiskFull()
    if error.errno in _READ_ONLY:
        return SettingsReadOnly()
    return SettingsNotWritten(error_name(error))
