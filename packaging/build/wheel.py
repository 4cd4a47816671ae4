"""The wheel, for pipx and `uv tool`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from build.contents import ROOT
from build.tools import build_python, run

if TYPE_CHECKING:
    from pathlib import Path


def make_wheel(target: Path) -> Path:
    """Write the wheel into the folder ``target`` and return it."""
    for old in target.glob("novita_tray-*.whl"):
        old.unlink()
    run((build_python(), "-m", "hatchling", "build", "-t", "wheel", "-d", target), cwd=ROOT)
    return next(target.glob("novita_tray-*.whl"))
