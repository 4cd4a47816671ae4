#!/usr/bin/env python3
"""Set the project up, start it, test it.

python3 dev.py run [ARGS...]
    Start the program with ARGS, or with --demo when there are none.

python3 dev.py test [PYTEST ARGS...]
    Check style, types and import contracts, run every test, hold the coverage gate.
    With arguments: only pytest, with these.

python3 dev.py bench [--short] [NAME...]
    Measure how light the program is (Linux); all benchmarks together write docs/performance.md.
    --help names them.

python3 dev.py lock [UV ARGS...]
    Write requirements.lock anew from pyproject.toml. Versions in it stay where they still fit;
    add --upgrade to move them. packaging/requirements.lock follows.

python3 dev.py package [FORMAT...]
    Build packages of the program into dist/; --help names the formats. It has a .venv of its own.

Each command first makes .venv and installs the locked packages, where that is not done yet.
What the system lacks is installed on Debian and Ubuntu when started as root; elsewhere the line
that installs it is printed. With CI set it is an error when programs for desktop tests are missing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

if sys.version_info < (3, 11):  # noqa: UP036 — dev.py is what an older Python meets first
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

# Below the check, since an older Python may fail on it. Started with -P or PYTHONSAFEPATH, Python
# does not look for modules beside this file by itself.
sys.path.insert(0, str(Path(__file__).resolve().parent))
from dev_system import (
    CPP_TRAY,
    DESKTOP,
    PACKAGING,
    QT,
    X11,
    family_of,
    qt_needs,
    read_os_release,
    say,
)
from dev_venv import LOCK, PYTHON, ROOT, SCRIPTS, SUFFIX, set_up

PACKAGE_LOCK = "packaging/requirements.lock"
COVERAGE = (str(PYTHON), "-m", "coverage")
# The first ones wait more than they work, the others work: side by side they take half the time.
APART: Final = {"desktop": "tests/desktop", "windows": "tests/ui"}
"""Folders of tests by name; each runs in a process of its own."""


def _tests(name: str, *arguments: str) -> tuple[str, tuple[str, ...]]:
    run = (*COVERAGE, "run", "--branch", f"--data-file=.coverage.{name}", "-m", "pytest")
    return f"pytest, {name}", (*run, *arguments)


BESIDE = tuple(_tests(name, folder) for name, folder in APART.items())
"""Run from the start on beside the other steps; what they say is shown after them."""
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", (str(PYTHON), "-m", "ruff", "check", ".")),
    ("ruff format", (str(PYTHON), "-m", "ruff", "format", "--check", ".")),
    ("mypy", (str(PYTHON), "-m", "mypy")),
    ("lint-imports", (str(SCRIPTS / f"lint-imports{SUFFIX}"),)),
    _tests("rest", *(f"--ignore={folder}" for folder in APART.values())),
)
LAST_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "coverage combine",
        (*COVERAGE, "combine", *(f".coverage.{name}" for name in (*APART, "rest"))),
    ),
    (
        "coverage of core and presentation",
        (
            *(*COVERAGE, "report", "--fail-under=100"),
            "--include=tray_app/core/*,tray_app/presentation/*",
        ),
    ),
)


def waited_for(command: Sequence[str]) -> int:
    """Run a command, let it answer Ctrl-C by itself, and return its exit code."""
    previous = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(command, cwd=ROOT)
    finally:
        signal.signal(signal.SIGINT, previous)


@contextlib.contextmanager
def started_beside(command: Sequence[str]) -> Iterator[Callable[[], tuple[int, str]]]:
    """Run a command meanwhile; what is handed out waits for its exit code and what it said.

    It is ended where the block is left before.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)

        def finished() -> tuple[int, str]:
            code = process.wait()
            output.seek(0)
            return code, output.read().decode("utf-8", "replace").rstrip()

        try:
            yield finished
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()


def become(command: tuple[str, ...]) -> NoReturn:
    """Go on as this command, so that signals and the exit code are its own."""
    if os.name == "nt":
        sys.exit(waited_for(command))
    os.execv(command[0], command)  # noqa: S606 — no shell is wanted


def run(arguments: Sequence[str]) -> NoReturn:
    """Start the program."""
    set_up(qt_needs(os.environ))
    become((str(PYTHON), "-m", "tray_app", *(arguments or ("--demo",))))


def test(arguments: Sequence[str]) -> int:
    """Run every check, or pytest alone when it got arguments; non-zero if one failed."""
    on_debian = family_of(read_os_release()) == "debian"
    set_up(QT, X11 + DESKTOP + (PACKAGING if on_debian else ()))
    os.chdir(ROOT)
    if arguments:
        become((str(PYTHON), "-m", "pytest", *arguments))
    summary: list[str] = []
    codes: list[int] = []

    def note(name: str, code: int, begun: float) -> None:
        outcome = "ok" if code == 0 else f"FAILED (exit code {code})"
        summary.append(f"{name}: {outcome}, {time.monotonic() - begun:.1f} s")
        codes.append(code)

    def take(steps: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        for name, command in steps:
            print(f"\n== {name}", flush=True)
            begun = time.monotonic()
            code = waited_for(command)
            if code == -signal.SIGINT:
                raise KeyboardInterrupt
            note(name, code, begun)

    with contextlib.ExitStack() as stack:
        begun = time.monotonic()
        finished = [(name, stack.enter_context(started_beside(step))) for name, step in BESIDE]
        take(STEPS)
        for name, wait in finished:
            code, said = wait()
            print(f"\n== {name}", said, sep="\n", flush=True)
            note(name, code, begun)
    take(LAST_STEPS)
    print("\n== summary", *summary, sep="\n", flush=True)
    return int(any(codes))


def bench(arguments: Sequence[str]) -> NoReturn:
    """Measure the program beside a bare script and, where it can be built, a tray in C++."""
    set_up(QT + X11 + DESKTOP, CPP_TRAY)
    os.chdir(ROOT)
    become((str(PYTHON), "-m", "tests.benchmarks.run", *arguments))


def lock(arguments: Sequence[str]) -> int:
    """Write requirements.lock anew, and what packages are built from, with the same versions."""
    set_up()
    os.chdir(ROOT)
    compiled = (
        *(str(PYTHON), "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"),
        *("--universal", "--generate-hashes", "--python-version", "3.11", "--no-header"),
        *("--group", "build"),
    )
    groups = ("--group", "test", "--group", "check", "--group", "lock")
    code = waited_for((*compiled, *groups, "-o", LOCK.name, *arguments))
    if code != 0:
        return code
    packages = ("packaging/requirements.in", "-c", LOCK.name, "-o", PACKAGE_LOCK)
    return waited_for((*compiled, *packages, *arguments))


def package(arguments: Sequence[str]) -> NoReturn:
    """Build packages, in a process that finds packaging/build."""
    os.environ["PYTHONPATH"] = str(ROOT / "packaging")
    os.chdir(ROOT)
    become((getattr(sys, "_base_executable", sys.executable), "-m", "build", *arguments))


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument says; 2 when it says nothing that is known."""
    commands = {"run": run, "test": test, "bench": bench, "lock": lock, "package": package}
    name = arguments[0] if arguments else ""
    if name in ("-h", "--help"):
        print(__doc__, end="")
        return 0
    if name not in commands:
        say(__doc__ or "", end="")
        return 2
    try:
        return commands[name](arguments[1:])
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
