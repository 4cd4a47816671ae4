"""A program that records readings until it is killed: ``python -m tests.adapters.history_writer``.

It goes on where the history ends, and says of each reading that it is recorded when it is. Every
now and then it folds, imports or closes the file, so that a kill meets these too.
"""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path

from tests.adapters.histories import DAY, FIVE_MINUTES, MINUTE, START, moved
from tests.core.samples import usd
from tray_app.adapters.history_file import HistoryFile
from tray_app.core.history import Entry
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading


def main(path: Path) -> None:
    """Record as quickly as it goes."""
    history = HistoryFile(path, zone=UTC)
    last = history.last()
    reading = BalanceReading(usd("9000"), START) if last is None else last.reading
    number = 0
    while True:
        number += 1
        reading = BalanceReading(
            reading.available - Usd.of_units(number % 7), reading.taken_at + FIVE_MINUTES
        )
        history.append(reading, "a")
        print(reading.taken_at.isoformat(), flush=True)  # noqa: T201 — whoever kills reads it
        if number % 40 == 0:
            history.fold(reading.taken_at + 45 * DAY)
        if number % 60 == 0:
            history.import_readings([Entry(moved(reading, -MINUTE))])
        if number % 100 == 0:
            history.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
