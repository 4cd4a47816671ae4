"""Tells the alerts of all accounts: as one message, and to the user's own command."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray_app.core.alert_memory import SnoozeSpan
from tray_app.presentation.tray_menu import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.presentation.alert_message import MessageAction
    from tray_app.presentation.alert_wording import AlertNews
    from tray_app.ui.notifier import Notifier

# Accounts that are asked at the same moment answer within it; their alerts are one message.
_GATHERED_FOR: Final = timedelta(milliseconds=500)
SNOOZES: Final = {
    Command.SNOOZE_HOUR: SnoozeSpan.HOUR,
    Command.SNOOZE_TODAY: SnoozeSpan.TODAY,
    Command.SNOOZE_TOP_UP: SnoozeSpan.TOP_UP,
}
"""What the commands mean."""


class AlertVoice(QObject):
    """Gathers what comes at once; a message takes the place of the one before."""

    told = Signal(object)
    """An AlertNews whose message was given."""
    command_chosen = Signal(object, str)
    """The Command of a message's button, and the account that its gravest alert was about."""

    def __init__(
        self, make_notifier: Callable[[], Notifier], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_notifier = make_notifier
        self._notifier: Notifier | None = None
        self._gathered: list[AlertNews] = []
        self._account = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHERED_FOR // timedelta(milliseconds=1))
        self._timer.timeout.connect(self.on_gathered)

    def tell(self, news: AlertNews) -> None:
        """Tell an account's alerts, with those that others have at the same moment."""
        self._gathered.append(news)
        # From the first on: nothing that comes later keeps that waiting.
        if not self._timer.isActive():
            self._timer.start()

    def withdraw(self) -> None:
        """Take back the message that shows: the user has answered it elsewhere."""
        if self._notifier is not None:
            self._notifier.withdraw()

    def close(self) -> None:
        """Leave nothing behind that could not be answered any more."""
        self._timer.stop()
        if self._notifier is not None:
            self._notifier.close()

    @Slot()
    def on_gathered(self) -> None:
        """Show what has come as one message."""
        # The icon does not wait for what only a message needs.
        from tray_app.presentation.alert_wording import message_of_several

        gathered, self._gathered = self._gathered, []
        account, message = message_of_several(gathered)
        self._account = account
        self._shown_by().show(message)
        for news in gathered:
            self.told.emit(news)

    @Slot(object)
    def on_action_chosen(self, action: MessageAction) -> None:
        """Do what a button of the message says."""
        # A message offers nothing that the menu has not, by the same name.
        self.command_chosen.emit(Command[action.name], self._account)

    @Slot()
    def on_opened(self) -> None:
        """Show more of what the message is about."""
        self.command_chosen.emit(Command.OPEN_WINDOW, self._account)

    def _shown_by(self) -> Notifier:
        if self._notifier is None:
            notifier = self._make_notifier()
            notifier.action_chosen.connect(self.on_action_chosen)
            notifier.opened.connect(self.on_opened)
            self._notifier = notifier
        return self._notifier
