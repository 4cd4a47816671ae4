"""The folders that the program writes to, closed to everybody else."""

from __future__ import annotations

import contextlib
import os
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import platformdirs

from tray_app.core.account_name import DEFAULT_ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE: Final = "NOVITA_TRAY_HOME"
"""Names one folder for everything: a second set of settings, or a stick to carry along."""
HISTORY_NAME: Final = "history.db"
"""The history's file in the data folder, where there is one account."""
SETTINGS_NAME: Final = "settings.toml"
"""The settings' file in the folder for them."""
_NAME: Final = "novita-tray"
_PRIVATE_FOLDER: Final = 0o700
_PRIVATE_FILE: Final = 0o600
_UNFINISHED: Final = ".new"
_LONGEST_WRITE_SECONDS: Final = 60


def file_name_of(kind: str, account: str, suffix: str) -> str:
    """Return the name of an account's file; that of the account without a name is the plain one."""
    return f"{kind}.{suffix}" if account == DEFAULT_ACCOUNT else f"{kind}-{account}.{suffix}"


class Folders(NamedTuple):
    """Absolute paths; none has to exist.

    No dataclass: the icon waits for this, and nothing else before it needs what builds those.
    """

    config: Path
    """What the user chose."""
    data: Path
    """What the program remembers."""
    logs: Path
    runtime: Path
    """What lasts no longer than the session: lock and socket."""
    home: Path | None = None
    """What ``NOVITA_TRAY_HOME`` names, around the others; None without it."""

    def make(self) -> None:
        """Make every folder, closed to others; OSError where one cannot be made."""
        for folder in (self.config, self.data, self.logs, self.runtime):
            make_private_folder(folder)


def folders_of(environ: Mapping[str, str]) -> Folders:
    """Return the folders of this user, or those below ``NOVITA_TRAY_HOME``.

    Without it they are the platform's own: XDG's on Linux, below Library on macOS, below AppData
    on Windows (platformdirs).
    """
    home = environ.get(HOME_VARIABLE, "")
    if home:
        # Unlike pathlib's, this leaves the "~" of a user who does not exist as it is.
        root = Path(os.path.expanduser(home)).absolute()  # noqa: PTH111 — see above
        return Folders(root / "config", root / "data", root / "logs", root / "run", home=root)
    system = platformdirs.PlatformDirs(_NAME, appauthor=False, roaming=False)
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR it is a folder of the user's below the temporary one, which
        # platformdirs would tell whoever looks at standard error.
        warnings.simplefilter("ignore", UserWarning)
        runtime = system.user_runtime_path
    return Folders(
        config=system.user_config_path,
        data=system.user_data_path,
        logs=system.user_log_path,
        runtime=runtime,
    )


def own_folders(folders: Folders) -> tuple[Path, ...]:
    """Return the folders and those around them that are this program's alone, the inner ones first.

    The one that ``NOVITA_TRAY_HOME`` names is among them; what is shared with other programs, such
    as ``~/.local/share``, is not.
    """
    found = {folders.config, folders.data, folders.logs, folders.runtime}
    found.update(folder.parent for folder in tuple(found) if folder.parent.name == _NAME)
    if folders.home is not None:
        found.add(folders.home)
    return tuple(sorted(found, key=lambda folder: (-len(folder.parts), folder)))


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this user can enter, and its parents as they come.

    One that is there is closed to others too. Raises OSError where that is not possible.
    """
    # XDG Base Directory: what is made on the way is private too; mkdir would leave it open.
    for missing in reversed([each for each in folder.parents if not each.exists()]):
        missing.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(_PRIVATE_FOLDER)


def private_opener(path: str, flags: int) -> int:
    """Open a file that only this user can read: the ``opener`` of :func:`open`."""
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    if os.name == "posix" and os.fstat(descriptor).st_mode & 0o077:
        os.fchmod(descriptor, _PRIVATE_FILE)
    return descriptor


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file so that whoever reads it, at any moment, finds the old or the new one.

    The content reaches the disk before the name does: neither a kill nor a power cut leaves half
    a file. Raises OSError; the old file stands then.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}{_UNFINISHED}")
    try:
        with open(beside, "wb", opener=private_opener) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def remove_leftovers(folder: Path) -> None:
    """Remove what :func:`write_whole` could not, because it was killed in the middle.

    Those of the last minute may be another program's, which is just writing.
    """
    with contextlib.suppress(OSError):
        for path in folder.glob(f".*{_UNFINISHED}"):
            if time.time() - path.stat().st_mtime > _LONGEST_WRITE_SECONDS:
                path.unlink()


def sync_folder(folder: Path) -> None:
    """Put the new name on the disk too, where folders can be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
