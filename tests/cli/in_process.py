"""Runs the command line in this process, with a keyring in memory and a small budget."""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from tray_app.main import main


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the command line ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        document = json.loads(self.stdout)
        assert isinstance(document, dict)
        return document


def run(*arguments: str) -> Ended:
    """Run the command line with its arguments and return how it ended."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr):
        code = _exit_code(arguments)
    return Ended(code, stdout.getvalue(), stderr.getvalue())


def _exit_code(arguments: tuple[str, ...]) -> int:
    before = dict(os.environ)
    try:
        return main(arguments)
    except SystemExit as error:
        if isinstance(error.code, int):
            return error.code
        raise
    finally:
        # As after a process of its own.
        os.environ.clear()
        os.environ.update(before)
