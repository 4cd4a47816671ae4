"""The small boxes that only tell something."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QMessageBox

import tray_app
from tray_app.presentation.places import PROGRAM_NAME


def about_box(text: str) -> QMessageBox:
    """Return version, licence, and ``text``: what is sent to whom."""
    return _box(
        f"About {PROGRAM_NAME}",
        f"{PROGRAM_NAME} {tray_app.__version__}",
        f"{text}\n\n"
        f"MIT licence. Built with Qt {qVersion()} (LGPL 3) and PySide6. "
        "Not made by Novita AI.",
    )


def no_browser_box(url: str) -> QMessageBox:
    """Return the address of a page that no browser was found for, ready to be copied."""
    return _copyable("No browser could be opened.", url)


def no_file_manager_box(folder: str) -> QMessageBox:
    """Return the path of a folder that nothing was found to open with, ready to be copied."""
    return _copyable("The folder could not be opened.", folder)


def _copyable(text: str, place: str) -> QMessageBox:
    box = _box(PROGRAM_NAME, text, place)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return box


def _box(title: str, text: str, more: str) -> QMessageBox:
    """Return a box that is ready to be opened, and deletes itself when it is closed."""
    box = QMessageBox()
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    box.addButton(QMessageBox.StandardButton.Close)
    return box
