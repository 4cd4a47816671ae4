"""Opens what lies outside the program: pages, folders, and boxes where that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMessageBox


def _open(address: str | Path) -> bool:
    # Loaded for whoever opens something.
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    url = QUrl(address) if isinstance(address, str) else QUrl.fromLocalFile(address)
    return QDesktopServices.openUrl(url)


class Opener:
    """Uses the desktop's browser and file manager; without one a box shows where to look."""

    def __init__(self) -> None:
        # A box without a parent lives only as long as somebody holds it.
        self._box: QMessageBox | None = None

    def open_page(self, url: str) -> None:
        """Show a page in the browser."""
        if not _open(url):
            from tray_app.ui.boxes import no_browser_box

            self.open_box(no_browser_box(url))

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the file manager."""
        if not _open(folder):
            from tray_app.ui.boxes import no_file_manager_box

            self.open_box(no_file_manager_box(str(folder)))

    def open_file(self, path: Path) -> None:
        """Open a file with the program that the desktop has for it, else show where it is."""
        if not _open(path):
            self.open_folder(path.parent)

    def open_about_box(self, text: str) -> None:
        """Show version, licence, and ``text``."""
        from tray_app.ui.boxes import about_box

        self.open_box(about_box(text))

    def open_box(self, box: QMessageBox) -> None:
        """Show a box, in place of the one before."""
        self._box = box
        box.open()
