"""Kills the program at random moments, and looks after each at all that it wrote."""

from __future__ import annotations

import collections
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import sys
import tempfile
import time
import zlib
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.tray_program import KEY, start_tray
from tests.desktop.waiting import wait_for
from tray_app.adapters.binding_code import FILE_NAME as CODE_NAME
from tray_app.adapters.binding_code import _code_in
from tray_app.adapters.crash_file import CRASH_NAME
from tray_app.adapters.last_look import FILE_NAME as LOOK_NAME
from tray_app.adapters.log_file import LARGEST_FILE, LOG_NAME
from tray_app.adapters.own_share import FILE_NAME as SHARE_NAME
from tray_app.adapters.paths import HISTORY_NAME
from tray_app.simulator.accounts import SAMPLE_BALANCE

if TYPE_CHECKING:
    import random

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

OTHER_KEY: Final = "sk_desktop_other"
_PROGRAM: Final = (sys.executable, "-m", "tray_app")
_LATEST: Final = 1.3
"""The latest kill, in times of what a start takes until its reading."""
_LOCK: Final = "tray.lock"
_LINE: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [A-Z]+ [\w.]+: | {4})")
_OLD_LINE: Final = "2026-05-01T12:00:00.000Z INFO tray_app.app: an old line\n"
_CONTENTS: Final = {
    _LOCK: re.compile(r"(\d+\n)?"),
    SHARE_NAME: re.compile(r"\d{6}\n"),
    CRASH_NAME: re.compile(""),
}
_ALERTS: Final = "alerts.json"
_LOGS: Final = {LOG_NAME, f"{LOG_NAME}.1", f"{LOG_NAME}.2"}
_BESIDE_HISTORY: Final = {f"{HISTORY_NAME}-wal", f"{HISTORY_NAME}-shm"}
_LEFTOVER: Final = re.compile(r"\..+\.new")


