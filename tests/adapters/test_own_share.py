from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.own_share import FILE_NAME, own_share

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_start_draws_a_share_and_later_ones_keep_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = own_share(folder)
    assert 0 <= first < 1
    assert {own_share(folder) for _ in range(5)} == {first}


def test_installations_draw_shares_of_their_own(tmp_path: Path) -> None:
    shares = {own_share(tmp_path / str(number)) for number in range(20)}
    # Two of twenty draw the same of a million once in five thousand times, three never.
    assert len(shares) >= 19


@pytest.mark.parametrize(
    ("kept", "share"), [("000000", 0.0), ("250000", 0.25), ("999999\n", 0.999_999)]
)
def test_a_kept_share_counts_in_millionths(tmp_path: Path, kept: str, share: float) -> None:
    (tmp_path / FILE_NAME).write_text(kept)
    assert own_share(tmp_path) == share


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"12", b"-12345", b"0.1234", b"1234567", b"12345x", b"\xff" * 6, b"1" * 100_000],
    ids=lambda content: repr(content[:8]),
)
def test_a_broken_file_means_a_new_draw_that_is_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    share = own_share(tmp_path)
    assert 0 <= share < 1
    assert own_share(tmp_path) == share


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_the_file_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    own_share(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_still_gives_a_share(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert 0 <= own_share(tmp_path / "file" / "data") < 1


@pytest.mark.skipif(sys.platform == "win32", reason="a folder opens differently there")
def test_a_folder_in_the_files_place_still_gives_a_share(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert 0 <= own_share(tmp_path) < 1
    assert (tmp_path / FILE_NAME).is_dir()
