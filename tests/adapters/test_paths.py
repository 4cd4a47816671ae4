from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tray_app.adapters.paths import (
    folders_of,
    make_private_folder,
    private_opener,
    remove_leftovers,
    write_whole,
)

ROOT = Path(__file__).parents[2]

posix_only = pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(sys.platform != "linux", reason="XDG's folders are Linux's")
def test_on_linux_the_folders_are_xdgs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "RUN"))
    folders = folders_of({})
    assert folders.config == tmp_path / "CONFIG" / "novita-tray"
    assert folders.data == tmp_path / "DATA" / "novita-tray"
    assert folders.logs == tmp_path / "STATE" / "novita-tray" / "log"
    assert folders.runtime == tmp_path / "RUN" / "novita-tray"


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    folders = folders_of({"NOVITA_TRAY_HOME": str(tmp_path / "else where")})
    folders.make()
    assert sorted(path.name for path in (tmp_path / "else where").iterdir()) == [
        "config",
        "data",
        "logs",
        "run",
    ]


def test_a_relative_home_does_not_move_when_the_program_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert folders_of({"NOVITA_TRAY_HOME": "here"}).data == tmp_path / "here" / "data"


def test_the_home_of_a_user_who_does_not_exist_is_a_name_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders = folders_of({"NOVITA_TRAY_HOME": "~no-such-user/x"})
    assert folders.data == tmp_path / "~no-such-user" / "x" / "data"


@posix_only
def test_folders_are_closed_to_others_whatever_the_umask_and_the_past(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    old.chmod(0o755)
    before = os.umask(0)
    try:
        make_private_folder(old)
        make_private_folder(tmp_path / "new" / "deep")
    finally:
        os.umask(before)
    assert mode_of(old) == mode_of(tmp_path / "new") == mode_of(tmp_path / "new" / "deep") == 0o700


@posix_only
def test_files_are_closed_to_others_whatever_the_umask_and_the_past(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("x")
    old.chmod(0o644)
    before = os.umask(0)
    try:
        for path in (old, new):
            with open(path, "a", opener=private_opener) as stream:
                stream.write("y")
    finally:
        os.umask(before)
    assert (old.read_text(), new.read_text()) == ("xy", "y")
    assert mode_of(old) == mode_of(new) == 0o600


def test_a_file_is_replaced_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    if os.name == "posix":
        assert mode_of(path) == 0o600


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")

    def full_disk(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@posix_only
def test_what_a_killed_write_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tray_app.adapters.paths import write_whole\n"
        "os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "write_whole(Path(sys.argv[1]), b'half')\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "file")], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    write_whole(tmp_path / "file", b"whole")
    remove_leftovers(tmp_path)
    assert left.exists(), "another program may just be writing it"
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    remove_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    remove_leftovers(tmp_path / "nowhere")
