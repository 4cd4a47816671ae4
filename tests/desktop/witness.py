"""Sees what a desktop's programs leave behind: files, processes, messages on the bus, clipboard."""

from __future__ import annotations

import base64
import contextlib
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession

_PAUSE: Final = 0.02
_SELECTIONS: Final = ("clipboard", "primary", "secondary")
_NOTHING_SELECTED: Final = 1


class Witness:
    """Looks for ``marks`` while programs run; :attr:`sightings` names where one was seen.

    Each mark is looked for as text in UTF-8 and UTF-16, and inside Base64.
    """

    def __init__(self, session: DesktopSession, marks: tuple[str, ...]) -> None:
        self._session = session
        self._patterns = tuple(pattern for mark in marks for pattern in _forms(mark))
        self._bearers: set[int] = set()
        self._looking = threading.Lock()
        self._seen: set[str] = set()
        self._bus = Path()
        self._programs_watched: set[int] = set()

    @property
    def sightings(self) -> list[str]:
        """Where a mark was seen."""
        return sorted(self._seen)

    @property
    def programs_watched(self) -> int:
        """How many different processes were looked at."""
        return len(self._programs_watched)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every process of the session and every message on its bus meanwhile."""
        monitor = self._session.start(["dbus-monitor", "--session", "--pcap"])
        self._bus = monitor.stdout_path
        wait_for(lambda: self._bus.stat().st_size, 10, "dbus-monitor to listen")
        done = threading.Event()
        watcher = threading.Thread(target=self._watch_processes, args=(done,))
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
            monitor.end()

    def excused(self, start: Callable[[], Program]) -> Program:
        """Start a program with the key in its environment, as users give it; no child has it."""
        with self._looking:
            program = start()
            self._bearers.add(program.pid)
        return program

    def look_at(self, what: str, content: bytes | str) -> None:
        """Look through something else."""
        raw = content.encode() if isinstance(content, str) else content
        if any(pattern in raw for pattern in self._patterns):
            self._seen.add(what)

    def look_at_files(self) -> int:
        """Look through every file of the session, its bus's messages among them.

        Returns how many files there were.
        """
        count = 0
        for path in self._session.root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                count += 1
                self.look_at(f"file {path.relative_to(self._session.root)}", path.read_bytes())
        return count

    def bus_has(self, text: str) -> bool:
        """Whether a message on the bus held this text: shows that the bus is watched at all."""
        return text.encode() in self._bus.read_bytes()

    def look_at_selections(self) -> None:
        """Look at what could be pasted now."""
        for selection in _SELECTIONS:
            content = self._session.run(
                ["xclip", "-out", "-selection", selection], accept=(0, _NOTHING_SELECTED)
            )
            self.look_at(f"the {selection} selection", content)

    def _watch_processes(self, done: threading.Event) -> None:
        while not done.wait(_PAUSE):
            for pid in self._session.running():
                with self._looking:
                    self._programs_watched.add(pid)
                    self._look_at_process(pid)

    def _look_at_process(self, pid: int) -> None:
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
            environ = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            # Gone meanwhile.
            return
        # What types a key in the user's place is told which.
        if not arguments.startswith(b"xdotool\0"):
            self.look_at(f"the arguments of {arguments!r}", arguments)
        if pid not in self._bearers and not self._is_copy_of_bearer(arguments):
            self.look_at(f"the environment of {arguments!r}", environ)

    def _is_copy_of_bearer(self, arguments: bytes) -> bool:
        """Whether it is a fork that has not become another program yet: it starts one just now."""
        for bearer in self._bearers:
            with contextlib.suppress(OSError):
                if Path(f"/proc/{bearer}/cmdline").read_bytes() == arguments:
                    return True
        return False


def _forms(mark: str) -> Iterator[bytes]:
    raw = mark.encode()
    yield raw
    yield mark.encode("utf-16-le")
    # Whatever stands before it moves the groups of three bytes; both ends depend on neighbours.
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + raw)[4:-4]
