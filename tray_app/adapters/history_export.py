"""The history written to a file of the user's, whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from tray_app.adapters.history_csv import write_csv
from tray_app.adapters.paths import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from tray_app.core.history import Entry

    class Readable(Protocol):
        """What an export takes from a history."""

        def entries(self) -> Iterator[Entry]:
            """Yield the entries, oldest first."""
            ...


def export_csv(history: Readable, path: str) -> None:
    """Write every entry as CSV to ``path``, which only this user can read then.

    A file that is there is replaced once all is written. Raises HistoryError and OSError.
    """
    text = io.StringIO(newline="")
    write_csv(text, history.entries())
    write_whole(Path(path), text.getvalue().encode("utf-8"))
