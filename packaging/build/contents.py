"""What goes into the bundle: modules, Qt's plug-ins, our data, and no library of this machine.

The spec asks these functions; so do the tests, which hold them against what the program imports.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The repository."""
NAME: Final = "novita-tray"

QT_MODULES: Final = frozenset({"QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWidgets"})
"""The modules of PySide6 that are packed, with Qt's libraries of the same names."""
# Qt's parts that those, or the plug-ins below, link to without a module of Python's.
_QT_LIBRARIES: Final = QT_MODULES | {"QtWaylandClient", "QtWlShellIntegration", "QtXcbQpa"}
QT_PLUGINS: Final = {
    # Opens windows. The input contexts bring compose keys and Chinese input.
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "wayland-shell-integration": {"xdg-shell"},
    # GNOME lets a program draw its own title bar.
    "wayland-decoration-client": {"adwaita", "bradient"},
    # Not gtk3, which links to some 30 libraries; the portal knows the same choices.
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},
    # The word that the network is back.
    "networkinformation": {
        "qnetworkmanager",
        "qglib",
        "qnetworklistmanager",
        "qscnetworkreachability",
    },
}
"""The plug-ins that are packed, by Qt's folder, as they are named on each system."""
QT_TRANSLATIONS: Final = frozenset({"qtbase_zh_CN.qm"})

METADATA: Final = ("PySide6-Essentials", "httpx", "keyring", "truststore")
"""The distributions whose versions the doctor names.

Without their entry points: keyring would import every back-end that they list, and those of other
systems are not there. The back-end is named in code.
"""
KEYRING_BACKENDS: Final = {
    "linux": "keyring.backends.SecretService",
    "win32": "keyring.backends.Windows",
    "darwin": "keyring.backends.macOS",
}
EXCLUDED: Final = (
    *("tkinter", "_tkinter", "curses", "_curses", "_curses_panel", "readline", "turtle"),
    *("dbm", "_dbm", "_gdbm", "crypt", "_crypt", "nis", "ossaudiodev", "spwd", "_uuid"),
    # Their libraries' names differ between distributions, and nothing here compresses with them.
    *("bz2", "_bz2", "lzma", "_lzma"),
    *("pydoc", "doctest", "unittest", "lib2to3", "distutils", "ensurepip", "idlelib", "venv"),
    # Asked by Python's platform module, which knows as much without it; WMI may take seconds.
    "_wmi",
    *("pip", "setuptools", "pkg_resources", "PyInstaller", "hatchling", "packaging"),
    # httpx needs them for asyncio, HTTP/2 and its own command only.
    *("anyio", "trio", "sniffio", "h2", "rich", "click", "pygments"),
    *("cffi.verifier", "cffi.setuptools_ext", "pycparser"),
)
"""Modules that something names and that this program never needs."""


def own_modules(root: Path = ROOT) -> list[str]:
    """Name every module of the program, since most are imported late, some by name only."""
    names = []
    for path in sorted((root / "tray_app").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[-1] == "__main__":
            continue
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def own_data(root: Path = ROOT) -> list[tuple[str, str]]:
    """Return what the program reads from its package, as (file, folder in the bundle)."""
    return [
        (str(path), path.parent.relative_to(root).as_posix())
        for path in sorted((root / "tray_app").rglob("*"))
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]


def is_wanted(target: str, source: str, platform: str) -> bool:
    """Tell whether a collected file goes into the bundle.

    ``target`` is its path there, ``source`` where it lies now, ``platform`` as in sys.platform.
    """
    path = PurePosixPath(target.replace("\\", "/"))
    origin = PurePosixPath(source.replace("\\", "/"))
    if path.parts[0] == "PySide6":
        return _is_wanted_of_qt(path)
    if path.parts[0] == "tray_app":
        return True
    if path.suffix == ".py" or path.name in {"entry_points.txt", "top_level.txt"}:
        return False
    if ".dist-info" in path.parts[0]:
        return path.name == "METADATA"
    # Visual C++'s runtime lies beside Python; what else comes from there is Windows' own.
    if platform == "win32" and "system32" in origin.as_posix().lower():
        return False
    if platform != "linux" or path.suffix in {".qm", ".pem", ".pyc", ".zip"}:
        return True
    # Qt's own libraries are found beside it; all others come from the user's system and get its
    # security updates. Python itself is ours.
    return (
        bool({"site-packages", "lib-dynload"} & set(origin.parts))
        or re.match(r"libpython3\.\d+\.so", path.name) is not None
    ) and not path.name.startswith("libQt6")


def _is_wanted_of_qt(path: PurePosixPath) -> bool:
    folders = path.parts[1:-1]
    if "plugins" in folders:
        kind = folders[folders.index("plugins") + 1]
        return _stem(path.name).removeprefix("lib") in QT_PLUGINS.get(kind, ())
    if "translations" in folders:
        return path.name in QT_TRANSLATIONS
    if {"qml", "metatypes", "resources", "typesystems", "include"} & set(folders):
        return False
    found = re.match(r"(?:lib)?(Qt6?)([A-Z]\w*)", path.name)
    if found is not None:
        return f"Qt{found[2]}" in _QT_LIBRARIES
    # Software rendering of OpenGL, and compilers for it: windows here are drawn without.
    return _stem(path.name) not in {"opengl32sw", "d3dcompiler_47", "dxcompiler", "dxil"}


def _stem(name: str) -> str:
    return name.partition(".")[0]
