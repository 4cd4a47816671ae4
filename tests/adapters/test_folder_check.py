from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tray_app.adapters.folder_check import folders_found
from tray_app.adapters.paths import Folders, folders_of
from tray_app.core.checkup import FolderFault, FolderFound

posix_only = pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")


def folders_in(root: Path) -> Folders:
    return folders_of({"NOVITA_TRAY_HOME": str(root)})


def found(root: Path, purpose: str = "logs") -> FolderFound:
    (folder,) = [folder for folder in folders_found(folders_in(root)) if folder.purpose == purpose]
    return folder


def test_every_folder_is_looked_at_and_none_is_made(tmp_path: Path) -> None:
    root = tmp_path / "not" / "there"
    folders = folders_found(folders_in(root))
    assert [folder.purpose for folder in folders] == ["config", "data", "logs", "runtime"]
    assert {(folder.exists, folder.fault) for folder in folders} == {(False, None)}
    assert all(folder.free_bytes > 0 for folder in folders)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_as_the_program_makes_it_is_fine_and_stays_empty(tmp_path: Path) -> None:
    folders_in(tmp_path).make()
    folder = found(tmp_path)
    assert (folder.exists, folder.fault) == (True, None)
    assert folder.path == str(tmp_path / "logs")
    assert list((tmp_path / "logs").iterdir()) == []


@posix_only
def test_a_folder_that_others_can_enter_is_not_private(tmp_path: Path) -> None:
    folders_in(tmp_path).make()
    (tmp_path / "logs").chmod(0o750)
    assert found(tmp_path).fault is FolderFault.OPEN_TO_OTHERS
    assert found(tmp_path, "data").fault is None


@posix_only
def test_another_users_folder_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders_in(tmp_path).make()
    # Only root could give the folder away, so it is us who become another.
    monkeypatch.setattr(os, "geteuid", lambda: 12_345)
    assert found(tmp_path).fault is FolderFault.NOT_OURS


@pytest.mark.parametrize("place", ["logs", ""], ids=["itself", "above"])
def test_a_file_in_a_folders_place_is_named_as_the_system_names_it(
    tmp_path: Path, place: str
) -> None:
    root = tmp_path / "root"
    blocking = root / place
    blocking.parent.mkdir(exist_ok=True)
    blocking.write_text("in the way")
    folder = found(root)
    assert folder.fault is FolderFault.REFUSED
    assert folder.system_said


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and /sys are Linux's")
def test_a_file_system_that_takes_no_files_is_refused_even_for_root() -> None:
    folder = found(Path("/proc/1/novita-tray"))
    assert folder.fault is FolderFault.REFUSED
    assert not folder.exists
