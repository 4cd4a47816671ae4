"""Whether there is a screen to show anything on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    number = _local_number(display)
    # A display on another computer is left to Qt.
    if number is not None and not _answers(number):
        return f"The display {display} does not answer."
    return None


def _local_number(display: str) -> int | None:
    """Return the number of a display on this computer, as in ``:0``, ``unix:0`` and ``:0.0``."""
    host, _, rest = display.partition(":")
    number, dot, screen = rest.partition(".")
    numbers = (number, screen) if dot else (number,)
    if host not in {"", "unix"} or not all(each.isascii() and each.isdigit() for each in numbers):
        return None
    return int(number)


def _answers(number: int) -> bool:
    # The icon waits for it, and what the module socket lays over it takes 5 ms to import.
    from _socket import AF_UNIX, SOCK_STREAM, socket  # noqa: PLC0415 — only X servers need it

    path = os.fspath(_X_SOCKETS / f"X{number}")
    # Linux's X servers also listen in the abstract namespace, some nowhere else.
    for address in (path, f"\0{path}"):
        connection = socket(AF_UNIX, SOCK_STREAM)
        try:
            connection.connect(address)
        except OSError:
            continue
        finally:
            connection.close()
        return True
    return False
