"""The kinds of packages, and what each needs of the system that builds it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from build.appimage import Runtime, make_appimage, runtime_fault
from build.deb import make_deb
from build.macos import make_dmg
from build.msi import make_msi
from build.nsis import make_nsis
from build.tarball import make_tarball
from build.wheel import make_wheel
from build.windows import bundle_fault

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
    runtime: Runtime | None
    """What the AppImage begins with."""
    windows_bundle: Path | None = None
    """The bundle of Windows, where it was built before."""

    @property
    def frozen(self) -> Path:
        """The bundle, for a format that is made from it."""
        if self.bundle is None:
            raise ValueError("no bundle was built")
        return self.bundle

    @property
    def frozen_for_windows(self) -> Path:
        """The bundle of Windows, wherever it was built."""
        return self.frozen if self.windows_bundle is None else self.windows_bundle.absolute()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of package."""

    make: Callable[[Inputs], Path]
    systems: frozenset[str] = frozenset({"linux"})
    """Values of sys.platform."""
    programs: tuple[str, ...] = ()
    """What must be on PATH, with the Debian package that brings it where the name differs."""
    from_bundle: bool = True


_ON_WINDOWS: Final = sys.platform == "win32"
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
    "nsis": Format(
        lambda inputs: make_nsis(inputs.frozen_for_windows, inputs.target),
        frozenset({"linux", "win32"}),
        programs=("makensis",),
        from_bundle=_ON_WINDOWS,
    ),
    "msi": Format(
        lambda inputs: make_msi(inputs.frozen_for_windows, inputs.target),
        frozenset({"linux", "win32"}),
        programs=("wixl", "msibuild"),
        from_bundle=_ON_WINDOWS,
    ),
}
_DEBIAN: Final = {
    "dh": "debhelper",
    "dpkg-buildpackage": "dpkg-dev",
    "makensis": "nsis",
    "mksquashfs": "squashfs-tools",
    "msibuild": "msitools",
    "objdump": "binutils",
    "patchelf": "patchelf",
    "strip": "binutils",
    "wixl": "wixl",
}
_OF_WINDOWS: Final = frozenset({"nsis", "msi"})
_SYSTEMS: Final = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}


def needs_bundle(name: str, windows_bundle: Path | None) -> bool:
    """Return whether this system's bundle is to be built for a format."""
    given = name in _OF_WINDOWS and windows_bundle is not None
    return FORMATS[name].from_bundle and not given


def hindrance(name: str, runtime: Runtime | None, windows_bundle: Path | None = None) -> str | None:
    """Return why this system cannot build a format; None where it can."""
    wanted = FORMATS[name]
    if sys.platform not in wanted.systems:
        return f"it is built on {' or '.join(_SYSTEMS[each] for each in sorted(wanted.systems))}"
    missing = [program for program in wanted.programs if shutil.which(program) is None]
    if missing:
        packages = sorted({_DEBIAN[program] for program in missing})
        return f"missing: {', '.join(missing)} (Debian: {' '.join(packages)})"
    if name in _OF_WINDOWS and not (_ON_WINDOWS and windows_bundle is None):
        return bundle_fault(windows_bundle)
    return runtime_fault(runtime) if name == "appimage" else None
