"""The folder that PyInstaller makes: the program with its own Python and Qt, and their licences."""

from __future__ import annotations

import ast
import shutil
import sys
from typing import TYPE_CHECKING, Final

from build.contents import NAME, ROOT
from build.notice import Packed, packed_distributions, write_licences
from build.tools import PACKAGING, WORK, BuildError, build_python, run, site_packages
from build.windows import write_resources

if TYPE_CHECKING:
    from pathlib import Path

_LAID: Final = WORK / "bundle"
_SCRATCH: Final = WORK / "pyinstaller"


def make_bundle() -> tuple[Path, Packed]:
    """Build the folder anew; return it, and which distributions are in it."""
    for folder in (_LAID, _SCRATCH):
        shutil.rmtree(folder, ignore_errors=True)
    if sys.platform == "win32":
        write_resources(build_python())
    run(
        (
            *(build_python(), "-m", "PyInstaller", "--noconfirm", "--clean"),
            *("--log-level", "WARN", "--distpath", _LAID, "--workpath", _SCRATCH),
            PACKAGING / f"{NAME}.spec",
        )
    )
    folder = _LAID / NAME
    if sys.platform == "linux":
        _strip(folder)
    packed = packed_distributions(collected_files(), site_packages())
    write_licences(folder / "licences", packed, ROOT)
    return folder, packed


def collected_files() -> list[str]:
    """Return where each file and module of the last bundle came from."""
    files = []
    for name in ("COLLECT-00.toc", "PYZ-00.toc"):
        toc = next(_SCRATCH.rglob(name))
        # docs (PyInstaller, "Inside the spec file"): the TOC files are literals of Python.
        value = ast.literal_eval(toc.read_text(encoding="utf-8"))
        entries = next(part for part in value if isinstance(part, list))
        files += [_source_of(*entry[:2]) for entry in entries if len(entry) > 1 and entry[1]]
    return files


def _source_of(target: str, source: str) -> str:
    """Return the file that the wheel has; PyInstaller compiles modules into its own folder."""
    return str(site_packages() / target[:-1]) if target.endswith(".pyc") else source


def _strip(folder: Path) -> None:
    """Drop what only linking and debugging need, and where Python's libraries lay here."""
    for program, package in (("strip", "binutils"), ("patchelf", "patchelf")):
        if shutil.which(program) is None:
            raise BuildError(f"{program} is missing; Debian has it in {package}.")
    internal = folder / "_internal"
    python = sorted([*internal.glob("libpython3*"), *internal.glob("python3*/lib-dynload/*.so")])
    # Qt's own come stripped, and find one another by such paths.
    others = [*internal.glob("*.so"), *internal.glob("cryptography/**/*.so")]
    others += internal.glob("PySide6/Qt/lib/libicu*")
    run(("patchelf", "--remove-rpath", *python))
    run(("strip", "--strip-unneeded", *python, *sorted(set(others))))
