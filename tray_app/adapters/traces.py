"""What the program wrote into its folders, told from what others put there by name and content.

docs/files.md says the same to people; a test holds the two and the program against each other.
"""

from __future__ import annotations

import contextlib
import re
import stat
from typing import TYPE_CHECKING, Final

from tray_app.adapters.crash_file import CRASH_NAME, PREVIOUS_CRASH_NAME
from tray_app.adapters.history_opening import is_ours
from tray_app.adapters.last_look import FILE_NAME as LOOK_NAME
from tray_app.adapters.log_file import LOG_NAME
from tray_app.adapters.own_share import FILE_NAME as SHARE_NAME
from tray_app.adapters.paths import SETTINGS_NAME, own_folders
from tray_app.core.account_name import DEFAULT_ACCOUNT, InvalidAccountNameError, account_name
from tray_app.core.light_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tray_app.adapters.paths import Folders

# As adapters/paths.py names the files of an account.
_ACCOUNT: Final = r"(?:-(?P<account>[A-Za-z0-9][A-Za-z0-9._-]{0,31}))?"
_HISTORY: Final = re.compile(rf"history{_ACCOUNT}\.db(?:-wal|-shm|-journal)?", re.ASCII)
_BESIDE_HISTORY: Final = re.compile(
    rf"history{_ACCOUNT}\.db"
    r"(?:\.v\d+\.bak|\.damaged-\d{8}T\d{6}Z(?:-\d+)?)(?:-wal|-shm|-journal)?",
    re.ASCII,
)
_ALERTS: Final = re.compile(rf"alerts{_ACCOUNT}\.json", re.ASCII)
_SOCKET: Final = re.compile(r"(?:tray|demo)-[0-9a-f]{8}", re.ASCII)
_UNFINISHED: Final = re.compile(r"\.(?P<name>.+)\.\d+\.new(?:-journal)?", re.ASCII)
_CONFIG_NAMES: Final = frozenset({SETTINGS_NAME})
_CODE: Final = re.compile(r"binding\.[A-Za-z0-9-]+\.bytecode", re.ASCII)
_DATA_NAMES: Final = frozenset({SHARE_NAME, LOOK_NAME, "tray.lock"})
_LOG_NAMES: Final = frozenset(
    {LOG_NAME, f"{LOG_NAME}.1", f"{LOG_NAME}.2", CRASH_NAME, PREVIOUS_CRASH_NAME}
)
_RUNTIME_NAMES: Final = frozenset({"demo.lock"})


@dataclass(frozen=True, slots=True)
class Traces:
    """What lies in the program's folders now."""

    files: tuple[Path, ...]
    """The program's: files, sockets, and links in their place."""
    foreign: tuple[Path, ...]
    """Anything else; also where a link of the program's file leads to."""
    folders: tuple[Path, ...]
    """The folders that are there, each behind those inside it."""
    accounts: tuple[str, ...]
    """Whose files these are."""


def traces_of(folders: Folders) -> Traces:
    """Look through the folders; a folder that cannot be read counts as foreign."""
    files: list[Path] = []
    foreign: list[Path] = []
    accounts: set[str] = set()
    own = own_folders(folders)
    for folder in own:
        for path in _entries(folder, foreign):
            if path in own:
                continue
            if _is_own(path, folders):
                files.append(path)
                accounts.update(_accounts_of(path))
                if path.is_symlink() and path.exists():
                    foreign.append(path.resolve())
            elif folder != folders.home:
                foreign.append(path)
    there = tuple(folder for folder in own if folder.exists())
    return Traces(tuple(files), tuple(foreign), there, tuple(sorted(accounts)))


def remove_files(paths: Sequence[Path]) -> tuple[tuple[Path, str], ...]:
    """Remove files; return those that could not be, with the system's reason."""
    left = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            left.append((path, error.strerror or type(error).__name__))
    return tuple(left)


def remove_empty_folders(folders: Sequence[Path]) -> None:
    """Remove those in which nothing is left; a link in a folder's place belongs to its owner."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _entries(folder: Path, unreadable: list[Path]) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError:
        unreadable.append(folder)


def _is_own(path: Path, folders: Folders) -> bool:
    unfinished = _UNFINISHED.fullmatch(path.name)
    name = path.name if unfinished is None else unfinished["name"]
    try:
        mode = path.lstat().st_mode
    except OSError:
        # It went just now.
        return False
    if stat.S_ISSOCK(mode):
        return path.parent == folders.runtime and _SOCKET.fullmatch(name) is not None
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        return False
    # On some systems several of these are one folder.
    return (
        (path.parent == folders.config and name in _CONFIG_NAMES)
        or (path.parent == folders.data and _is_data(path, name))
        or (path.parent == folders.logs and name in _LOG_NAMES)
        or (path.parent == folders.runtime and name in _RUNTIME_NAMES)
    )


def _is_data(path: Path, name: str) -> bool:
    if name in _DATA_NAMES or any(
        pattern.fullmatch(name) for pattern in (_ALERTS, _BESIDE_HISTORY, _CODE)
    ):
        return True
    if not _HISTORY.fullmatch(name):
        return False
    # Another program's database may have the name; what SQLite has beside it is that one's then.
    main = path.with_name(re.sub(r"-(?:wal|shm|journal)\Z", "", path.name))
    return not main.exists() or _is_ours(main)


def _is_ours(path: Path) -> bool:
    try:
        return is_ours(path)
    except Exception:  # noqa: BLE001 — whatever SQLite says: what cannot be told is not ours
        return False


def _accounts_of(path: Path) -> Iterator[str]:
    for pattern in (_HISTORY, _BESIDE_HISTORY, _ALERTS):
        found = pattern.fullmatch(path.name)
        if found is not None:
            with contextlib.suppress(InvalidAccountNameError):
                yield account_name(found["account"] or DEFAULT_ACCOUNT)
