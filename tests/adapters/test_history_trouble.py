"""The history's file in trouble: named, nothing overwritten, and gone on with afterwards."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.histories import (
    HOUR,
    START,
    assert_sums_hold,
    history_in,
    readings_of,
    recorded,
)
from tray_app.adapters.history_file import FILE_NAME, HistoryFile
from tray_app.adapters.history_schema import APPLICATION_ID, STEPS
from tray_app.core.history_problem import (
    HistoryBusy,
    HistoryDamaged,
    HistoryDiskFull,
    HistoryError,
    HistoryFailed,
    HistoryForeign,
    HistoryProblem,
    HistoryReadOnly,
    HistoryTooNew,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIVE: Final = readings_of(["10", "9", "8", "7", "6"])
LATER: Final = readings_of(["5"], start=START + HOUR)
ROOT: Final = Path(__file__).parents[2]


def filled(folder: Path) -> Path:
    """Return the path of a history with five entries."""
    with closing(history_in(folder)) as history:
        recorded(history, FIVE)
    return folder / FILE_NAME


def problem_of_append(history: HistoryFile) -> HistoryProblem:
    with pytest.raises(HistoryError) as raised:
        history.append(LATER[0], "a")
    return raised.value.problem


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a small disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_named_and_gone_on_with_when_there_is_room(small_disk: Path) -> None:
    with closing(history_in(small_disk)) as history:
        recorded(history, FIVE)
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
            while stream.tell() < 2**20:
                stream.write(b"\0" * 4096)
        seen = set()
        number = 0
        # What lies in the write-ahead log's own room still goes in.
        while HistoryDiskFull() not in seen and number < 2_000:
            number += 1
            reading = readings_of(["5"], start=START + HOUR + number * timedelta(minutes=1))[0]
            try:
                history.append(reading, "a")
            except HistoryError as error:
                seen.add(error.problem)
        assert seen == {HistoryDiskFull()}
        assert [entry.reading for entry in history.entries()][:5] == FIVE
        filler.unlink()
        history.append(readings_of(["4"], start=START + 100 * HOUR)[0], "a")
        assert_sums_hold(list(history.entries()))


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    filled(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with closing(history_in(tmp_path)) as history:
            assert problem_of_append(history) == HistoryDiskFull()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    with closing(history_in(tmp_path)) as history:
        history.append(LATER[0], "a")
        assert len(list(history.entries())) == 6


def test_a_file_that_another_program_holds_is_named_and_written_once_it_lets_go(
    tmp_path: Path,
) -> None:
    path = filled(tmp_path)
    history = HistoryFile(path, zone=UTC, patience=timedelta(milliseconds=30))
    with closing(history), closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert problem_of_append(history) == HistoryBusy()
        holder.execute("ROLLBACK")
        history.append(LATER[0], "a")
        assert len(list(history.entries())) == 6


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder with a history that cannot be written to, by root neither."""
    folder = tmp_path / "data"
    folder.mkdir()
    filled(folder)
    if os.geteuid() != 0:
        (folder / FILE_NAME).chmod(0o400)
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_read_only_place_is_named_and_left_as_it_is(read_only: Path) -> None:
    before = content_of(read_only)
    with closing(history_in(read_only)) as history:
        assert problem_of_append(history) == HistoryReadOnly()
        assert problem_of_append(history) == HistoryReadOnly()
    assert content_of(read_only) == before


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2 - 100]


def garbled(content: bytes) -> bytes:
    return content[:4096] + b"\xa5" * (len(content) - 4096)


@pytest.mark.parametrize(
    "damage",
    [cut, garbled, lambda _: b"\0" * 9000, lambda _: b"taken_at,available\n" * 500, lambda _: b"x"],
    ids=["cut", "garbled", "zeros", "another format", "one byte"],
)
def test_a_damaged_file_is_kept_aside_and_a_new_one_begun(tmp_path: Path, damage: object) -> None:
    path = filled(tmp_path)
    assert callable(damage)
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    with closing(history_in(tmp_path)) as history:
        problem = problem_of_append(history)
        assert isinstance(problem, HistoryDamaged)
        assert (tmp_path / problem.kept_as).read_bytes() == broken
        # Told once: the same call made again begins anew.
        entry = history.append(LATER[0], "a")
        assert entry.since is None
        assert [each.reading for each in history.entries()] == LATER


