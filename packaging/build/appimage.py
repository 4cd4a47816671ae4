"""The AppImage: one file for Linux that mounts itself, the bundle behind a small runtime."""

from __future__ import annotations

import hashlib
import platform
import shutil
from typing import TYPE_CHECKING, Final

from build.contents import NAME
from build.freedesktop import write_share
from build.tools import PACKAGING, WORK, epoch, run, version

if TYPE_CHECKING:
    from pathlib import Path

APPDIR: Final = WORK / "AppDir"
_SQUASHED: Final = WORK / "AppDir.squashfs"
PINNED: Final = PACKAGING / "linux" / "appimage-runtime.sha256"
"""The sums of the runtimes that are trusted, as sha256sum writes them."""


def runtime_fault(runtime: Path | None) -> str | None:
    """Return why no AppImage can be made with this runtime; None where one can."""
    if runtime is None:
        return "the runtime is not given: --runtime FILE"
    if not runtime.is_file():
        return f"{runtime} is no file"
    digest = hashlib.sha256(runtime.read_bytes()).hexdigest()
    pinned = [line.split()[0] for line in _lines(PINNED)]
    if digest not in pinned:
        return f"{runtime} has the sum {digest}, which {PINNED.name} does not list"
    return None


def make_appdir(bundle: Path) -> Path:
    """Lay out what the image contains: AppRun, desktop entry and icon at the top."""
    shutil.rmtree(APPDIR, ignore_errors=True)
    shutil.copytree(bundle, APPDIR / "usr" / "lib" / NAME, symlinks=True)
    write_share(APPDIR / "usr" / "share")
    # spec (AppImage, "The root of an AppDir"): these three names.
    (APPDIR / "AppRun").symlink_to(f"usr/lib/{NAME}/{NAME}")
    share = APPDIR / "usr" / "share"
    shutil.copyfile(share / "applications" / f"{NAME}.desktop", APPDIR / f"{NAME}.desktop")
    shutil.copyfile(
        share / "icons" / "hicolor" / "256x256" / "apps" / f"{NAME}.png", APPDIR / f"{NAME}.png"
    )
    (APPDIR / ".DirIcon").symlink_to(f"{NAME}.png")
    return APPDIR


def make_appimage(bundle: Path, target: Path, runtime: Path | None) -> Path:
    """Write the image into the folder ``target`` and return it."""
    fault = runtime_fault(runtime)
    if runtime is None or fault is not None:
        raise ValueError(fault)
    image = target / f"{NAME}-{version()}-{platform.machine()}.AppImage"
    write_image(make_appdir(bundle), image, runtime)
    return image


def write_image(appdir: Path, image: Path, runtime: Path) -> None:
    """Write the folder, compressed by zstd, behind the runtime: xz would start in seconds."""
    _SQUASHED.unlink(missing_ok=True)
    run(
        (
            *("mksquashfs", appdir, _SQUASHED, "-quiet", "-no-progress", "-noappend"),
            *("-comp", "zstd", "-Xcompression-level", "19", "-b", "256K"),
            *("-root-owned", "-all-time", str(epoch()), "-no-xattrs"),
        )
    )
    with image.open("wb") as stream:
        stream.write(runtime.read_bytes())
        stream.write(_SQUASHED.read_bytes())
    image.chmod(0o755)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []
