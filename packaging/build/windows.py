"""What Windows is told of the programs in the bundle: icon, version, and which processor they need.

Two programs share one folder: novita-tray.exe answers in a console, novita-trayw.exe is the tray,
for which Windows opens none. One program cannot be both: Windows decides by its header, and a
shell does not wait for one without a console.
"""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from build.contents import NAME, ROOT
from build.freedesktop import DRAWING
from build.tools import PACKAGING, WORK, build_python, run, version

if TYPE_CHECKING:
    from collections.abc import Mapping

DISPLAY_NAME: Final = "Novita balance"
PUBLISHER: Final = "The Novita tray contributors"
WINDOWLESS: Final = f"{NAME}w"
"""The tray's program, as python.exe has its pythonw.exe."""
ICON: Final = WORK / "windows-resources" / f"{NAME}.ico"
SIDES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
"""The sides of its pictures in pixels: 16, 32, 48, 256, and 16 and 32 at 125 to 200 %."""
_WIDEST: Final = 256
# docs (Microsoft, "PE Format", "Machine Types").
_MACHINES: Final = {0x8664: "x86_64", 0xAA64: "arm64"}


def application_id(root: Path = ROOT) -> str:
    """Return the program's AppUserModelID, from its one place."""
    text = (root / "tray_app" / "ui" / "windows_identity.py").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("APP_ID")).split('"')[1]


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """Return a version as Windows keeps it: "1.2.3" is (1, 2, 3, 0)."""
    major, minor, patch = (int(part) for part in text.split("."))
    return major, minor, patch, 0


def version_resource(name: str) -> str:
    """Return the version resource of the program ``name``, as PyInstaller takes it.

    FileDescription is what Task Manager and messages call it.
    """
    numbers = four_numbers(version())
    strings = {
        "CompanyName": PUBLISHER,
        "FileDescription": DISPLAY_NAME,
        "FileVersion": version(),
        "InternalName": name,
        "LegalCopyright": "MIT licence. Not made by Novita AI.",
        "OriginalFilename": f"{name}.exe",
        "ProductName": DISPLAY_NAME,
        "ProductVersion": version(),
    }
    listed = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    # 0409 is English, 04B0 (1200) UTF-16.
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, "
        "OS=0x40004, fileType=0x1), kids=[StringFileInfo([StringTable('040904B0', "
        f"[{listed}])]), VarFileInfo([VarStruct('Translation', [0x0409, 1200])])])\n"
    )


def write_resources(python: Path) -> None:
    """Write what the spec refers to; ``python`` has Qt, to draw the icon with."""
    folder = ICON.parent
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sides = map(str, SIDES)
    run((python, "-m", "build.render_icons", DRAWING, folder, *sides), cwd=PACKAGING)
    ICON.write_bytes(ico({side: (folder / f"{side}.png").read_bytes() for side in SIDES}))
    for name in (NAME, WINDOWLESS):
        resource_path(name).write_text(version_resource(name), encoding="utf-8", newline="\n")


def icon() -> Path:
    """Return the icon file, drawn where it is missing or older than the drawing."""
    if not ICON.exists() or ICON.stat().st_mtime < DRAWING.stat().st_mtime:
        write_resources(build_python())
    return ICON


def resource_path(name: str) -> Path:
    """Return where the version resource of the program ``name`` lies."""
    return ICON.parent / f"{name}.version"


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """Return an icon file of PNGs by their side in pixels.

    Its form: a count, then for each picture sides (256 is 0), colours, length and place.
    """
    place = 6 + 16 * len(pictures)
    entries = []
    for side, picture in pictures.items():
        byte = side % _WIDEST
        entries.append(struct.pack("<BBBBHHII", byte, byte, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + b"".join((*entries, *pictures.values()))


def processor_of(program: bytes) -> str:
    """Return which processor an .exe file needs, as packages are named; ValueError for another."""
    (header,) = struct.unpack_from("<I", program, 0x3C)
    (machine,) = struct.unpack_from("<H", program, header + 4)
    if machine not in _MACHINES:
        raise ValueError(f"a program for machine {machine:#x}")
    return _MACHINES[machine]


def bundle_fault(bundle: Path | None) -> str | None:
    """Return why no installer can be made from this folder; None where one can."""
    if bundle is None:
        return "elsewhere than on Windows the bundle must be given: --windows-bundle FOLDER"
    missing = [
        f"{name}.exe" for name in (NAME, WINDOWLESS) if not (bundle / f"{name}.exe").exists()
    ]
    return f"{bundle} has no {' and no '.join(missing)}" if missing else None


def package_name(bundle: Path, ending: str) -> str:
    """Return the file name of an installer of this bundle."""
    processor = processor_of((bundle / f"{NAME}.exe").read_bytes()[:4096])
    return f"{NAME}-{version()}-windows-{processor}{ending}"


if __name__ == "__main__":
    # For packaging/windows/freeze_under_wine.sh: drawn by the Python that runs this.
    write_resources(Path(sys.executable))
