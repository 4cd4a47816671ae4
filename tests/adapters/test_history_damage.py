from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.adapters.histories import (
    HOUR,
    START,
    entries_of,
    history_in,
    readings_of,
    recorded,
)
from tests.core.samples import usd
from tray_app.adapters.history_damage import problem_after
from tray_app.adapters.history_schema import APPLICATION_ID
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.core.history_problem import (
    HistoryDamaged,
    HistoryError,
    HistoryFailed,
    HistoryForeign,
    HistoryTooNew,
)
from tray_app.core.reading import BalanceReading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tray_app.adapters.history_file import HistoryFile

NEW = BalanceReading(usd("5"), START + 2000 * HOUR)
COMPANIONS = (f"{HISTORY_NAME}-wal", f"{HISTORY_NAME}-shm")


def fill(folder: Path, count: int = 3000) -> bytes:
    """Leave a closed history of some pages; return the file's bytes."""
    with closing(history_in(folder)) as history:
        history.import_readings(entries_of(readings_of([str(9000 - n) for n in range(count)])))
    return (folder / HISTORY_NAME).read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def damage_of(history: HistoryFile) -> str:
    """Read and write until the file's damage shows; return the name that it is kept under."""
    with pytest.raises(HistoryError) as caught:  # noqa: PT012 — whichever of the two meets it
        history.append(NEW, "a")
        list(history.entries())
    assert isinstance(caught.value.problem, HistoryDamaged)
    return caught.value.problem.kept_as


def assert_begins_anew(history: HistoryFile, folder: Path, kept_as: str) -> None:
    assert re.fullmatch(re.escape(HISTORY_NAME) + r"\.damaged-\d{8}T\d{6}Z(-\d+)?", kept_as)
    assert history.append(NEW, "a").since is None
    assert [entry.reading for entry in history.entries()] == [NEW]
    assert (folder / kept_as).is_file()


@pytest.mark.parametrize(
    "content",
    [
        b"not a database",
        b"\x00" * 20_000,
        b"SQLite format 3\x00" + b"\xff" * 5000,
        bytes(range(256)) * 40,
        b"ab",
    ],
    ids=["text", "zeros", "a header alone", "bytes", "two bytes"],
)
def test_what_was_never_a_database_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / HISTORY_NAME).write_bytes(content)
    with closing(history_in(tmp_path)) as history:
        with pytest.raises(HistoryError) as caught:
            history.last()
        problem = caught.value.problem
        assert isinstance(problem, HistoryDamaged)
        assert (tmp_path / problem.kept_as).read_bytes() == content
        assert_begins_anew(history, tmp_path, problem.kept_as)


@pytest.mark.parametrize("left", [1, 2, 50, 100, 511, 512, 4095, 4096, 8192, 50_001])
def test_a_truncated_file_is_kept_aside_as_it_is(tmp_path: Path, left: int) -> None:
    whole = fill(tmp_path)
    assert len(whole) > 100_000
    (tmp_path / HISTORY_NAME).write_bytes(whole[:left])
    with closing(history_in(tmp_path)) as history:
        kept_as = damage_of(history)
        assert (tmp_path / kept_as).read_bytes() == whole[:left]
        assert_begins_anew(history, tmp_path, kept_as)


def test_an_empty_file_is_a_new_history(tmp_path: Path) -> None:
    (tmp_path / HISTORY_NAME).touch()
    with closing(history_in(tmp_path)) as history:
        assert history.append(NEW, "a").since is None
    assert [each.name for each in tmp_path.iterdir()] == [HISTORY_NAME]


