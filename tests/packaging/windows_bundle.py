"""A folder that looks like the bundle of Windows to what makes installers from it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from build.contents import NAME
from build.windows import WINDOWLESS, ico

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
ICON = ico({16: PNG + bytes(64)})


def exe(machine: int) -> bytes:
    """Return the start of a program: a DOS header that points to a PE header."""
    return (
        b"MZ".ljust(0x3C, b"\0")
        + struct.pack("<I", 0x80)
        + bytes(0x40)
        + b"PE\0\0"
        + (struct.pack("<H", machine))
    )


def make_bundle(folder: Path, machine: int = 0x8664) -> Path:
    (folder / "_internal" / "PySide6").mkdir(parents=True)
    for name in (NAME, WINDOWLESS):
        (folder / f"{name}.exe").write_bytes(exe(machine))
    (folder / "_internal" / "PySide6" / "Qt6Core.dll").write_bytes(b"x" * 4096)
    (folder / "_internal" / "base_library.zip").write_bytes(b"y" * 2048)
    return folder
