from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import (
    DAY,
    START,
    entries_of,
    history_in,
    readings_of,
    recorded,
)
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.history import Entry
from tray_app.core.history_problem import HistoryBusy, HistoryError
from tray_app.core.money import Usd
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from pathlib import Path

# Stored as text, so that the file's bytes can be searched for it.
SECRET = "86420.97531"


def secret_readings(count: int = 400) -> list[BalanceReading]:
    return [
        BalanceReading(Usd.of_units_text(SECRET), START + number * DAY) for number in range(count)
    ]


def bytes_in(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


def test_nothing_of_a_deleted_history_is_left_in_any_file(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, secret_readings())
        assert SECRET.encode() in bytes_in(tmp_path)
        history.delete()
        assert list(history.entries()) == []
        # While the file is open too, with the log beside it.
        assert SECRET.encode() not in bytes_in(tmp_path)
        assert (tmp_path / f"{HISTORY_NAME}-wal").stat().st_size == 0
    assert [each.name for each in tmp_path.iterdir()] == [HISTORY_NAME]


def test_a_history_goes_on_after_it_was_deleted_and_knows_no_key(tmp_path: Path) -> None:
    (reading,) = readings_of(["5"])
    with closing(history_in(tmp_path)) as history:
        recorded(history, secret_readings(3), "a")
        history.delete()
        assert history.append(reading, "b") == Entry(reading)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        assert connection.execute("SELECT key_mark FROM account").fetchall() == [("b",)]


def test_other_accounts_stay(tmp_path: Path) -> None:
    readings = readings_of(["5", "4"])
    with closing(history_in(tmp_path)) as ours, closing(history_in(tmp_path, "other")) as theirs:
        recorded(ours, secret_readings(3))
        recorded(theirs, readings)
        ours.delete()
        assert list(theirs.entries()) == entries_of(readings)


def test_backups_and_broken_files_go_too_and_nothing_else(tmp_path: Path) -> None:
    kept = ["settings.toml", "history.csv", "polling-share"]
    gone = [
        f"{HISTORY_NAME}.v1.bak",
        f"{HISTORY_NAME}.damaged-20261125T140501Z",
        f"{HISTORY_NAME}.damaged-20261125T140501Z-wal",
        f".{HISTORY_NAME}.v1.bak.new",
    ]
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5"]))
        for name in kept + gone:
            (tmp_path / name).write_text(SECRET)
        history.delete()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([HISTORY_NAME, *kept])


def test_deleting_what_does_not_exist_is_done(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        history.delete()
        assert history.last() is None


def test_a_history_in_memory_is_deleted_too() -> None:
    with closing(HistoryFile(None, zone=UTC)) as history:
        recorded(history, readings_of(["5", "4"]))
        history.delete()
        assert list(history.entries()) == []


def test_nobody_is_told_that_it_is_gone_while_another_program_reads_it(tmp_path: Path) -> None:
    with closing(HistoryFile(tmp_path / HISTORY_NAME, zone=UTC, patience=DAY * 0)) as history:
        recorded(history, secret_readings(3))
        with closing(sqlite3.connect(tmp_path / HISTORY_NAME, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entry").fetchall()
            with pytest.raises(HistoryError) as caught:
                history.delete()
            assert caught.value.problem == HistoryBusy()
            reader.execute("COMMIT")
        history.delete()
        assert SECRET.encode() not in bytes_in(tmp_path)


def test_the_file_shrinks(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        history.import_readings(entries_of(secret_readings(5000)))
        history.close()
        before = (tmp_path / HISTORY_NAME).stat().st_size
        history.delete()
    assert (tmp_path / HISTORY_NAME).stat().st_size * 10 < before
