"""The small boxes that only tell something."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QMessageBox

import tray_app
from tray_app.presentation.places import program_name
from tray_app.presentation.translation import tr


def about_box(text: str) -> QMessageBox:
    """Return version, licence, and ``text``: what is sent to whom."""
    return _box(
        tr("About {program}", program=program_name()),
        f"{program_name()} {tray_app.__version__}",
        f"{text}\n\n{_licence_text()}",
    )


def no_browser_box(url: str) -> QMessageBox:
    """Return the address of a page that no browser was found for, ready to be copied."""
    return _copyable(tr("No browser could be opened."), url)


def no_file_manager_box(folder: str) -> QMessageBox:
    """Return the path of a folder that nothing was found to open with, ready to be copied."""
    return _copyable(tr("The folder could not be opened."), folder)


def _licence_text() -> str:
    return tr(
        "MIT licence. Built with Qt {version} (LGPL 3) and PySide6. Not made by Novita AI.",
        version=qVersion(),
    )


def _copyable(text: str, place: str) -> QMessageBox:
    box = _box(program_name(), text, place)
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
