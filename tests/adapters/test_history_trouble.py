"""The history in trouble that the system makes: full, read-only and busy, gone, and killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import (
    DAY,
    FIVE_MINUTES,
    START,
    assert_sums_hold,
    entries_of,
    history_in,
    readings_of,
    recorded,
)
from tray_app.adapters.history_file import HistoryFile
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryDiskFull,
    HistoryError,
    HistoryFailed,
    HistoryProblem,
    HistoryReadOnly,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READINGS = readings_of(["9", "8", "7", "6", "5"])
_ROOT = Path(__file__).parents[2]


def _may_mount() -> bool:
    """Return whether this process may mount: root in a container often may not."""
    unshare = shutil.which("unshare")
    return (
        unshare is not None
        and not subprocess.run(
            [unshare, "--mount", "true"], check=False, capture_output=True
        ).returncode
    )


mounting = pytest.mark.skipif(not _may_mount(), reason="a disk of our own needs leave to mount")


def problem_of(call: Callable[[], object]) -> HistoryProblem:
    with pytest.raises(HistoryError) as caught:
        call()
    return caught.value.problem


@contextmanager
def small_disk(folder: Path, size: str = "512k") -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path) -> Path:
    """Leave no byte of the disk; return the file that takes them."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as stream:
        while True:
            try:
                stream.write(bytes(4096))
            except OSError:
                return filler


@mounting
def test_a_full_disk_takes_nothing_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, closing(history_in(disk)) as history:
        recorded(history, READINGS[:2])
        filler = fill(disk)
        later = readings_of(map(str, range(900, 0, -1)), start=START + DAY)
        problems = set()
        for reading in later:
            try:
                history.append(reading, "a")
            except HistoryError as error:
                problems.add(error.problem)
        assert problems == {HistoryDiskFull()}
        kept = list(history.entries())
        assert kept[:2] == entries_of(READINGS[:2])
        assert_sums_hold(kept)
        filler.unlink()
        history.append(later[-1], "a")
        assert list(history.entries())[: len(kept)] == kept


@mounting
def test_a_full_disk_at_the_start_is_said_and_tried_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        filler = fill(disk)
        with closing(history_in(disk)) as history:
            for _ in range(2):
                assert problem_of(lambda: history.append(READINGS[0], "a")) == HistoryDiskFull()
            filler.unlink()
            history.append(READINGS[0], "a")
            assert list(history.entries()) == entries_of(READINGS[:1])


@mounting
def test_a_history_that_is_there_opens_on_a_full_disk_once_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        with closing(history_in(disk)) as history:
            recorded(history, READINGS[:2])
        before = (disk / HISTORY_NAME).read_bytes()
        filler = fill(disk)
        with closing(history_in(disk)) as history:
            assert problem_of(lambda: history.append(READINGS[2], "a")) == HistoryDiskFull()
            assert (disk / HISTORY_NAME).read_bytes() == before
            filler.unlink()
            history.append(READINGS[2], "a")
            assert list(history.entries()) == entries_of(READINGS[:3])


@mounting
def test_an_import_that_fills_the_disk_leaves_the_history_as_it_was(tmp_path: Path) -> None:
    many = entries_of(readings_of([str(19000 - n) for n in range(15_000)], start=START + DAY))
    with small_disk(tmp_path / "disk") as disk, closing(history_in(disk)) as history:
        recorded(history, READINGS)
        assert problem_of(lambda: history.import_readings(many)) == HistoryDiskFull()
        assert list(history.entries()) == entries_of(READINGS)


@mounting
def test_a_disk_that_becomes_read_only_is_said_and_then_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        with closing(history_in(disk)) as history:
            recorded(history, READINGS[:2])
        before = (disk / HISTORY_NAME).read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with closing(history_in(disk)) as history:
            for _ in range(2):
                assert problem_of(lambda: history.append(READINGS[2], "a")) == HistoryReadOnly()
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
            assert (disk / HISTORY_NAME).read_bytes() == before
            history.append(READINGS[2], "a")
            assert list(history.entries()) == entries_of(READINGS[:3])


