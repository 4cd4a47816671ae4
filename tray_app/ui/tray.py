"""The icon in the panel, its tooltip and its menu."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from tray_app.ui.panel import panel_is_there

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from tray_app.presentation.alert_message import Message
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.presentation.tray_view import TrayView
    from tray_app.ui.menu_actions import MenuActions

_PATIENCE_MS: Final = 60_000
_EAGER_LOOK_MS: Final = 1_000
_PATIENT_LOOK_MS: Final = 5_000


class Tray(QObject):
    """Shows a view once a panel is there to show it.

    Emits ``panel_missing`` once when none came within ``patience_ms``, and goes on looking.
    """

    command_chosen = Signal(object, str)
    """The Command of the row that was chosen, and its account; empty for the one that is shown."""
    balloon_clicked = Signal()
    appeared = Signal()
    panel_missing = Signal()

    def __init__(self, *, patience_ms: int = _PATIENCE_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patience_ms = patience_ms
        self._waited = QElapsedTimer()
        self._looking = QTimer(self)
        self._looking.timeout.connect(self.on_look)
        self._gave_notice = False
        self._icon: QSystemTrayIcon | None = None
        self._view: TrayView | None = None
        self._look: QIcon | None = None
        self._keeps_look = False
        self._actions: MenuActions | None = None
        self._panel_is_known = False
        self._menu = QMenu()
        self._menu.triggered.connect(self.on_row_chosen)

    @property
    def visible(self) -> bool:
        """Whether the icon has been handed to a panel."""
        return self._icon is not None

    @property
    def is_started(self) -> bool:
        """Whether it looks for a panel, or has found one."""
        return self._waited.isValid()

    def start(self) -> None:
        """Show the icon as soon as a panel is there."""
        self._waited.start()
        self._looking.start(_EAGER_LOOK_MS)
        self.on_look()

    def show_look(self, look: QIcon, *, is_of_figure: bool) -> None:
        """Show an icon without tooltip and menu until there is a view.

        One of a figure stays until there is another figure, or something to say.
        """
        self._look, self._keeps_look = look, is_of_figure

    def hide(self) -> None:
        """Take the icon away for good."""
        self._looking.stop()
        if self._icon is not None:
            self._icon.hide()

    def show_view(self, view: TrayView) -> None:
        """Show the view; what has not changed is not touched."""
        before, self._view = self._view, view
        if before is None or view.menu != before.menu:
            self._opened_actions().show(view.menu)
        if self._icon is None:
            return
        if before is None or view.icon != before.icon:
            self._set_picture(view.icon)
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
        elif not self._gave_notice and self._waited.hasExpired(self._patience_ms):
            self._gave_notice = True
            self._looking.setInterval(_PATIENT_LOOK_MS)
            self.panel_missing.emit()

    @Slot(QAction)
    def on_row_chosen(self, action: QAction) -> None:
        """Say which command was chosen."""
        row = None if self._actions is None else self._actions.row_of(action)
        if row is not None:
            self.command_chosen.emit(row.command, row.account)

    @Slot(QSystemTrayIcon.ActivationReason)
    def on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Open the window on a plain click, where the desktop tells of one.

        On macOS a click opens the menu, and is told all the same.
        """
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            from tray_app.presentation.tray_menu import Command

            self.command_chosen.emit(Command.OPEN_WINDOW, "")

    def _make_icon(self) -> None:
        icon = QSystemTrayIcon(self)
        icon.setContextMenu(self._menu)
        icon.activated.connect(self.on_activated)
        icon.messageClicked.connect(self.balloon_clicked)
        self._icon = icon
        if self._view is not None:
            self._opened_actions()
            self._set_picture(self._view.icon)
            icon.setToolTip(self._view.tooltip)
        elif self._look is not None:
            icon.setIcon(self._look)
        icon.show()

    def _opened_actions(self) -> MenuActions:
        if self._actions is None:
            # The icon shows before there is a menu.
            from tray_app.ui.menu_actions import MenuActions

            self._actions = MenuActions(self._menu)
        if self._icon is not None and not self._panel_is_known:
            self._panel_is_known = True
            self._actions.take_panel()
        return self._actions

    def _set_picture(self, spec: IconSpec) -> None:
        if self._icon is None:
            return
        from tray_app.presentation.icon_spec import Emblem

        self._keeps_look = self._keeps_look and spec.emblem is Emblem.LOADING
        if self._keeps_look and self._look is not None:
            self._icon.setIcon(self._look)
            return
        # The first look is a picture that was painted before.
        from tray_app.ui.icon_painter import icon_of

        self._icon.setIcon(icon_of(spec))
