"""The icon in the panel, its tooltip and its menu."""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tray_app.presentation.tray_menu import Command, MenuGroup, MenuItem, MenuRow, MenuSeparator
from tray_app.ui.icon_painter import icon_of
from tray_app.ui.panel import panel_is_there, underscores_mark_mnemonics

if TYPE_CHECKING:
    from tray_app.presentation.alert_message import Message
    from tray_app.presentation.tray_view import TrayView

_Rows = tuple[MenuItem, ...]

_PATIENCE: Final = timedelta(minutes=1)
_EAGER_LOOK: Final = timedelta(seconds=1)
_PATIENT_LOOK: Final = timedelta(seconds=5)


class Tray(QObject):
    """Shows a view once a panel is there to show it.

    Emits ``panel_missing`` once when none came within ``patience``, and goes on looking.
    """

    command_chosen = Signal(object, str)
    """The Command of the row that was chosen, and its account; empty for the one that is shown."""
    balloon_clicked = Signal()
    appeared = Signal()
    panel_missing = Signal()

    def __init__(self, *, patience: timedelta = _PATIENCE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patience = patience
        self._waited = QElapsedTimer()
        self._looking = QTimer(self)
        self._looking.setTimerType(Qt.TimerType.CoarseTimer)
        self._looking.timeout.connect(self.on_look)
        self._gave_notice = False
        self._icon: QSystemTrayIcon | None = None
        self._view: TrayView | None = None
        self._escapes_underscores = False
        self._menu = QMenu()
        self._menu.triggered.connect(self.on_row_chosen)
        self._rows: dict[QAction, MenuRow] = {}

    @property
    def visible(self) -> bool:
        """Whether the icon has been handed to a panel."""
        return self._icon is not None

    def start(self) -> None:
        """Show the icon as soon as a panel is there."""
        self._waited.start()
        self._looking.start(_EAGER_LOOK // timedelta(milliseconds=1))
        self.on_look()

    def hide(self) -> None:
        """Take the icon away for good."""
        self._looking.stop()
        if self._icon is not None:
            self._icon.hide()

    def show_view(self, view: TrayView) -> None:
        """Show the view; what has not changed is not touched."""
        before, self._view = self._view, view
        if before is None or view.menu != before.menu:
            self._show_menu(() if before is None else before.menu, view.menu)
        if self._icon is None:
            return
        if before is None or view.icon != before.icon:
            self._icon.setIcon(icon_of(view.icon))
        if before is None or view.tooltip != before.tooltip:
            self._icon.setToolTip(view.tooltip)

    def show_balloon(self, message: Message) -> None:
        """Show a message beside the icon; nothing where there is none, as the menu says it too.

        Its picture is the icon: where Qt asks a panel for attention it shows this in the icon's
        place, and the balance must go on showing.
        """
        if self._icon is not None:
            self._icon.showMessage(message.title, message.body, self._icon.icon())

    @Slot()
    def on_look(self) -> None:
        """Show the icon if there is a panel now.

        An icon made before its panel never appears, so it is not made earlier. A panel that is
        restarted later is Qt's own affair.
        """
        if panel_is_there():
            self._looking.stop()
            self._make_icon()
            self.appeared.emit()
        elif not self._gave_notice and self._waited.hasExpired(
            self._patience // timedelta(milliseconds=1)
        ):
            self._gave_notice = True
            self._looking.setInterval(_PATIENT_LOOK // timedelta(milliseconds=1))
            self.panel_missing.emit()

    @Slot(QAction)
    def on_row_chosen(self, action: QAction) -> None:
        """Say which command was chosen."""
        row = self._rows.get(action)
        if row is not None:
            self.command_chosen.emit(row.command, row.account)

    @Slot(QSystemTrayIcon.ActivationReason)
    def on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Open the window on a plain click, where the desktop tells of one.

        On macOS a click opens the menu, and is told all the same.
        """
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.command_chosen.emit(Command.OPEN_WINDOW, "")

    def _make_icon(self) -> None:
        self._escapes_underscores = underscores_mark_mnemonics()
        icon = QSystemTrayIcon(self)
        icon.setContextMenu(self._menu)
        icon.activated.connect(self.on_activated)
        icon.messageClicked.connect(self.balloon_clicked)
        self._icon = icon
        if self._view is not None:
            self._show_menu(self._view.menu, self._view.menu)
            icon.setIcon(icon_of(self._view.icon))
            icon.setToolTip(self._view.tooltip)
        icon.show()

    def _show_menu(self, before: _Rows, rows: _Rows) -> None:
        """Change what differs: a row that stays keeps its action, and an open menu stays open.

        A panel names the row that was clicked by its action. Were all of them made anew, a click
        at that moment would be lost.
        """
        actions = self._menu.actions()
        head = _same_kinds(before, rows)
        tail = _same_kinds(before[head:][::-1], rows[head:][::-1])
        for action in actions[head : len(before) - tail]:
            self._menu.removeAction(action)
            self._forget(action)
        made = [self._made_action(row) for row in rows[head : len(rows) - tail]]
        if tail:
            self._menu.insertActions(actions[len(before) - tail], made)
        else:
            self._menu.addActions(made)
        for action, row in zip(self._menu.actions(), rows, strict=True):
            if not isinstance(row, MenuSeparator) and action.text() != self._menu_text(row):
                action.setText(self._menu_text(row))

    def _made_action(self, row: MenuItem) -> QAction:
        action = QAction(self._menu)
        if isinstance(row, MenuSeparator):
            action.setSeparator(True)
            return action
        action.setText(self._menu_text(row))
        if isinstance(row, MenuGroup):
            group = QMenu(self._menu)
            group.addActions([self._made_action(each) for each in row.rows])
            action.setMenu(group)
        elif row.command is None:
            action.setEnabled(False)
        else:
            self._rows[action] = row
        return action

    def _forget(self, action: QAction) -> None:
        group = action.menu()
        if isinstance(group, QMenu):
            for each in group.actions():
                self._forget(each)
            group.deleteLater()
        self._rows.pop(action, None)
        action.deleteLater()

    def _menu_text(self, row: MenuRow | MenuGroup) -> str:
        """Return the text so that none of its signs is taken for a mnemonic's mark."""
        text = row.text.replace("&", "&&")
        return text.replace("_", "__") if self._escapes_underscores else text


def _same_kinds(before: _Rows, rows: _Rows) -> int:
    """Return how many rows from the first on are of the same kind."""
    pairs = zip(before, rows, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _kind(pair[0]) == _kind(pair[1]), pairs))


def _kind(row: MenuItem) -> object:
    match row:
        case MenuRow(_, command, account):
            return command, account
        case MenuGroup(_, rows):
            # Its rows stay as they were made.
            return rows
        case MenuSeparator():
            return MenuSeparator
        case _:
            assert_never(row)
