"""Whether there is a screen to show anything on."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_X_DISPLAY: Final = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?", re.ASCII)
_X_SOCKETS: Final = Path("/tmp/.X11-unix")  # noqa: S108 — where X servers listen, by convention


def missing_display(environ: Mapping[str, str], platform: str) -> str | None:
    """Return why no window could be opened, as a sentence, or None if one probably can.

    Qt ends the whole process when it finds no display, so this is asked before Qt is loaded.
    """
    if platform in {"win32", "darwin"}:
        return None
    # "xcb:…;wayland" names plugins in the order in which they are tried, with their arguments.
    plugin = environ.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]
    if plugin not in {"", "xcb"}:
        return None
    if environ.get("WAYLAND_DISPLAY") and not plugin:
        return None
    display = environ.get("DISPLAY", "")
    if not display:
        return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    match = _X_DISPLAY.fullmatch(display)
    # A display on another computer is left to Qt.
    if match is not None and not _answers(int(match.group(1))):
        return f"The display {display} does not answer."
    return None


def _answers(number: int) -> bool:
    path = os.fspath(_X_SOCKETS / f"X{number}")
    # Linux's X servers also listen in the abstract namespace, some nowhere else.
    for address in (path, f"\0{path}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.connect(address)
            except OSError:
                continue
            return True
    return False
