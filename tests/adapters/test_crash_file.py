from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tray_app.adapters.crash_file import CRASH_NAME, PREVIOUS_CRASH_NAME

ROOT = Path(__file__).parents[2]
RUN = """
import ctypes, os, sys
from pathlib import Path
from tray_app.adapters.crash_file import CrashFile
file = CrashFile(Path(sys.argv[1]))
print(file.open(), flush=True)
secret = "sk_in_a_local"
match sys.argv[2]:
    case "read from nowhere":
        ctypes.string_at(0)
    case "abort":
        os.abort()
    case "kill":
        os.kill(os.getpid(), 9)
    case "survive":
        os.write(file._descriptor, b"a fault that was none")
file.end_well()
"""


def run(folder: Path, end: str) -> tuple[int, str, str]:
    """Return exit code, whether the start before crashed, and what went to standard error."""
    ended = subprocess.run(
        [sys.executable, "-c", RUN, str(folder), end],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )
    return ended.returncode, ended.stdout.strip(), ended.stderr


@pytest.mark.parametrize("crash", ["read from nowhere", "abort"])
def test_a_crash_is_told_by_the_next_start_once_and_kept(tmp_path: Path, crash: str) -> None:
    assert run(tmp_path, "well") == (0, "False", "")
    code, crashed_before, errors = run(tmp_path, crash)
    assert (code != 0, crashed_before, errors) == (True, "False", "")
    assert run(tmp_path, "well") == (0, "True", "")
    assert run(tmp_path, "well") == (0, "False", "")
    kept = (tmp_path / PREVIOUS_CRASH_NAME).read_text()
    assert "Current thread" in kept
    assert "sk_in_a_local" not in kept
    assert (tmp_path / CRASH_NAME).read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_a_kill_and_a_fault_that_was_survived_are_no_crashes(tmp_path: Path) -> None:
    assert run(tmp_path, "kill")[0] == -signal.SIGKILL
    assert run(tmp_path, "survive") == (0, "False", "")
    assert run(tmp_path, "well") == (0, "False", "")


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_its_files_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    run(folder, "abort")
    run(folder, "abort")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {CRASH_NAME: 0o600, PREVIOUS_CRASH_NAME: 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_huge_crash_is_cut(tmp_path: Path) -> None:
    (tmp_path / CRASH_NAME).write_bytes(b"x" * 10_000_000)
    assert run(tmp_path, "well") == (0, "True", "")
    assert (tmp_path / PREVIOUS_CRASH_NAME).stat().st_size < 1_000_000


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    assert run(tmp_path / "log", "well")[:2] == (0, "False")
