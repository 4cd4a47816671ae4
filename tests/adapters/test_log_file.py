from __future__ import annotations

import errno
import logging
import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.flood_gate import SAME_IN_A_WINDOW
from tray_app.adapters.log_file import LARGEST_FILE, LOG_NAME, LogFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

posix_only = pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "log"


@pytest.fixture
def make_log(folder: Path) -> Iterator[Callable[..., LogFile]]:
    made: list[LogFile] = []

    def make(largest: int = LARGEST_FILE) -> LogFile:
        made.append(LogFile(folder, largest=largest))
        return made[-1]

    yield make
    for log in made:
        log.close()


def tell(log: LogFile, text: str, level: int = logging.INFO, name: str = "tray_app.x") -> None:
    log.handle(logging.LogRecord(name, level, "", 1, "%s", (text,), None))


def messages(path: Path) -> list[str]:
    return [line.split(": ", 1)[1] for line in path.read_text("utf-8").splitlines()]


def test_a_record_stands_in_the_file_at_once(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    tell(make_log(), "begun – with a sign \udc80")
    assert messages(folder / LOG_NAME) == ["begun – with a sign \\udc80"]


def test_ours_is_kept_from_info_on_and_the_libraries_from_warning_on(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    log = make_log()
    for name in ("tray_app.app", "httpx", "httpcore.connection", "keyring.backend", "qt"):
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            tell(log, f"{name} {level}", level, name)
    assert messages(folder / LOG_NAME) == [
        "tray_app.app 20",
        "tray_app.app 30",
        "httpx 30",
        "httpcore.connection 30",
        "keyring.backend 30",
        "qt 30",
    ]


def test_three_files_are_kept_and_none_grows_beyond_its_size(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    log = make_log(largest=1_000)
    for number in range(200):
        tell(log, f"number {number:04}")
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == [LOG_NAME, f"{LOG_NAME}.1", f"{LOG_NAME}.2"]
    assert all(path.stat().st_size <= 1_000 for path in files)
    newest, older, oldest = files
    told = messages(oldest) + messages(older) + messages(newest)
    assert told == [f"number {number:04}" for number in range(200 - len(told), 200)]


@posix_only
def test_files_are_private_the_rotated_ones_too_whatever_the_umask(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    (folder / LOG_NAME).touch(0o644)
    before = os.umask(0)
    try:
        log = make_log(largest=200)
        for number in range(20):
            tell(log, f"number {number}")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {0o600}
    assert len(list(folder.iterdir())) == 3
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_line_is_not_written_thousands_of_times(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    log = make_log()
    for _ in range(10_000):
        tell(log, "again")
    log.close()
    told = messages(folder / LOG_NAME)
    assert told[: SAME_IN_A_WINDOW - 1] == ["again"] * (SAME_IN_A_WINDOW - 1)
    assert told[SAME_IN_A_WINDOW - 1].startswith("again (more of the same")
    assert told[SAME_IN_A_WINDOW:] == [f"{10_000 - SAME_IN_A_WINDOW} lines were left out"]


def test_a_line_that_was_cut_short_spoils_no_other(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / LOG_NAME).write_bytes(b"2026-05-01T12:00:00.000Z INFO x: half a")
    tell(make_log(), "whole")
    assert messages(folder / LOG_NAME) == ["half a", "whole"]


def test_a_log_that_was_removed_is_begun_anew(
    make_log: Callable[..., LogFile], folder: Path
) -> None:
    log = make_log()
    tell(log, "one")
    (folder / LOG_NAME).unlink()
    tell(log, "two")
    assert messages(folder / LOG_NAME) == ["two"]


def test_a_full_disk_loses_lines_without_a_word_and_the_log_goes_on_after_it(
    make_log: Callable[..., LogFile],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    log = make_log()
    tell(log, "before")
    write = os.write

    def full(descriptor: int, content: bytes) -> int:
        if content.startswith(b"2"):
            # What fits is written, as a file system does.
            write(descriptor, content[:30])
            raise OSError(errno.ENOSPC, "no space")
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", full)
    for number in range(3):
        tell(log, f"lost {number}")
    monkeypatch.undo()
    tell(log, "after")
    told = (folder / LOG_NAME).read_text("utf-8").splitlines()
    assert told[0].endswith("before")
    assert told[-1].endswith(": after")
    assert not any("lost" in line for line in told)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("what", ["a file", "unwritable", "a folder of that name"])
def test_a_folder_that_cannot_be_written_neither_stops_nor_slows_the_program(
    make_log: Callable[..., LogFile],
    folder: Path,
    what: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder.parent.mkdir()
    match what:
        case "a file":
            folder.touch()
        case "unwritable" if os.geteuid():
            folder.parent.chmod(0o500)
        case "unwritable":
            # To root everything is open, but not this.
            folder.symlink_to("/proc/1/nowhere")
        case _:
            (folder / LOG_NAME).mkdir(parents=True)
    log = make_log()
    begun = time.monotonic()
    for number in range(500):
        tell(log, f"lost {number}")
    assert time.monotonic() - begun < 5
    assert capfd.readouterr() == ("", "")


def test_a_file_that_cannot_be_renamed_is_begun_anew_rather_than_growing(
    make_log: Callable[..., LogFile], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows renames no file that somebody has open."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    log = make_log(largest=1_000)
    for number in range(200):
        tell(log, f"number {number:04}")
    assert [path.name for path in folder.iterdir()] == [LOG_NAME]
    assert (folder / LOG_NAME).stat().st_size <= 1_000
    assert messages(folder / LOG_NAME)[-1] == "number 0199"
