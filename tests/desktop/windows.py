"""Windows on the test's screen: finding them by title and typing into them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession

# xdotool ends so when nothing matches, or when a window closed meanwhile.
_NONE_FOUND = 1


def window_titles(session: DesktopSession) -> list[str]:
    """Return the titles of the windows that are on the screen now."""
    titles = []
    for window in _search(session, "."):
        title = session.run(["xdotool", "getwindowname", window], accept=(0, _NONE_FOUND))
        titles.append(title.rstrip("\n"))
    return titles


def wait_for_window(session: DesktopSession, title: str, timeout: float = 10.0) -> str:
    """Return xdotool's id of the window with exactly this title, once it is on the screen."""
    windows = wait_for(
        lambda: _search(session, f"^{re.escape(title)}$"), timeout, f"a window {title!r}"
    )
    return windows[0]


def press_keys(session: DesktopSession, window: str, *keys: str) -> None:
    """Press keys in a window, named as X names them: ``Return``, ``Escape``, ``alt+s``."""
    _focus(session, window)
    session.run(["xdotool", "key", "--delay", "5", *keys])


def type_text(session: DesktopSession, window: str, text: str) -> None:
    """Type text into the field of a window that has its focus."""
    _focus(session, window)
    session.run(["xdotool", "type", "--delay", "5", text])


def click_near_corner(session: DesktopSession, window: str, left: int, up: int) -> None:
    """Click so many pixels left of and above a window's lower right corner."""
    geometry = session.run(["xdotool", "getwindowgeometry", "--shell", window])
    told = dict(line.split("=") for line in geometry.split())
    x, y = int(told["WIDTH"]) - left, int(told["HEIGHT"]) - up
    place = ["mousemove", "--sync", "--window", window, str(x), str(y)]
    session.run(["xdotool", *place, "click", "1"])


def _focus(session: DesktopSession, window: str) -> None:
    # No window manager runs here, so nobody else gives a window the keyboard.
    session.run(["xdotool", "windowfocus", "--sync", window])


def _search(session: DesktopSession, pattern: str) -> list[str]:
    args = ["xdotool", "search", "--onlyvisible", "--name", pattern]
    return session.run(args, accept=(0, _NONE_FOUND)).split()
