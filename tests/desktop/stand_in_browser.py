"""A program in the browser's place, which keeps what it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession


class StandInBrowser:
    """Give ``environ`` to the program that opens pages; nothing has been opened yet."""

    def __init__(self, desktop: DesktopSession) -> None:
        self._kept = desktop.root / "browser"
        self._kept.unlink(missing_ok=True)
        folder = desktop.root / "bin"
        folder.mkdir(exist_ok=True)
        script, new = folder / "xdg-open", f"{self._kept}.new"
        script.write_text(
            f'#!/bin/sh\n{{ echo "$@"; env; }} >"{new}"\nmv "{new}" "{self._kept}"\n',
            encoding="utf-8",
        )
        script.chmod(0o755)
        self.environ = {"PATH": f"{folder}:{desktop.environ['PATH']}"}

    def wait_for_page(self, address: str) -> None:
        """Wait until exactly this page was opened, as from a shell of the user's."""
        wait_for(self._kept.exists, 10, f"a browser with {address}")
        arguments, *environ = self._kept.read_text(encoding="utf-8").splitlines()
        assert arguments == address
        assert any(line.startswith("HOME=") for line in environ)
