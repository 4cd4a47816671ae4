"""Tells when the settings file was changed, by whomever."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

# An editor empties, writes, renames: what lies within this is one change.
_SETTLING_MILLISECONDS: Final = 200


class SettingsWatch(QObject):
    """Watches one file by its path: it may come, go, be replaced, and be a link.

    Its folder is watched too, since most programs put a new file in the old one's place, and so
    is the folder of what a link leads to. A folder that is missing is waited for in the nearest
    one above it that is there.
    """

    changed = Signal()
    """The file is another than before, or there is none any more; also after one's own save."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_stir)
        self._watcher.directoryChanged.connect(self._on_stir)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLING_MILLISECONDS)
        self._settling.timeout.connect(self._on_settled)
        self._watch()
        self._seen = self._look()

    @Slot()
    def _on_stir(self) -> None:
        # What was replaced is no longer watched, so the next change would go by.
        self._watch()
        self._settling.start()

    @Slot()
    def _on_settled(self) -> None:
        self._watch()
        seen = self._look()
        if seen != self._seen:
            self._seen = seen
            self.changed.emit()

    def _watch(self) -> None:
        wanted = {str(path) for path in self._places()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - watched:
            self._watcher.addPaths(sorted(new))

    def _places(self) -> set[Path]:
        # Unlike pathlib's, these tell nothing but "no" of a link to itself or a closed folder.
        target = Path(os.path.realpath(self._path))
        places = {_nearest_folder(self._path), _nearest_folder(target)}
        return places | {target} if os.path.exists(target) else places  # noqa: PTH110 — see above

    def _look(self) -> tuple[int, ...] | None:
        """Return what changes with the file, None where there is none; a reader looks closer."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode)


def _nearest_folder(path: Path) -> Path:
    return next((folder for folder in path.parents if os.path.isdir(folder)), path.parent)  # noqa: PTH112 — as above
