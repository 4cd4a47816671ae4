"""Where packages are built, with which programs, and as of when."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from build.contents import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGING: Final = ROOT / "packaging"
LOCK: Final = PACKAGING / "requirements.lock"
WORK: Final = ROOT / "build"
DIST: Final = ROOT / "dist"
_VENV: Final = WORK / "venv"
_STAMP: Final = _VENV / "locked.stamp"


class BuildError(Exception):
    """A step failed; the text says which one and shows its output."""


def version() -> str:
    """Return the program's version, from its one place."""
    text = (ROOT / "tray_app" / "__init__.py").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("__version__")).split('"')[1]


def epoch() -> int:
    """Return the time that packages bear, in seconds since 1970: the last commit's.

    SOURCE_DATE_EPOCH goes before (reproducible-builds.org).
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or _output(("git", "-C", str(ROOT), "log", "-1", "--format=%ct")))


def build_environment() -> dict[str, str]:
    """Return the environment in which equal sources give equal bits."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(epoch()),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def run(command: Sequence[str | Path], cwd: Path = ROOT) -> None:
    """Run a command; raise BuildError with its output where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=build_environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        raise BuildError(f"{Path(command[0]).name} ended with {done.returncode}:\n{done.stdout}")


def build_python() -> Path:
    """Return the Python that has the program's libraries and PyInstaller, all as the lock says."""
    python = _VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    locked = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not (_STAMP.exists() and _STAMP.read_text(encoding="ascii") == locked):
        venv.create(_VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
        pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        run((*pip, "--require-hashes", "--no-deps", "-r", LOCK))
        _STAMP.write_text(locked, encoding="ascii")
    return python


def site_packages() -> Path:
    """Return where the locked packages lie."""
    return next(_VENV.glob("lib/python3*/site-packages"), _VENV / "Lib" / "site-packages")


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
