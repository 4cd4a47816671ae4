"""Whether Qt's plug-in for this display finds every library that it needs."""

from __future__ import annotations

import ctypes
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.adapters.display import missing_display
from tray_app.core.checkup import DisplayFound

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER: Final = Path("Qt/plugins/platforms")
_X: Final = "libqxcb.so"
_WAYLAND: Final = "libqwayland.so"


def display_found(environ: Mapping[str, str], platform: str) -> DisplayFound:
    """Return whether there is a display, and what stops Qt from using it.

    Qt ends the whole process where one of the plug-in's libraries is missing, and names none.
    """
    if platform in {"win32", "darwin"}:
        return DisplayFound(shown_at="")
    shown_at = environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY", "")
    missing = missing_display(environ, platform)
    if missing is not None:
        return DisplayFound(shown_at, missing=missing)
    if environ.get("QT_QPA_PLATFORM", "") not in {"", "xcb", "wayland"}:
        return DisplayFound(shown_at)
    return DisplayFound(shown_at, plugin_fault=_plugin_fault(_plugins(environ)))


def _plugins(environ: Mapping[str, str]) -> list[str]:
    """Return the plug-ins of which one must load, by what displays there are."""
    chosen = environ.get("QT_QPA_PLATFORM", "")
    found = []
    if environ.get("WAYLAND_DISPLAY") and chosen != "xcb":
        found.append(_WAYLAND)
    if environ.get("DISPLAY") and chosen != "wayland":
        found.append(_X)
    return found


def _plugin_fault(names: list[str]) -> str | None:
    """Return why none of the plug-ins can be loaded, None where one can or none is found."""
    package = importlib.util.find_spec("PySide6")
    if package is None or package.origin is None:
        return None
    fault = None
    for name in names:
        path = Path(package.origin).parent / _FOLDER / name
        if not path.exists():
            continue
        try:
            ctypes.CDLL(str(path))
        except OSError as error:
            # Packaged, PyInstaller puts an error that names no library around the loader's.
            fault = fault or str(error.__cause__ or error)
        else:
            return None
    return fault
