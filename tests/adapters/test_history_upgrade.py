from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import MINUTE, entries_of, history_in, moved, readings_of, recorded
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.history_schema import STEPS
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.history_problem import HistoryError, HistoryFailed

if TYPE_CHECKING:
    from pathlib import Path

    from tray_app.adapters.history_schema import Step

READINGS = readings_of(["9", "8", "28"])


def add_note(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE entry ADD COLUMN note TEXT")


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE account ADD COLUMN colour TEXT")


def fail_in_the_middle(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM entry")
    connection.execute("ALTER TABLE entry ADD COLUMN half TEXT")
    connection.execute("SELECT nothing FROM nowhere")


def upgraded(folder: Path, *steps: Step) -> HistoryFile:
    return HistoryFile(folder / HISTORY_NAME, zone=UTC, steps=(*STEPS, *steps))


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def columns_of(path: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def entries_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a folder with a history of version 1."""
    with closing(history_in(tmp_path)) as history:
        recorded(history, READINGS)
    return tmp_path


def test_each_step_is_taken_once_with_a_backup_before_it(old: Path) -> None:
    with closing(upgraded(old, add_note, add_colour)) as history:
        assert list(history.entries()) == entries_of(READINGS)
    assert version_of(old / HISTORY_NAME) == 3
    assert "note" in columns_of(old / HISTORY_NAME, "entry")
    assert "colour" in columns_of(old / HISTORY_NAME, "account")
    one, two = old / f"{HISTORY_NAME}.v1.bak", old / f"{HISTORY_NAME}.v2.bak"
    assert sorted(each.name for each in old.iterdir()) == [HISTORY_NAME, one.name, two.name]
    assert (version_of(one), version_of(two)) == (1, 2)
    assert "note" not in columns_of(one, "entry")
    assert "note" in columns_of(two, "entry")
    assert "colour" not in columns_of(two, "account")
    assert entries_in(one) == entries_in(two) == 3
    # A step that was taken is none any more: a second time it would fail.
    with closing(upgraded(old, add_note, add_colour)) as history:
        assert history.last() is not None


def test_a_backup_is_a_history_that_the_older_version_opens(old: Path) -> None:
    with closing(upgraded(old, add_note)) as history:
        history.last()
    restored = old / "restored"
    restored.mkdir()
    (old / f"{HISTORY_NAME}.v1.bak").rename(restored / HISTORY_NAME)
    with closing(history_in(restored)) as history:
        assert list(history.entries()) == entries_of(READINGS)


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_backups_are_closed_to_others(old: Path) -> None:
    before = os.umask(0)
    try:
        with closing(upgraded(old, add_note)) as history:
            history.last()
    finally:
        os.umask(before)
    assert (old / f"{HISTORY_NAME}.v1.bak").stat().st_mode & 0o777 == 0o600


def test_what_only_the_log_holds_is_in_the_backup_too(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, READINGS)
        # The log is not in the file yet, as after a kill.
        with closing(upgraded(tmp_path, add_note)) as newer:
            newer.last()
    assert entries_in(tmp_path / f"{HISTORY_NAME}.v1.bak") == 3


def test_a_step_that_fails_leaves_the_old_file_and_says_so_each_time(old: Path) -> None:
    with closing(upgraded(old, add_note, fail_in_the_middle)) as history:
        for _ in range(2):
            with pytest.raises(HistoryError) as caught:
                history.last()
            assert caught.value.problem == HistoryFailed("SQLITE_ERROR")
    # The step before it stands; of the one that failed there is nothing.
    assert version_of(old / HISTORY_NAME) == 2
    assert "half" not in columns_of(old / HISTORY_NAME, "entry")
    with closing(upgraded(old, add_note)) as history:
        assert list(history.entries()) == entries_of(READINGS)
        history.append(moved(READINGS[-1], MINUTE), "a")
        assert len(list(history.entries())) == 4


def test_without_room_for_a_backup_no_step_is_taken(old: Path) -> None:
    (old / f"{HISTORY_NAME}.v1.bak" / "in the way").mkdir(parents=True)
    with closing(upgraded(old, add_note)) as history, pytest.raises(HistoryError) as caught:
        history.last()
    assert isinstance(caught.value.problem, HistoryFailed)
    assert version_of(old / HISTORY_NAME) == 1
    assert [each.name for each in old.iterdir() if each.name.startswith(".")] == []
    with closing(history_in(old)) as history:
        assert list(history.entries()) == entries_of(READINGS)


class OvertakenSteps(tuple["Step", ...]):
    """Steps that another program takes right after this one has looked at the version."""

    __slots__ = ()
    folder: Path

    def __len__(self) -> int:
        if not (self.folder / "overtaken").exists():
            (self.folder / "overtaken").touch()
            with closing(upgraded(self.folder, add_note)) as other:
                other.last()
        return super().__len__()


def test_a_step_that_another_program_has_just_taken_is_not_taken_again(old: Path) -> None:
    OvertakenSteps.folder = old
    steps = OvertakenSteps((*STEPS, add_note))
    with closing(HistoryFile(old / HISTORY_NAME, zone=UTC, steps=steps)) as history:
        assert list(history.entries()) == entries_of(READINGS)
    assert (old / "overtaken").exists()
    assert version_of(old / f"{HISTORY_NAME}.v1.bak") == 1


def test_a_new_file_takes_all_steps_and_needs_no_backup(tmp_path: Path) -> None:
    with closing(upgraded(tmp_path, add_note)) as history:
        recorded(history, READINGS)
    assert version_of(tmp_path / HISTORY_NAME) == 2
    assert [each.name for each in tmp_path.iterdir()] == [HISTORY_NAME]
