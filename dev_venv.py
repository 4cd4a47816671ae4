"""The project's own Python: .venv with the locked packages, made where it is missing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dev_system import ENSUREPIP, provide, ran, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dev_system import Need

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{SUFFIX}"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "set-up.stamp"
"""Holds the fingerprint of what was installed; written last."""
UNFINISHED = VENV / "set-up.unfinished"
"""Stands while packages are being installed, so that a killed set-up is seen by the next one."""
PYTHON_TAG = sys.implementation.cache_tag or sys.version


def fingerprint() -> str:
    """Hash all that .venv depends on: the lock, the project's metadata, Python and the place."""
    digest = hashlib.sha256()
    for part in (
        LOCK.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        PYTHON_TAG.encode(),
        str(ROOT).encode(),
    ):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def is_set_up() -> bool:
    """Tell whether .venv holds what the lock asks for."""
    with contextlib.suppress(OSError):
        return PYTHON.exists() and STAMP.read_text(encoding="ascii") == fingerprint()
    return False


def venv_tag() -> str:
    """Ask .venv's Python for its tag, as "cpython-311"; "" when it or its pip does not work."""
    program = "import sys, pip; print(sys.implementation.cache_tag or sys.version)"
    try:
        answer = subprocess.run((PYTHON, "-c", program), capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.decode().strip()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up of this project run at a time; Windows has no such lock."""
    with LOCK.open("rb") as stream:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 — not there on Windows

            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def pip_environment() -> dict[str, str]:
    """Leave out what a user's settings of pip say about the place: the place is .venv.

    Where packages come from (index, proxy, certificates) stays the user's choice.
    """
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in elsewhere}
    # The variable beats pip's configuration file, which may say "user = true".
    return {**kept, "PIP_USER": "0"}


def make_venv() -> None:
    """Make .venv if it is missing, broken or another Python's, and install the locked packages."""
    STAMP.unlink(missing_ok=True)
    fresh = UNFINISHED.exists() or venv_tag() != PYTHON_TAG
    if fresh and VENV.exists():
        say("Removing .venv: it is broken, unfinished or made by another Python.")
        shutil.rmtree(VENV)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    # Inside a virtual environment sys.executable may be the file that was just removed.
    base = getattr(sys, "_base_executable", sys.executable)
    commands: list[tuple[str, tuple[str, ...]]] = [
        (
            "Installing the locked packages (some 150 MB the first time)",
            (*pip, "--require-hashes", "--no-deps", "-r", str(LOCK)),
        ),
        ("Installing the project", (*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))),
    ]
    if fresh:
        commands.insert(0, ("Making .venv", (base, "-m", "venv", str(VENV))))
    environment = pip_environment()
    if not all(ran(label, command, environment) for label, command in commands):
        sys.exit(1)
    UNFINISHED.unlink()
    STAMP.write_text(fingerprint(), encoding="ascii")


def set_up(needs: Iterable[Need] = (), wishes: Iterable[Need] = ()) -> None:
    """Make the system and .venv ready, where they are not: quick when nothing is to be done.

    Exits with 1 when one of `needs` or a package cannot be had. `wishes` are essential in CI only.
    """
    linux = sys.platform == "linux"
    ready = is_set_up()
    provide((*(() if ready else (ENSUREPIP,)), *(needs if linux else ())), essential=True)
    provide(wishes if linux else (), essential=bool(os.environ.get("CI")))
    if not ready:
        try:
            with alone():
                if not is_set_up():
                    make_venv()
        except OSError as error:
            sys.exit(f".venv cannot be made in {ROOT}: {error.strerror}.")