def test_a_second_damaged_file_of_the_same_second_takes_no_name(tmp_path: Path) -> None:
    kept = set()
    with closing(history_in(tmp_path)) as history:
        for number in range(3):
            history.close()
            (tmp_path / FILE_NAME).write_bytes(b"no database %d" % number)
            problem = problem_of_append(history)
            assert isinstance(problem, HistoryDamaged)
            kept.add(problem.kept_as)
    assert len(kept) == 3


def test_an_empty_file_is_begun_in(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with closing(history_in(tmp_path)) as history:
        assert history.append(FIVE[0], "a").since is None


@pytest.mark.parametrize("application_id", [0, APPLICATION_ID + 1])
def test_another_program_s_file_is_left_alone(tmp_path: Path, application_id: int) -> None:
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE entry (name TEXT)")
        foreign.execute(f"PRAGMA application_id = {application_id}")
        foreign.commit()
    before = content_of(tmp_path)
    with closing(history_in(tmp_path)) as history:
        for _ in range(2):
            assert problem_of_append(history) == HistoryForeign()
            with pytest.raises(HistoryError):
                list(history.entries())
            with pytest.raises(HistoryError):
                history.delete()
    assert content_of(tmp_path) == before


def test_a_folder_in_the_file_s_place_is_foreign(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with closing(history_in(tmp_path)) as history:
        assert problem_of_append(history) == HistoryForeign()


def test_a_later_version_s_file_is_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version = 9")
        later.commit()
    before = content_of(tmp_path)
    with closing(history_in(tmp_path)) as history:
        assert problem_of_append(history) == HistoryTooNew(9)
    assert content_of(tmp_path) == before


def test_a_folder_that_is_removed_while_it_runs_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with closing(history_in(folder)) as history:
        recorded(history, FIVE)
        shutil.rmtree(folder)
        assert history.append(LATER[0], "a").since is None
        assert (folder / FILE_NAME).exists()


def test_a_file_in_the_folder_s_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with closing(history_in(tmp_path / "data")) as history:
        assert problem_of_append(history) == HistoryFailed("EEXIST")


def step_two(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE account ADD COLUMN colour TEXT")


def step_that_fails(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM entry")
    connection.execute("ALTER TABLE nothing ADD COLUMN colour TEXT")


def with_steps(folder: Path, steps: Sequence[object]) -> HistoryFile:
    return HistoryFile(folder / FILE_NAME, zone=UTC, steps=steps)  # type: ignore[arg-type]  # steps


def test_an_older_file_is_taken_to_the_newest_version_with_a_backup(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(with_steps(tmp_path, (*STEPS, step_two))) as history:
        history.append(LATER[0], "a")
        assert len(list(history.entries())) == 6
    backup = tmp_path / f"{FILE_NAME}.v1.bak"
    assert backup.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(backup)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM entry").fetchone() == (5,)
    # The version before it can no longer read the file, and leaves it alone.
    with closing(history_in(tmp_path)) as history:
        assert problem_of_append(history) == HistoryTooNew(2)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(with_steps(tmp_path, (*STEPS, step_that_fails))) as history:
        assert isinstance(problem_of_append(history), HistoryFailed)
    with closing(history_in(tmp_path)) as history:
        assert [entry.reading for entry in history.entries()] == FIVE


APPENDING: Final = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tests.core.samples import usd
from tray_app.adapters.history_file import HistoryFile
from tray_app.core.reading import BalanceReading
history = HistoryFile(Path(sys.argv[1]), zone=UTC)
last = history.last()
at = datetime(2026, 1, 1, tzinfo=UTC) if last is None else last.reading.taken_at
while True:
    at += timedelta(minutes=5)
    history.append(BalanceReading(usd(str(at.minute + 1)), at), "a")
    print(at.isoformat(), flush=True)
"""


def test_kills_in_the_middle_of_appends_leave_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    told = ""
    for _ in range(20):
        program = subprocess.Popen(
            [sys.executable, "-c", APPENDING, path], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        for _ in range(5):
            told = program.stdout.readline() or told
        program.kill()
        rest = program.stdout.read().splitlines()
        program.wait()
        program.stdout.close()
        told = next((line for line in reversed(rest) if line.endswith("+00:00")), told)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with closing(history_in(tmp_path)) as history:
            entries = list(history.entries())
            assert_sums_hold(entries)
            # What was told as written is there.
            assert entries[-1].reading.taken_at.isoformat() >= told.strip()
