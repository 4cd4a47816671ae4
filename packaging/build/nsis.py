"""The setup program for Windows: for one user, without an administrator, by NSIS."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from build.contents import NAME, ROOT
from build.tools import PACKAGING, run, version
from build.windows import (
    DISPLAY_NAME,
    PUBLISHER,
    WINDOWLESS,
    application_id,
    four_numbers,
    icon,
    package_name,
)

if TYPE_CHECKING:
    from pathlib import Path


def make_nsis(bundle: Path, target: Path) -> Path:
    """Write the setup program into the folder ``target`` and return it."""
    setup = target / package_name(bundle, "-setup.exe")
    run(("makensis", *arguments(bundle, setup), PACKAGING / "windows" / "setup.nsi"))
    return setup


def arguments(bundle: Path, setup: Path) -> tuple[str, ...]:
    """Return what the script is told: names, version and places."""
    defined = {
        "NAME": NAME,
        "WINDOWLESS": WINDOWLESS,
        "DISPLAY_NAME": DISPLAY_NAME,
        "PUBLISHER": PUBLISHER,
        "VERSION": version(),
        "FOUR_NUMBERS": ".".join(map(str, four_numbers(version()))),
        "APP_ID": application_id(),
        "BUNDLE": str(bundle),
        "OUTPUT": str(setup),
        "ICON": str(icon()),
        "LICENCE": str(ROOT / "LICENSE"),
        "SIZE_KB": str(size_kb(bundle)),
        # NSIS for Windows brings the 32-bit one only, which runs everywhere; wine here only the
        # other. A setup for one user does not care: neither its folders nor its keys are doubled.
        "TARGET": "x86-unicode" if sys.platform == "win32" else "amd64-unicode",
    }
    return ("-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{k}={v}" for k, v in defined.items()))


def size_kb(folder: Path) -> int:
    """Return how much the folder's files take, in units of 1024 bytes, as Windows lists it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
