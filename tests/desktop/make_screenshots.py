"""Makes the pictures of README.md: ``python -m tests.desktop.make_screenshots`` (Linux).

They show the real program on its simulated account, in a real panel on a screen of their own.
Beside what the desktop tests need, xsetroot colours the screen (Debian: x11-xserver-utils).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.panel import PanelSpec, PanelTheme
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import start_demo, wait_for_amount
from tests.desktop.waiting import wait_for
from tests.desktop.windows import press_keys, wait_for_window, window_titles
from tray_app import PROGRAM_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER: Final = Path(__file__).parents[2] / "resources" / "screenshots"
_MENU_REGION: Final = (0, 0, 320, 402)
_ICON_AT: Final = ("16", "16")


def main() -> int:
    """Write every picture."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        parts = []
        for theme in PanelTheme:
            part = Path(temporary) / f"{theme.name}.png"
            _with_demo(theme, partial(_menu_picture, part))
            parts.append(part)
        _convert(*parts, "+append", _FOLDER / "tray.png")
        _with_demo(PanelTheme.DARK, _window_picture)
    return 0


def _with_demo(theme: PanelTheme, take_picture: Callable[[DesktopSession], None]) -> None:
    with DesktopSession() as desktop:
        desktop.run(["xsetroot", "-solid", "#5b7083"])
        desktop.start_panel(PanelSpec(theme=theme))
        item = wait_for_item(desktop.bus, start_demo(desktop).pid)
        wait_for_amount(item, "Demo: $")
        item.menu.wait_for_label(lambda label: label.startswith("Lasts"), 20, "the runway")
        take_picture(desktop)


def _menu_picture(path: Path, desktop: DesktopSession) -> None:
    before = _picture_bytes(desktop)
    desktop.run(["xdotool", "mousemove", *_ICON_AT, "click", "3"])
    wait_for(lambda: _picture_bytes(desktop) != before, 10, "the menu on the screen")
    _wait_until_still(desktop)
    desktop.screenshot(path, _MENU_REGION)


def _window_picture(desktop: DesktopSession) -> None:
    desktop.run(["xdotool", "mousemove", *_ICON_AT, "click", "1"])
    window = wait_for_window(desktop, PROGRAM_NAME)
    assert PROGRAM_NAME in window_titles(desktop)
    _wait_until_still(desktop)
    before = _picture_bytes(desktop)
    press_keys(desktop, window, "ctrl+3")
    wait_for(lambda: _picture_bytes(desktop) != before, 10, "the chart of a month")
    _wait_until_still(desktop)
    desktop.run(["import", "-silent", "-window", window, _FOLDER / "window.png"])


def _wait_until_still(desktop: DesktopSession) -> None:
    """Wait until two pictures in a row are the same: nothing is being drawn any more."""
    wait_for(lambda: _picture_bytes(desktop) == _picture_bytes(desktop), 10, "a still screen")


def _picture_bytes(desktop: DesktopSession) -> bytes:
    path = desktop.root / "look.ppm"
    desktop.run(["import", "-silent", "-window", "root", f"ppm:{path}"])
    return path.read_bytes()


def _convert(*args: str | Path) -> None:
    program = shutil.which("convert")
    assert program is not None, "imagemagick is not installed"
    subprocess.run([program, *args], check=True)


if __name__ == "__main__":
    sys.exit(main())