@mounting
def test_a_disk_that_is_read_only_from_the_start_takes_no_new_history(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with closing(history_in(disk)) as history:
            assert problem_of(history.last) == HistoryReadOnly()
        with closing(history_in(disk / "data")) as history:
            assert problem_of(history.last) == HistoryReadOnly()


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of a process are POSIX's")
    with closing(history_in(tmp_path)) as history:
        recorded(history, READINGS[:2])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with closing(history_in(tmp_path)) as history:
            assert problem_of(lambda: history.append(READINGS[2], "a")) == HistoryDiskFull()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    with closing(history_in(tmp_path)) as history:
        history.append(READINGS[2], "a")
        assert list(history.entries()) == entries_of(READINGS[:3])


@mounting
def test_a_file_that_may_not_be_written_can_still_be_read(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, READINGS[:2])
    file = tmp_path / HISTORY_NAME
    subprocess.run(["mount", "--bind", file, file], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", file], check=True)
        with closing(history_in(tmp_path)) as history:
            for _ in range(2):
                assert problem_of(lambda: history.append(READINGS[2], "a")) == HistoryReadOnly()
                assert list(history.entries()) == entries_of(READINGS[:2])
                assert problem_of(history.delete) == HistoryReadOnly()
    finally:
        subprocess.run(["umount", "--lazy", file], check=True)
    with closing(history_in(tmp_path)) as history:
        history.append(READINGS[2], "a")
        assert list(history.entries()) == entries_of(READINGS[:3])


def test_another_program_that_writes_is_waited_for_and_then_said(tmp_path: Path) -> None:
    history = HistoryFile(tmp_path / HISTORY_NAME, zone=UTC, patience=timedelta(milliseconds=50))
    with closing(history):
        recorded(history, READINGS[:2])
        with closing(sqlite3.connect(tmp_path / HISTORY_NAME, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert problem_of(lambda: history.append(READINGS[2], "a")) == HistoryBusy()
            assert problem_of(lambda: history.fold(START + 200 * DAY)) == HistoryBusy()
            # Who reads waits for nobody.
            assert list(history.entries()) == entries_of(READINGS[:2])
            other.execute("ROLLBACK")
        history.append(READINGS[2], "a")
        assert list(history.entries()) == entries_of(READINGS[:3])


def test_a_file_that_is_held_when_it_is_opened_is_tried_again(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, READINGS[:2])
    history = HistoryFile(tmp_path / HISTORY_NAME, zone=UTC, patience=timedelta(milliseconds=50))
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(2):
            assert problem_of(history.last) == HistoryBusy()
    with closing(history):
        assert list(history.entries()) == entries_of(READINGS[:2])


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    with closing(history_in(tmp_path / "not" / "there")) as history:
        recorded(history, READINGS[:1])
    assert (tmp_path / "not" / "there" / HISTORY_NAME).is_file()


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no folder with open files")
def test_a_folder_that_is_removed_under_it_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with closing(history_in(folder)) as history:
        recorded(history, READINGS[:2])
        assert not history.changed_elsewhere()
        shutil.rmtree(folder)
        assert history.append(READINGS[2], "a").since is None
        assert history.changed_elsewhere()
        assert not history.changed_elsewhere()
        history.append(READINGS[3], "a")
    with closing(history_in(folder)) as history:
        assert list(history.entries()) == entries_of(READINGS[2:4])


@pytest.mark.skipif(os.name != "posix", reason="Windows replaces no open file")
def test_a_file_that_was_put_in_its_place_is_read(tmp_path: Path) -> None:
    with closing(history_in(tmp_path / "backup")) as backup:
        recorded(backup, READINGS[:3])
    with closing(history_in(tmp_path)) as history:
        recorded(history, READINGS[:1])
        # With the log that belongs to the old one, as SQLite asks.
        for name in (f"{HISTORY_NAME}-wal", f"{HISTORY_NAME}-shm"):
            (tmp_path / name).unlink()
        (tmp_path / "backup" / HISTORY_NAME).replace(tmp_path / HISTORY_NAME)
        assert list(history.entries()) == entries_of(READINGS[:3])
        assert history.changed_elsewhere()
        history.append(READINGS[3], "a")
    with closing(history_in(tmp_path)) as history:
        assert list(history.entries()) == entries_of(READINGS[:4])


def test_a_file_in_the_folders_place_fails_by_name(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with closing(history_in(tmp_path / "data")) as history:
        assert isinstance(problem_of(history.last), HistoryFailed)
    assert (tmp_path / "data").read_text() == "in the way"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_kills_leave_the_file_whole_with_all_that_was_recorded(tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 — no secret
    told = START
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.adapters.history_writer", tmp_path / HISTORY_NAME],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            for _ in range(chance.randrange(1, 250)):
                told = datetime.fromisoformat(writer.stdout.readline().strip())
            writer.kill()
            for line in writer.stdout:
                if line.endswith("\n"):
                    told = datetime.fromisoformat(line.strip())
        with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with closing(history_in(tmp_path)) as history:
        entries = list(history.entries())
    assert_sums_hold(entries)
    assert all(entry.since is not None for entry in entries[1:])
    # Nothing that was told is missing; at most one more was written than told.
    assert told <= entries[-1].reading.taken_at <= told + FIVE_MINUTES
