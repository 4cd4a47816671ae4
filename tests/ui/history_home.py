"""A history in a file of the test's, with what the program does to it outside of its windows."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from tray_app.adapters.history_export import export_csv
from tray_app.adapters.history_file import HistoryFile
from tray_app.recall import recall

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.adapters.history_export import Readable
    from tray_app.core.remembered import Remembered
    from tray_app.recall import Recallable

_PATIENCE: Final = timedelta(milliseconds=50)


class FileHome:
    """What the composition root hands to the history's worker."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def has_history(self) -> bool:
        return self._path.exists()

    def make_history(self) -> HistoryFile:
        return HistoryFile(self._path, zone=UTC, patience=_PATIENCE)

    def recall_history(self, history: Recallable) -> Remembered | None:
        return recall(history)

    def export_history(self, history: Readable, path: str) -> None:
        export_csv(history, path)
