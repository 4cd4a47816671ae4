"""The kinds of packages, and what each needs of the system that builds it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from build.appimage import make_appimage, runtime_fault
from build.deb import make_deb
from build.macos import make_dmg
from build.tarball import make_tarball
from build.wheel import make_wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a format is made from."""

    target: Path
    """The folder for what is made."""
    bundle: Path | None
    """None where no format that was asked for needs it."""
    runtime: Path | None
    """The AppImage runtime."""

    @property
    def frozen(self) -> Path:
        """The bundle, for a format that is made from it."""
        if self.bundle is None:
            raise ValueError("no bundle was built")
        return self.bundle


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of package."""

    make: Callable[[Inputs], Path]
    systems: frozenset[str] = frozenset({"linux"})
    """Values of sys.platform."""
    programs: tuple[str, ...] = ()
    """What must be on PATH, with the Debian package that brings it where the name differs."""
    from_bundle: bool = True


FORMATS: Final[dict[str, Format]] = {
    "wheel": Format(
        lambda inputs: make_wheel(inputs.target),
        frozenset({"linux", "win32", "darwin"}),
        from_bundle=False,
    ),
    "tarball": Format(
        lambda inputs: make_tarball(inputs.frozen, inputs.target),
        programs=("objdump", "patchelf", "strip"),
    ),
    "deb": Format(
        lambda inputs: make_deb(inputs.frozen, inputs.target),
        programs=("objdump", "patchelf", "strip", "dpkg-buildpackage", "dh"),
    ),
    "appimage": Format(
        lambda inputs: make_appimage(inputs.frozen, inputs.target, inputs.runtime),
        programs=("objdump", "patchelf", "strip", "mksquashfs"),
    ),
    "dmg": Format(
        lambda inputs: make_dmg(inputs.frozen, inputs.target),
        frozenset({"darwin"}),
    ),
}
_DEBIAN: Final = {
    "dh": "debhelper",
    "dpkg-buildpackage": "dpkg-dev",
    "mksquashfs": "squashfs-tools",
    "objdump": "binutils",
    "patchelf": "patchelf",
    "strip": "binutils",
}
_SYSTEMS: Final = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}


def hindrance(name: str, runtime: Path | None) -> str | None:
    """Return why this system cannot build a format; None where it can."""
    wanted = FORMATS[name]
    if sys.platform not in wanted.systems:
        return f"it is built on {' or '.join(_SYSTEMS[each] for each in sorted(wanted.systems))}"
    missing = [program for program in wanted.programs if shutil.which(program) is None]
    if missing:
        packages = sorted({_DEBIAN[program] for program in missing})
        return f"missing: {', '.join(missing)} (Debian: {' '.join(packages)})"
    return runtime_fault(runtime) if name == "appimage" else None
