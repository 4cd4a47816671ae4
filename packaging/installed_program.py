"""An installed program as a test of it has it: run to its end, or beside the test."""

from __future__ import annotations

import contextlib
import subprocess
import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

PATIENCE_SECONDS: Final = 60
Found = TypeVar("Found")


class SmokeError(Exception):
    """Something does not work; the text says what."""


class Installed:
    """The program, with everything that it writes below a folder."""

    def __init__(self, program: Path, folder: Path, environment: Mapping[str, str]) -> None:
        self.program = program
        self.folder = folder
        self.environment = environment

    def run(self, *arguments: str, typed: str = "", codes: tuple[int, ...] = (0,)) -> str:
        """Run a command to its end; return its standard output. SmokeError for another code."""
        done = subprocess.run(
            [self.program, *arguments],
            input=typed,
            env=self.environment,
            cwd=self.folder,
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_SECONDS,
        )
        if done.returncode not in codes:
            said = f"{done.stdout}{done.stderr}".strip()
            raise SmokeError(f"{' '.join(arguments)} ended with {done.returncode}: {said}")
        return done.stdout

    @contextlib.contextmanager
    def tray(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start the tray; end it where nobody else has."""
        process = subprocess.Popen(
            [self.program, *arguments], env=self.environment, cwd=self.folder
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def waited_for(probe: Callable[[], Found | None], what: str) -> Found:
    """Return what ``probe`` returns once that is something; SmokeError says what did not come."""
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < gives_up_at:
        answer = probe()
        if answer is not None:
            return answer
        time.sleep(0.2)
    raise SmokeError(f"not within {PATIENCE_SECONDS} s: {what}")
