"""One build: the packages, and what goes out beside them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from build.bundle import make_bundle
from build.contents import NAME
from build.formats import FORMATS, Inputs, needs_bundle
from build.notice import notice
from build.sbom import bill_of_materials
from build.tools import LOCK, epoch, version

if TYPE_CHECKING:
    from pathlib import Path

    from build.appimage import Runtime

SUMS: Final = "SHA256SUMS"


def build(
    names: list[str], target: Path, runtime: Runtime | None, windows_bundle: Path | None = None
) -> dict[str, str]:
    """Build these formats into a folder; return each new file's SHA-256 sum by its name.

    SHA256SUMS there covers every file of the folder, also those of earlier builds.
    """
    target.mkdir(parents=True, exist_ok=True)
    made = []
    if any(needs_bundle(name, windows_bundle) for name in names):
        folder, packed = make_bundle()
        (target / "THIRD-PARTY.txt").write_text(notice(packed), encoding="utf-8", newline="\n")
        bill = bill_of_materials(NAME, version(), packed, LOCK.read_text(encoding="utf-8"), epoch())
        (target / f"{NAME}.cdx.json").write_text(bill, encoding="utf-8", newline="\n")
        made += [target / "THIRD-PARTY.txt", target / f"{NAME}.cdx.json"]
        inputs = Inputs(target, folder, runtime, windows_bundle)
    else:
        inputs = Inputs(target, None, runtime, windows_bundle)
    made += [FORMATS[name].make(inputs) for name in names]
    sums = {path.name: _sum_of(path) for path in sorted(target.iterdir()) if path.name != SUMS}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    (target / SUMS).write_text(lines, encoding="ascii", newline="\n")
    return {path.name: sums[path.name] for path in made}


def _sum_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
