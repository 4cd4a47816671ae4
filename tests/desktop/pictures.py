"""Pictures of windows and of the screen, which stay where somebody wants to look at them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession

KEPT_PICTURES = "NOVITA_TRAY_PICTURES"
"""Names a folder in which the pictures stay."""


def picture_of(desktop: DesktopSession, window: str, name: str) -> QImage:
    """Return what a window shows."""
    kept = os.environ.get(KEPT_PICTURES)
    path = (desktop.root if kept is None else Path(kept)) / f"{name}.png"
    desktop.run(["import", "-silent", "-window", window, path])
    return QImage(str(path))


def keep_picture(desktop: DesktopSession, name: str) -> None:
    """Keep the whole screen, where somebody wants to look at it."""
    kept = os.environ.get(KEPT_PICTURES)
    if kept is not None:
        desktop.screenshot(Path(kept) / f"{name}.png")
