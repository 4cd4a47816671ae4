"""Who is measured side by side: the program, the bare script, and the tray in C++."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.tray_program import FROM_ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession

BARE: Final = "bare script"
OURS: Final = "program"
CPP: Final = "C++ tray"

ROOT: Final = Path(__file__).parents[2]
_HERE: Final = Path(__file__).parent
_BUILD: Final = ROOT / "build/cpp_tray"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A command that shows a tray icon."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    asks: bool = False
    """Whether it asks a server for a figure."""

    def start(self, desktop: DesktopSession) -> Program:
        """Start it in a desktop."""
        return desktop.start(self.command, self.env)


@dataclass(frozen=True, slots=True)
class CppTray:
    """The built program, or why there is none."""

    path: Path | None
    why_not: str = ""
    version: str = ""


def ours(url: str, env: Mapping[str, str] = FROM_ENVIRONMENT) -> Contestant:
    """Return the program, asking at an address with the key of the environment."""
    command = (sys.executable, "-m", "tray_app", "--api-url", url)
    return Contestant(OURS, command, {**env, **python_path()}, asks=True)


def contestants(url: str, programs: Iterable[Path] = ()) -> list[Contestant]:
    """Return all that can be had here, the bare script first; ``programs`` are built ones."""
    bare = (sys.executable, str(_HERE / "bare_script.py"))
    found = [Contestant(BARE, bare, python_path()), ours(url)]
    for path in programs:
        command = (str(path.resolve()), "--api-url", url)
        found.append(Contestant(f"{path}", command, FROM_ENVIRONMENT, asks=True))
    tray = cpp_tray()
    if tray.path is not None:
        found.append(Contestant(CPP, (str(tray.path),), {}))
    return found


def python_path(*folders: Path) -> dict[str, str]:
    """Return the environment by which Python finds these, and not what only our tools bring."""
    return {"PYTHONPATH": os.pathsep.join(map(str, (_HERE / "as_installed", *folders)))}


@cache
def cpp_tray() -> CppTray:
    """Build the tray in C++ with the system's Qt 6 (Debian: qt6-base-dev, g++, cmake)."""
    if shutil.which("cmake") is None:
        return CppTray(None, "cmake is missing")
    for step in (
        ("cmake", "-S", str(_HERE / "cpp_tray"), "-B", str(_BUILD), "-DCMAKE_BUILD_TYPE=Release"),
        ("cmake", "--build", str(_BUILD)),
    ):
        done = subprocess.run(step, capture_output=True, encoding="utf-8", check=False)
        if done.returncode != 0:
            told = (done.stderr or done.stdout).strip().splitlines()
            return CppTray(None, f"it cannot be built here: {told[0] if told else step[0]}")
    cached = (_BUILD / "CMakeCache.txt").read_text(encoding="utf-8")
    folder = next(line for line in cached.splitlines() if line.startswith("Qt6_DIR:"))
    version_file = Path(folder.partition("=")[2]) / "Qt6ConfigVersionImpl.cmake"
    return CppTray(_BUILD / "cpp_tray", version=_version_in(version_file))


def _version_in(file: Path) -> str:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return text.partition('PACKAGE_VERSION "')[2].partition('"')[0]
