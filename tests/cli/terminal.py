"""Programs that want a terminal."""

from __future__ import annotations

import os
import re
import select
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Terminal:
    """A program at a terminal of its own, to which is typed."""

    def __init__(self, folder: Path, *command: str, term: str = "dumb", path: str = "") -> None:
        import pty  # noqa: PLC0415 — not there on Windows

        self._master, slave = pty.openpty()
        self.heard = ""
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={
                "PATH": path or os.environ["PATH"],
                "HOME": str(folder),
                "TERM": term,
                "LC_ALL": "C.UTF-8",
            },
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def hears(self, pattern: str) -> bool:
        if select.select([self._master], [], [], 0.05)[0]:
            self.heard += os.read(self._master, 65536).decode(errors="replace")
        return re.search(pattern, self.heard) is not None

    def close(self) -> None:
        self._process.kill()
        self._process.wait(30)
        os.close(self._master)
