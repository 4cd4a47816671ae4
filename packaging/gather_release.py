"""Gather what several computers built into one folder, under names of their own, with all sums.

usage: python3 packaging/gather_release.py BUILT RELEASE

BUILT has a folder for each system, each as dist/ is after ``python3 dev.py package``. The notice
and the bill of materials, which every one has, get the system's name. RELEASE must not be there.

exit codes: 0 gathered, 1 something is missing, broken or there twice, 2 usage.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

SUMS = "SHA256SUMS"
OF_EACH = ("THIRD-PARTY.txt", "novita-tray.cdx.json")
"""What every system builds, under one name."""


class NotWholeError(Exception):
    """What was built is not what its sums say; the text says what is wrong."""


def gather(built: Path, release: Path) -> list[str]:
    """Copy everything into the folder ``release``, which is made; return the names.

    Each file must have the sum that was written where it was built. Raises NotWholeError.
    """
    systems = sorted(path for path in built.iterdir() if path.is_dir())
    if not systems:
        raise NotWholeError(f"nothing was built in {built}")
    release.mkdir()
    sums: dict[str, str] = {}
    for system in systems:
        for name, digest in _checked_sums(system).items():
            path = Path(name)
            own = f"{path.stem}-{system.name}{path.suffix}" if name in OF_EACH else name
            if own in sums:
                raise NotWholeError(f"{own} was built more than once")
            shutil.copyfile(system / name, release / own)
            sums[own] = digest
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (release / SUMS).write_text(lines, encoding="ascii", newline="\n")
    return sorted(sums)


def _checked_sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        raise NotWholeError(f"{folder.name} has no {SUMS}") from None
    sums = {}
    for line in lines:
        digest, _, name = line.partition("  ")
        if Path(name).name != name or not name:
            raise NotWholeError(f"{folder.name} has a sum of {name!r}, which is no name")
        sums[name] = digest
    there = {path.name for path in folder.iterdir()} - {SUMS}
    if there != sums.keys():
        odd = ", ".join(sorted(there ^ sums.keys()))
        raise NotWholeError(f"{folder.name}: files and sums differ in {odd}")
    for name, digest in sums.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise NotWholeError(f"{folder.name}: {name} is not what was built")
    return sums


def main(arguments: list[str]) -> int:
    """Gather; return the exit code."""
    if len(arguments) != len(("BUILT", "RELEASE")):
        sys.stderr.write(f"{__doc__}")
        return 2
    try:
        names = gather(Path(arguments[0]), Path(arguments[1]))
    except (NotWholeError, FileExistsError) as error:
        sys.stderr.write(f"Not gathered: {error}.\n")
        return 1
    print(*names, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
