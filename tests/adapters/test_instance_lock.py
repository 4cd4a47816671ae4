from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tray_app.adapters.instance_lock import InstanceLock

ROOT = Path(__file__).parents[2]
TAKE = """
import sys
from pathlib import Path
from tray_app.adapters.instance_lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
sys.stdin.readline()
print(lock.take() and lock.is_held, flush=True)
sys.stdin.readline()
"""


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", TAKE, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tray.lock"


def test_another_sees_that_it_is_held_and_makes_no_file(path: Path) -> None:
    first, other = InstanceLock(path), InstanceLock(path)
    assert not other.is_held_by_another()
    assert not path.parent.exists()
    assert first.take()
    assert other.is_held_by_another()
    assert not other.is_held


def test_looking_takes_nothing_away_from_the_next(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("1\n")
    assert not InstanceLock(path).is_held_by_another()
    assert InstanceLock(path).take()


def test_only_one_takes_it_and_its_id_stands_there(path: Path) -> None:
    first, second = InstanceLock(path), InstanceLock(path)
    assert first.take()
    assert first.is_held
    assert not second.take()
    assert not second.is_held
    assert second.holder == os.getpid()
    assert first.identity == second.identity


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_it_is_private(path: Path) -> None:
    before = os.umask(0)
    try:
        lock = InstanceLock(path)
        assert lock.take()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_folders_are_two_locks(tmp_path: Path) -> None:
    one, two = InstanceLock(tmp_path / "1" / "lock"), InstanceLock(tmp_path / "2" / "lock")
    assert one.take()
    assert two.take()
    assert one.identity != two.identity


def test_two_ways_to_one_folder_are_one_lock(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").symlink_to(tmp_path / "1")
    one, two = InstanceLock(tmp_path / "1" / "lock"), InstanceLock(tmp_path / "2" / "lock")
    assert one.take()
    assert not two.take()
    assert one.identity == two.identity


def test_a_killed_holder_leaves_no_lock_behind(path: Path) -> None:
    with start(path) as holder:
        go(holder)
        assert answer(holder) == "True"
        lock = InstanceLock(path)
        assert not lock.take()
        holder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        holder.wait(10)
        assert lock.take()
    assert lock.holder == os.getpid()


def test_of_many_that_come_at_once_exactly_one_takes_it(path: Path) -> None:
    takers = [start(path) for _ in range(8)]
    try:
        for taker in takers:
            go(taker)
        assert sorted(answer(taker) for taker in takers) == ["False"] * 7 + ["True"]
    finally:
        for taker in takers:
            taker.communicate("\n", timeout=30)


def test_a_removed_one_is_gone_and_whoever_waited_for_it_takes_a_new_one(path: Path) -> None:
    first = InstanceLock(path)
    assert first.take()
    waiting = InstanceLock(path)
    assert not waiting.take()
    first.remove()
    assert not path.exists()
    first.remove()
    assert waiting.take()
    assert not InstanceLock(path).take()


def test_a_lock_on_a_file_that_was_removed_meanwhile_is_not_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The holder removes the file after another opened it: that one must look again."""
    opened = InstanceLock._opened
    lost: list[Path] = []

    def open_and_lose(lock: InstanceLock) -> int:
        descriptor = opened(lock)
        if not lost:
            path.unlink()
            lost.append(path)
        return descriptor

    monkeypatch.setattr(InstanceLock, "_opened", open_and_lose)
    late = InstanceLock(path)
    assert late.take()
    assert path.exists()
    assert not InstanceLock(path).take()


def test_where_nothing_can_be_locked_the_program_starts_without(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    lock = InstanceLock(tmp_path / "data" / "tray.lock")
    assert lock.take()
    assert not lock.is_held
    assert lock.holder is None