@pytest.mark.parametrize("page", [3, 7, 12])
def test_a_page_that_was_overwritten_is_found_when_it_is_read(tmp_path: Path, page: int) -> None:
    whole = bytearray(fill(tmp_path))
    whole[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    (tmp_path / HISTORY_NAME).write_bytes(whole)
    with closing(history_in(tmp_path)) as history:
        kept_as = damage_of(history)
        assert_begins_anew(history, tmp_path, kept_as)


def test_rows_that_nobody_of_us_wrote_are_damage(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE entry SET available = 1.5")
        connection.commit()
    with closing(history_in(tmp_path)) as history:
        assert_begins_anew(history, tmp_path, damage_of(history))


@pytest.mark.parametrize(
    "value",
    ["'x'", "'1.x'", "x'00ff'", "NULL", "'\u0661'"],
    ids=["word", "half", "blob", "none", "digit"],
)
def test_an_amount_that_is_none_is_damage(tmp_path: Path, value: str) -> None:
    fill(tmp_path, 5)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE entry SET spent = {value}")  # noqa: S608 — constants
        connection.commit()
    with closing(history_in(tmp_path)) as history:
        with pytest.raises(HistoryError) as caught:
            history.spends(START)
        assert isinstance(caught.value.problem, HistoryDamaged)


@pytest.mark.parametrize("value", [str(2**62), str(-(2**62)), "'x'", "taken_at"])
def test_a_moment_that_is_none_is_damage(tmp_path: Path, value: str) -> None:
    fill(tmp_path, 5)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(
            f"UPDATE entry SET since = {value}"  # noqa: S608 — constants
            " WHERE taken_at = (SELECT max(taken_at) FROM entry)"
        )
        connection.commit()
    with closing(history_in(tmp_path)) as history:
        with pytest.raises(HistoryError) as caught:
            history.spends(START)
        assert isinstance(caught.value.problem, HistoryDamaged)


@pytest.mark.parametrize("value", ["'x'", "nullif(available, 10000)", "NULL"])
def test_the_chart_meets_damage_too(tmp_path: Path, value: str) -> None:
    fill(tmp_path, 9000)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE entry SET available = {value}")  # noqa: S608 — constants
        connection.commit()
    with closing(history_in(tmp_path)) as history:
        with pytest.raises(HistoryError) as caught:
            history.chart_points(START, NEW.taken_at, 12)
        assert isinstance(caught.value.problem, HistoryDamaged)


def test_a_file_of_ours_without_its_tables_is_damage(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        connection.execute("DROP TABLE entry")
    with closing(history_in(tmp_path)) as history:
        assert_begins_anew(history, tmp_path, damage_of(history))


def test_the_log_of_a_broken_file_goes_aside_with_it(tmp_path: Path) -> None:
    with closing(history_in(tmp_path)) as history:
        recorded(history, readings_of(["5", "4"]))
        logs = {name: (tmp_path / name).read_bytes() for name in COMPANIONS}
    # As a kill and an accident would leave it: the log is there, the file is none.
    (tmp_path / HISTORY_NAME).write_bytes(b"no database" * 100)
    for name, content in logs.items():
        (tmp_path / name).write_bytes(content)
    with closing(history_in(tmp_path)) as history:
        kept_as = damage_of(history)
        assert_begins_anew(history, tmp_path, kept_as)
        assert (tmp_path / f"{kept_as}-wal").read_bytes() == logs[f"{HISTORY_NAME}-wal"]


def test_a_fault_that_the_whole_file_does_not_show_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / HISTORY_NAME
    whole = fill(tmp_path)
    # As where a file was read while another program replaced it.
    passing = sqlite3.DatabaseError("malformed")
    passing.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    passing.sqlite_errorname = "SQLITE_CORRUPT"
    problem = problem_after(passing, sqlite3.connect(path), path)
    assert problem == HistoryFailed("SQLITE_CORRUPT")
    assert contents(tmp_path) == {HISTORY_NAME: whole}


def test_several_broken_files_keep_a_name_each(tmp_path: Path) -> None:
    names = set()
    with closing(history_in(tmp_path)) as history:
        for number in range(4):
            history.close()
            (tmp_path / HISTORY_NAME).write_bytes(f"broken {number}".encode())
            with pytest.raises(HistoryError) as caught:
                history.last()
            assert isinstance(caught.value.problem, HistoryDamaged)
            names.add(caught.value.problem.kept_as)
    kept = sorted((tmp_path / name).read_bytes() for name in names)
    assert kept == [f"broken {number}".encode() for number in range(4)]


def test_a_deletion_that_meets_damage_still_leaves_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / HISTORY_NAME).write_bytes((tmp_path / HISTORY_NAME).read_bytes()[:50_000])
    with closing(history_in(tmp_path)) as history:
        history.delete()
    assert [each.name for each in tmp_path.iterdir()] == [HISTORY_NAME]


def _of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 12345")
        connection.execute("CREATE TABLE entry (account, taken_at)")


def _without_a_mark(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def _with_a_log(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        copies = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    for name, content in copies.items():
        (path.parent / name).write_bytes(content)


def _truncated(path: Path) -> None:
    _of_another_program(path)
    path.write_bytes(path.read_bytes()[:4096])


@pytest.mark.parametrize("make", [_of_another_program, _without_a_mark, _with_a_log, _truncated])
def test_another_programs_database_is_left_and_every_call_says_so(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / HISTORY_NAME)
    (tmp_path / HISTORY_NAME).chmod(0o644)
    before = contents(tmp_path)
    with closing(history_in(tmp_path)) as history:
        for call in everything(history):
            with pytest.raises(HistoryError) as caught:
                call()
            assert caught.value.problem == HistoryForeign()
    assert contents(tmp_path) == before
    assert (tmp_path / HISTORY_NAME).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("version", [2, 99])
def test_a_later_versions_file_is_left_and_every_call_says_so(tmp_path: Path, version: int) -> None:
    fill(tmp_path, 5)
    with closing(sqlite3.connect(tmp_path / HISTORY_NAME)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = contents(tmp_path)
    with closing(history_in(tmp_path)) as history:
        for call in everything(history):
            with pytest.raises(HistoryError) as caught:
                call()
            assert caught.value.problem == HistoryTooNew(version)
    assert contents(tmp_path) == before


def test_a_folder_in_the_files_place_is_left(tmp_path: Path) -> None:
    (tmp_path / HISTORY_NAME / "inside").mkdir(parents=True)
    with closing(history_in(tmp_path)) as history:
        for call in everything(history):
            with pytest.raises(HistoryError) as caught:
                call()
            assert caught.value.problem == HistoryForeign()
    assert (tmp_path / HISTORY_NAME / "inside").is_dir()


def test_the_mark_stands_in_the_files_header(tmp_path: Path) -> None:
    header = fill(tmp_path, 1)[:100]
    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    assert header[60:64] == (1).to_bytes(4, "big")


def everything(history: HistoryFile) -> list[Callable[[], object]]:
    """Return every call that a history takes."""
    return [
        lambda: history.append(NEW, "a"),
        history.last,
        lambda: list(history.entries()),
        lambda: history.spends(START),
        lambda: history.eventful(START),
        lambda: history.chart_points(START, START + HOUR, 100),
        lambda: history.import_readings(entries_of([NEW])),
        lambda: history.fold(NEW.taken_at),
        history.changed_elsewhere,
        history.delete,
    ]
