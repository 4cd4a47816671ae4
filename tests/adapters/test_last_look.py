from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.last_look import LastLook

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "last-look"


def painted(count: list[int]) -> bytes:
    count.append(1)
    return b"picture"


def test_without_a_file_nothing_is_known(path: Path) -> None:
    assert LastLook(path).load() == b""


def test_a_picture_is_kept_for_the_next_start_and_closed_to_others(path: Path) -> None:
    LastLook(path).save("23", lambda: b"picture")
    assert LastLook(path).load() == b"picture"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_look_is_neither_painted_nor_written_again(path: Path) -> None:
    look, count = LastLook(path), list[int]()
    for _ in range(3):
        look.save("23", lambda: painted(count), at_end=True)
    assert len(count) == 1


def test_looks_that_follow_each_other_are_kept_at_the_end_alone(path: Path) -> None:
    look = LastLook(path)
    look.save("23", lambda: b"23")
    look.save("22", lambda: b"22")
    assert look.load() == b"23"
    look.save("22", lambda: b"22", at_end=True)
    assert look.load() == b"22"


def test_after_a_while_a_new_look_is_kept_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr("tray_app.adapters.last_look.time.monotonic", lambda: now[0])
    look = LastLook(path)
    look.save("23", lambda: b"23")
    now[0] += 601
    look.save("22", lambda: b"22")
    assert look.load() == b"22"


def test_a_folder_that_takes_no_file_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", "ascii")
    look = LastLook(tmp_path / "data" / "last-look")
    look.save("23", lambda: b"picture")
    assert look.load() == b""
