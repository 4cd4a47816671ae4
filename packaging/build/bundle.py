"""The folder that PyInstaller makes: the program with its own Python and Qt, and their licences."""

from __future__ import annotations

import ast
import shutil
import sys
from pathlib import Path
from typing import Final

from build.contents import NAME, ROOT
from build.notice import Packed, packed_distributions, write_licences
from build.python_parts import parts_among, python_text
from build.tools import PACKAGING, WORK, BuildError, build_python, run, site_packages
from build.windows import write_resources

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
    return folder, add_licences(folder, _SCRATCH, site_packages())


def add_licences(folder: Path, scratch: Path, site: Path) -> Packed:
    """Write notice and licence texts into a bundle; return whose works are in it.

    ``scratch`` is PyInstaller's work path, ``site`` where the locked packages lie.
    """
    files = collected_files(scratch, site)
    packed = (*packed_distributions(files, site), *parts_among(files))
    kept = PACKAGING / "licences" / "Python.txt"
    write_licences(folder / "licences", packed, ROOT, python_text(kept))
    return packed


def collected_files(scratch: Path, site: Path) -> list[str]:
    """Return where each file and module of the bundle came from."""
    files = []
    for name in ("COLLECT-00.toc", "PYZ-00.toc"):
        toc = next(scratch.rglob(name))
        # docs (PyInstaller, "Inside the spec file"): the TOC files are literals of Python.
        value = ast.literal_eval(toc.read_text(encoding="utf-8"))
        entries = next(part for part in value if isinstance(part, list))
        files += [
            _source_of(entry[0], entry[1], site) for entry in entries if len(entry) > 1 and entry[1]
        ]
    return files


def _source_of(target: str, source: str, site: Path) -> str:
    """Return the file that the wheel has; PyInstaller compiles modules into its own folder."""
    return str(site / target[:-1]) if target.endswith(".pyc") else source


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


if __name__ == "__main__":
    # For packaging/windows/freeze_under_wine.sh, by the Python that is packed.
    add_licences(*map(Path, sys.argv[1:]))
