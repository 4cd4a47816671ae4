"""The AppImage: one file for Linux that mounts itself, the bundle behind a small runtime."""

from __future__ import annotations

import hashlib
import platform
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from build.archive import make_plain
from build.contents import NAME
from build.freedesktop import write_share
from build.tools import PACKAGING, WORK, epoch, run, version

if TYPE_CHECKING:
    from pathlib import Path

APPDIR: Final = WORK / "AppDir"
_SQUASHED: Final = WORK / "AppDir.squashfs"
PINNED: Final = PACKAGING / "linux" / "appimage-runtime.sha256"
"""The sums of the runtimes that are trusted, as sha256sum writes them."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The program that an image begins with, and mounts itself by."""

    file: Path
    sha256: str | None = None
    """The sum that it must have; without one, a sum that is pinned."""


def runtime_fault(runtime: Runtime | None) -> str | None:
    """Return why no AppImage can be made with this runtime; None where one can."""
    if runtime is None:
        return "the runtime is not given: --runtime FILE"
    file = runtime.file
    if not file.is_file():
        return f"{file} is no file"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if runtime.sha256 is not None and digest != runtime.sha256:
        return f"{file} has the sum {digest}, and not {runtime.sha256}"
    if runtime.sha256 is None and digest not in [line.split()[0] for line in _lines(PINNED)]:
        return f"{file} has the sum {digest}, which {PINNED.name} does not list"
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
    make_plain(APPDIR, epoch())
    return APPDIR


def make_appimage(bundle: Path, target: Path, runtime: Runtime | None) -> Path:
    """Write the image into the folder ``target`` and return it."""
    fault = runtime_fault(runtime)
    if runtime is None or fault is not None:
        raise ValueError(fault)
    image = target / f"{NAME}-{version()}-{platform.machine()}.AppImage"
    write_image(make_appdir(bundle), image, runtime.file)
    return image


def write_image(appdir: Path, image: Path, runtime: Path) -> None:
    """Write the folder, compressed by zstd, behind the runtime: xz would start in seconds."""
    _SQUASHED.unlink(missing_ok=True)
    run(
        (
            *("mksquashfs", appdir, _SQUASHED, "-quiet", "-no-progress", "-noappend"),
            *("-comp", "zstd", "-Xcompression-level", "19", "-b", "256K"),
            # It takes its time from SOURCE_DATE_EPOCH, and refuses options for times beside that.
            *("-root-owned", "-no-xattrs"),
        )
    )
    with image.open("wb") as stream:
        stream.write(runtime.read_bytes())
        stream.write(_SQUASHED.read_bytes())
    image.chmod(0o755)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []
