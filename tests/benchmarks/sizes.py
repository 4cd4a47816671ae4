"""How much disk the program takes: each package that it brings, and what stands in dist/."""

from __future__ import annotations

import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

from tests.benchmarks.chapter import MB, Chapter, number
from tests.benchmarks.contestants import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.chapter import Plan

_PROJECT: Final = "novita-tray"
_DIST: Final = ROOT / "dist"


def measure(plan: Plan) -> Chapter:  # noqa: ARG001 — nothing here takes time
    """Add the files up."""
    sizes = {name: _installed(name) for name in _with_needs(_PROJECT, set())}
    # It is installed by a path to the sources.
    sizes[_PROJECT] = _folder(ROOT / "tray_app")
    by_size = sorted(sizes.items(), key=lambda entry: -entry[1])
    packages = list(_packages())
    return Chapter(
        "Size",
        ("", "MB", "installed, MB"),
        (
            ("by pip: all", "", number(sum(sizes.values()) / MB)),
            *((f"by pip: {name}", "", number(size / MB)) for name, size in by_size),
            *packages,
        ),
        (),
        () if packages else ("No package stands in `dist/`; they are built by the release.",),
    )


def _with_needs(name: str, seen: set[str]) -> set[str]:
    """Return a package's name and those of all that it needs on this system."""
    name = name.lower().replace("_", "-")
    if name in seen:
        return seen
    try:
        needs = distribution(name).requires or []
    except PackageNotFoundError:
        return seen
    seen.add(name)
    for line in needs:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            _with_needs(need.name, seen)
    return seen


def _installed(name: str) -> int:
    files = distribution(name).files or []
    places = (Path(str(file.locate())) for file in files)
    return sum(place.stat().st_size for place in places if place.is_file())


def _folder(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _packages() -> Iterator[tuple[str, str, str]]:
    for path in sorted(_DIST.glob("*")) if _DIST.is_dir() else ():
        if path.is_dir():
            yield f"`{path.name}/`", "", number(_folder(path) / MB)
        else:
            yield f"`{path.name}`", number(path.stat().st_size / MB), _unpacked(path)


def _unpacked(path: Path) -> str:
    """Return what a Debian package says that it takes."""
    if path.suffix != ".deb" or shutil.which("dpkg-deb") is None:
        return ""
    asked = ("dpkg-deb", "--field", str(path), "Installed-Size")
    told = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout
    return number(int(told) / 1024)
