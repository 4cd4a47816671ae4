"""The two questions about the history: where an export goes, and whether all of it shall go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from tray_app.presentation.history_wording import (
    delete_note,
    delete_question,
    delete_title,
    export_filters,
    export_name,
    export_title,
)
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget


class HistoryDialogs(QObject):
    """Asks before the window that it belongs to, and says what was answered."""

    export_chosen = Signal(str)
    """The path of the file to write; where there was one, the user agreed to replace it."""
    delete_confirmed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_where_to_export(self, today: date) -> None:
        """Ask for a file; the name that is suggested holds the user's day."""
        dialog = QFileDialog(self._window, export_title())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(export_filters())
        dialog.setDefaultSuffix("csv")
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(export_name(today))
        dialog.fileSelected.connect(self.on_file_selected)
        dialog.open()

    def ask_whether_to_delete(self) -> None:
        """Ask in a box that says what goes and what stays; keeping is the easy answer."""
        question = QMessageBox(
            QMessageBox.Icon.Warning,
            delete_title(),
            delete_question(),
            QMessageBox.StandardButton.Cancel,
            self._window,
        )
        question.setInformativeText(delete_note())
        delete = question.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.clicked.connect(self.on_delete_pressed)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    @Slot(str)
    def on_file_selected(self, path: str) -> None:
        """Say where the export goes."""
        self.export_chosen.emit(path)

    @Slot()
    def on_delete_pressed(self) -> None:
        """Say that the history shall go."""
        self.delete_confirmed.emit()
