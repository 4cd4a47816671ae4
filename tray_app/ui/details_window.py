"""An ordinary window with what the tray knows, for desktops without one and for a closer look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont, QPalette
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.presentation.places import PROGRAM_NAME
from tray_app.presentation.tray_view import Command
from tray_app.presentation.wording import NO_TRAY_TEXT
from tray_app.ui.history_dialogs import HistoryDialogs
from tray_app.ui.icon_painter import icon_of

if TYPE_CHECKING:
    from datetime import date

    from tray_app.presentation.tray_view import TrayView

_COMMANDS = (
    ("Refresh now", Command.REFRESH),
    ("API key…", Command.EDIT_KEY),
    ("Open billing page", Command.OPEN_BILLING),
    ("About", Command.ABOUT),
)
_HEADLINE_SCALE = 1.5
# Wide enough for every headline of an ordinary amount on one line.
_WIDTH_CHARACTERS = 60


class BalanceWindow(QWidget):
    """Shows a view; without a tray it says so, and closing it then ends the program."""

    command_chosen = Signal(object)
    """The Command of the button that was pressed."""
    export_chosen = Signal(str)
    """The path of the file that the history is to be written to."""
    delete_confirmed = Signal()
    """The user agreed that the history goes for good."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM_NAME)
        self._view: TrayView | None = None
        self._by_button: dict[object, Command] = {}
        self._dialogs = HistoryDialogs(self)
        self._dialogs.export_chosen.connect(self.export_chosen)
        self._dialogs.delete_confirmed.connect(self.delete_confirmed)
        self._headline = _text_label()
        self._headline.setFont(_scaled(self._headline.font(), _HEADLINE_SCALE))
        self._details = QFormLayout()
        self._details.setHorizontalSpacing(24)
        self._trouble = _text_label()
        self._notes = _text_label()
        self._notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._mishap = _text_label()
        self._mishap.hide()
        self._open_logs = self._button("Open log folder", Command.OPEN_LOGS)
        self._open_logs.hide()
        self._no_tray = _text_label()
        self._no_tray.setText(NO_TRAY_TEXT)
        self._no_tray.hide()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_CHARACTERS)
        layout = QVBoxLayout(self)
        layout.addWidget(self._headline)
        layout.addLayout(self._details)
        layout.addWidget(self._trouble)
        layout.addWidget(self._mishap)
        layout.addWidget(self._open_logs, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._notes)
        layout.addWidget(self._no_tray)
        layout.addStretch(1)
        layout.addLayout(self._buttons())

    def show_view(self, view: TrayView) -> None:
        """Show the view; what has not changed is not touched."""
        before, self._view = self._view, view
        if before == view:
            return
        self._headline.setText(view.headline)
        _set_or_hide(self._trouble, "\n".join(view.trouble))
        _set_or_hide(self._notes, "\n".join(view.notes))
        _set_or_hide(self._mishap, "" if view.mishap is None else view.mishap.text)
        self._open_logs.setVisible(
            view.mishap is not None and view.mishap.command is Command.OPEN_LOGS
        )
        if before is None or view.details != before.details:
            self._show_details(view.details)
        if before is None or view.icon != before.icon:
            self.setWindowIcon(icon_of(view.icon))

    def ask_where_to_export(self, today: date) -> None:
        """Ask for the file of an export; ``today`` is the user's day."""
        self._dialogs.ask_where_to_export(today)

    def ask_whether_to_delete(self) -> None:
        """Ask whether the history shall go."""
        self._dialogs.ask_whether_to_delete()

    def set_stands_for_tray(self, *, stands: bool) -> None:
        """Say, or no longer say, that there is no tray."""
        self._no_tray.setVisible(stands)

    def bring_forward(self) -> None:
        """Show the window before the others, with the keyboard's focus."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 — Qt's name
        """End the program if nothing else of it can be seen."""
        super().closeEvent(event)
        if self._no_tray.isVisibleTo(self):
            self.command_chosen.emit(Command.QUIT)

    @Slot()
    def on_pressed(self) -> None:
        """Say which button was pressed."""
        self.command_chosen.emit(self._by_button[self.sender()])

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, command in _COMMANDS:
            row.addWidget(self._button(text, command))
        return row

    def _button(self, text: str, command: Command) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(self.on_pressed)
        self._by_button[button] = command
        return button

    def _show_details(self, details: tuple[tuple[str, str], ...]) -> None:
        while self._details.rowCount():
            self._details.removeRow(0)
        for word, amount in details:
            figure = _text_label()
            figure.setText(amount)
            figure.setAccessibleName(f"{word}: {amount}")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._details.addRow(word, figure)


def _text_label() -> QLabel:
    """Return a label of plain text that can be read, selected and copied with the keyboard."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFont(_tabular(label.font()))
    return label


def _tabular(font: QFont) -> QFont:
    """Return the font with digits of one width, so that amounts line up."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _scaled(font: QFont, factor: float) -> QFont:
    font = QFont(font)
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * factor))
    else:
        font.setPointSizeF(font.pointSizeF() * factor)
    return font


def _set_or_hide(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