@dataclass(slots=True)
class Kills:
    """One private desktop with a keyring, and how often the program was killed in which state.

    Every check raises AssertionError.
    """

    desktop: DesktopSession
    simulator: Simulator
    randomly: random.Random
    start_takes: float = 0.0
    """Seconds from a start to its reading, here and now."""
    states: collections.Counter[str] = field(default_factory=collections.Counter)
    most_leftovers: int = 0

    def run(self, kills: int) -> None:
        """Kill so many times; each round disturbs something else."""
        self.simulator.accounts[OTHER_KEY] = SAMPLE_BALANCE
        assert self._change_key(KEY).wait_exit(60) == 0
        self.check_next_start()
        kinds = cycle(("start", "rotation", "first start", "key"))
        for number, kind in zip(range(kills), kinds, strict=False):
            self.kill(kind)
            self.check_files()
            if kind == "key":
                self.check_key()
            if number % 8 == 0:
                self.check_next_start()
        self.check_next_start()

    def kill(self, kind: str) -> None:
        """Start the tray, or replace the key, and kill that at a random moment."""
        before = self.simulator.request_count
        match kind:
            case "key":
                program = self._change_key(self.randomly.choice([KEY, OTHER_KEY]))
            case _:
                self._prepare(kind)
                program = start_tray(self.desktop, self.simulator)
        # A random moment is what is wanted here, and no state.
        time.sleep(self.randomly.uniform(0, _LATEST * self.start_takes))
        was_running = program.is_running
        if was_running:
            program.send_signal(signal.SIGKILL)
        program.wait_exit(30)
        assert program.stderr == "", program.stderr
        self.states[f"{kind}: {self._reached(program, before, was_running=was_running)}"] += 1

    def check_files(self) -> None:
        """Check that every file is whole and private, and that nobody holds the lock."""
        leftovers = 0
        for path in self._files():
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700, path.parent
            if path.is_socket():
                assert path.parent == self._folder("run"), path
                continue
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
            content = path.read_bytes()
            assert KEY.encode() not in content, path
            assert OTHER_KEY.encode() not in content, path
            if _LEFTOVER.fullmatch(path.name):
                leftovers += 1
            elif path.name == HISTORY_NAME:
                _check_history(path)
            elif path.name in _BESIDE_HISTORY:
                continue
            elif path.name == LOOK_NAME:
                # Raises where it is not whole.
                zlib.decompress(content)
            elif path.name == CODE_NAME:
                # Nothing where it is not whole.
                assert _code_in(path), path
            elif path.name == _ALERTS:
                assert json.loads(content)["schema"] == 1, path
            elif path.name in _LOGS:
                _check_log(path, content.decode("utf-8"))
            else:
                assert _CONTENTS[path.name].fullmatch(content.decode("utf-8")), path
        self.most_leftovers = max(self.most_leftovers, leftovers)
        self._check_lock()

    def check_key(self) -> None:
        """Check that one of the keys, and a whole one, is in the keyring and works."""
        reading = self.desktop.start(
            [*_PROGRAM, "balance", "--json", "--api-url", self.simulator.url]
        )
        assert reading.wait_exit(60) == 0, reading.stdout
        assert json.loads(reading.stdout)["available"] in {"12.3400", "100.0000"}

    def check_next_start(self) -> None:
        """Check that a start reaches its reading, tidies up, and ends as it should."""
        for path in self._leftovers():
            # As if a minute had passed: a younger one may be another program's.
            os.utime(path, (0, 0))
        log = self._folder("home/.local/state") / "log" / LOG_NAME
        size = log.stat().st_size if log.exists() else 0
        began = time.monotonic()
        program = start_tray(self.desktop, self.simulator)
        wait_for(
            lambda: log.exists() and b": taken\n" in log.read_bytes()[size:],
            60,
            f"a reading, after {program.stderr}",
        )
        self.start_takes = time.monotonic() - began
        wait_for(lambda: not self._leftovers(), 30, "what was left is removed")
        # A killed one's socket may still lie there, to which nobody listens.
        wait_for(lambda: any(map(_is_heard, self._sockets())), 30, "a socket")
        program.send_signal(signal.SIGTERM)
        assert program.wait_exit(30) == 0
        assert (program.stdout, program.stderr) == ("", "")
        assert not self._sockets()
        self.check_files()
        self.check_key()

    def _prepare(self, kind: str) -> None:
        logs = self._folder("home/.local/state") / "log"
        if kind == "first start":
            shutil.rmtree(logs, ignore_errors=True)
            shutil.rmtree(self._folder("home/.local/share"), ignore_errors=True)
        elif kind == "rotation" and (logs / LOG_NAME).exists():
            full = (LARGEST_FILE // len(_OLD_LINE)) * len(_OLD_LINE)
            (logs / LOG_NAME).write_text((_OLD_LINE * LARGEST_FILE)[:full], "utf-8")

    def _change_key(self, key: str) -> Program:
        program = self.desktop.start([*_PROGRAM, "key", "set"], piped_stdin=True)
        program.send_stdin(key.encode())
        return program

    def _reached(self, program: Program, requests_before: int, *, was_running: bool) -> str:
        if not was_running:
            return "ended by itself"
        if self.simulator.request_count > requests_before:
            return "after its request"
        lock = self._folder("home/.local/share") / _LOCK
        holder = lock.read_bytes() if lock.exists() else b""
        return "after its lock" if holder == b"%d\n" % program.pid else "early"

    def _check_lock(self) -> None:
        lock = self._folder("home/.local/share") / _LOCK
        if lock.exists():
            with lock.open("r+b") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _folder(self, base: str) -> Path:
        return self.desktop.root / base / "novita-tray"

    def _files(self) -> list[Path]:
        bases = ("home/.config", "home/.local/share", "home/.local/state", "home/.cache", "run")
        return [
            path for base in bases for path in self._folder(base).rglob("*") if not path.is_dir()
        ]

    def _leftovers(self) -> list[Path]:
        return [path for path in self._files() if _LEFTOVER.fullmatch(path.name)]

    def _sockets(self) -> list[Path]:
        return [path for path in self._files() if path.is_socket()]


def _check_history(path: Path) -> None:
    """Look at a copy, as the next start would find it: what was not folded in yet lies beside."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (HISTORY_NAME, f"{HISTORY_NAME}-wal"):
            if path.with_name(name).exists():
                shutil.copy(path.with_name(name), folder)
        with closing(sqlite3.connect(Path(folder) / HISTORY_NAME)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path


def _is_heard(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as visitor:
        return visitor.connect_ex(os.fspath(path)) == 0


def _check_log(path: Path, content: str) -> None:
    assert len(content.encode()) <= LARGEST_FILE, path
    assert content == "" or content.endswith("\n"), path
    for line in content.splitlines():
        assert _LINE.match(line), (path, line)
