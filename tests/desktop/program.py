"""A program that a desktop test started, with its output in files and its end by id."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from tests.desktop.waiting import NeverHappenedError, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_END_TIMEOUT: Final = 3.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a program runs: its whole environment, its folder, and where its output goes.

    ``log`` is a path to which ``.out`` and ``.err`` are added.
    """

    environ: Mapping[str, str]
    cwd: Path
    log: Path


class Program:
    """One started program, leader of a process group of its own.

    ``pid`` is also the id of the group, so that children which it leaves behind end with it.
    """

    def __init__(
        self,
        args: Sequence[str],
        surroundings: Surroundings,
        *,
        stdin: IO[bytes] | int = subprocess.DEVNULL,
        pass_fds: Iterable[int] = (),
    ) -> None:
        self.args = tuple(args)
        self.stdout_path = surroundings.log.with_suffix(".out")
        self.stderr_path = surroundings.log.with_suffix(".err")
        with self.stdout_path.open("wb") as out, self.stderr_path.open("wb") as err:
            self._popen = subprocess.Popen(
                self.args,
                env=dict(surroundings.environ),
                cwd=surroundings.cwd,
                stdin=stdin,
                stdout=out,
                stderr=err,
                pass_fds=tuple(pass_fds),
                start_new_session=True,
            )
        self.pid = self._popen.pid
        self._is_gone = False

    @property
    def stdout(self) -> str:
        """Everything written to standard output so far."""
        return self.stdout_path.read_text(encoding="utf-8", errors="replace")

    @property
    def stderr(self) -> str:
        """Everything written to standard error so far."""
        return self.stderr_path.read_text(encoding="utf-8", errors="replace")

    @property
    def is_running(self) -> bool:
        """Whether the program itself still runs, whatever its children do."""
        return self._popen.poll() is None

    def send_stdin(self, content: bytes) -> None:
        """Write ``content`` to standard input, which must be a pipe, and close it."""
        pipe = self._popen.stdin
        assert pipe is not None, "started without a pipe on standard input"
        pipe.write(content)
        pipe.close()

    def send_line(self, line: str) -> None:
        """Write a line to standard input, which must be a pipe, and leave it open."""
        pipe = self._popen.stdin
        assert pipe is not None, "started without a pipe on standard input"
        pipe.write(f"{line}\n".encode())
        pipe.flush()

    def send_signal(self, number: signal.Signals) -> None:
        """Send one signal to the program alone."""
        self._popen.send_signal(number)

    def wait_exit(self, timeout: float) -> int:
        """Return the exit code (negative: ended by that signal) once the program has ended.

        Raises :class:`NeverHappenedError` when it still runs after ``timeout`` seconds.
        """
        try:
            code = self._popen.wait(timeout)
        except subprocess.TimeoutExpired:
            raise NeverHappenedError(
                f"still running after {timeout:g} s: {self.args}; stderr: {self.stderr}"
            ) from None
        self._has_gone()
        return code

    def end(self) -> None:
        """End the program and what it left in its group: asked first, forced after 3 s."""
        if self._popen.stdin is not None:
            self._popen.stdin.close()
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in self._members():
                _signal_pid(pid, number)
            try:
                wait_for(self._has_gone, _END_TIMEOUT, f"the end of {self.args[0]}")
            except NeverHappenedError:
                continue
            return
        raise NeverHappenedError(f"cannot be ended: {self.args}")

    def _has_gone(self) -> bool:
        """Whether the program was reaped and nothing is left in its group."""
        if not self._is_gone:
            # In this order: a program that ends between the two is asked about once more.
            self._is_gone = not self.is_running and not group_members(self.pid)
        return self._is_gone

    def _members(self) -> list[int]:
        """Return the ids in the group; once it was seen empty its id may be somebody else's."""
        return [] if self._has_gone() else group_members(self.pid)


def group_members(group: int) -> list[int]:
    """Return the ids in a process group that still run; the dead but unreaped do not count."""
    return [pid for pid in _pids() if _state_and_group(pid) == (True, group)]


def pids_with_environment(entry: bytes) -> list[int]:
    """Return the ids of running programs whose environment holds ``entry`` (``NAME=value``)."""
    return [pid for pid in _pids() if entry in _environment(pid)]


def end_pids(pids: Iterable[int]) -> None:
    """End programs at once that escaped from their group, each by its id."""
    for pid in pids:
        _signal_pid(pid, signal.SIGKILL)


def _signal_pid(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _state_and_group(pid: int) -> tuple[bool, int]:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False, 0
    # The name in the second field may itself hold blanks and brackets.
    fields = stat[stat.rindex(")") + 2 :].split()
    return fields[0] not in {"Z", "X"}, int(fields[2])


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        # Gone meanwhile, or another user's.
        return []
