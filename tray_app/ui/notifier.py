"""Messages to the user by the desktop's own service, one at a time, or by the tray icon."""

from __future__ import annotations

import logging
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from tray_app.core.notification import (
    DEFAULT_ACTION,
    ActionInvoked,
    BusLost,
    CapabilitiesTold,
    NotificationClosed,
    NotificationShown,
    Picture,
    QuestionRefused,
    ServiceReplaced,
    TokenGiven,
)
from tray_app.presentation.alert_message import MessageAction
from tray_app.presentation.notification_text import notification_of
from tray_app.ui.icon_painter import SIZES, paint_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.notification import NotificationEvent
    from tray_app.presentation.alert_message import Message
    from tray_app.presentation.icon_spec import IconSpec
    from tray_app.ui.ports import Notifications, TrayBalloon

PATIENCE: Final = timedelta(seconds=5)
"""How long the service may take to answer; the bus may have to start it first."""

_log = logging.getLogger(__name__)


class _Question(Enum):
    CAPABILITIES = "what the service can do"
    MESSAGE = "to show a message"


class Notifier(QObject):
    """Shows a message in place of the one before; nothing is opened before the first.

    ``open_service`` gives the way to the service, None where the system has none such. ``balloon``
    shows what the service does not: where there is none, and where it refuses. It is never waited
    for. One that has not answered within ``patience`` gets the newest message once it does answer:
    a balloon might ask the same service, and Qt waits for it. ``look`` is what the tray icon shows.
    """

    action_chosen = Signal(object)
    """The MessageAction of the button that was chosen."""
    opened = Signal()
    """The user clicked on the message itself."""

    def __init__(
        self,
        open_service: Callable[[], Notifications | None],
        balloon: TrayBalloon,
        look: Callable[[], IconSpec | None],
        *,
        patience: timedelta = PATIENCE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_service = open_service
        self._balloon = balloon
        self._look = look
        self._service: Notifications | None = None
        self._readable: QSocketNotifier | None = None
        self._capabilities: frozenset[str] | None = None
        self._question: _Question | None = None
        self._hangs = False
        self._wanted: Message | None = None
        """What is to be shown next; only the newest is."""
        self._under_way: Message | None = None
        """What the service was asked to show; None, too, once it is no longer wanted."""
        self._was_refused = False
        self._number: int | None = None
        """Of the message that shows."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience // timedelta(milliseconds=1))
        self._patience.timeout.connect(self.on_patience_ended)

    def show(self, message: Message) -> None:
        """Show a message in place of the one before, which need not have been shown yet."""
        self._was_refused = False
        self._wanted = message
        if self._service is None:
            self._open()
        if self._service is None:
            self._fall_back()
        else:
            self._go_on()

    def withdraw(self) -> None:
        """Close the message that shows, or is about to; a balloon goes by itself."""
        self._wanted = self._under_way = None
        if self._service is not None and self._number is not None:
            self._service.withdraw(self._number)
        self._number = None

    def close(self) -> None:
        """Withdraw what shows, as its buttons do nothing from now on, and leave the service."""
        self.withdraw()
        self._leave()

    @Slot()
    def on_readable(self) -> None:
        """Take in what the service tells."""
        if self._service is None:
            return
        for event in self._service.receive():
            self._take(event)

    @Slot()
    def on_patience_ended(self) -> None:
        """Leave a service that does not answer to itself."""
        _log.info("the notification service does not answer")
        self._hangs = True

    @Slot()
    def on_balloon_clicked(self) -> None:
        """Take a click on the balloon for one on the message."""
        self.opened.emit()

    def _open(self) -> None:
        self._service = self._open_service()
        if self._service is not None:
            kind = QSocketNotifier.Type.Read
            self._readable = QSocketNotifier(self._service.fileno(), kind, self)
            self._readable.activated.connect(self.on_readable)

    def _leave(self) -> None:
        self._patience.stop()
        if self._readable is not None:
            self._readable.setEnabled(False)
            self._readable.deleteLater()
        if self._service is not None:
            self._service.close()
        self._service = self._readable = self._question = None
        self._forget()
        self._hangs = False

    def _forget(self) -> None:
        """Forget what the service said of itself and what it shows."""
        self._capabilities = self._number = None

    def _take(self, event: NotificationEvent) -> None:
        match event:
            case CapabilitiesTold(capabilities):
                self._capabilities = capabilities
                self._answered()
            case NotificationShown(number):
                self._take_number(number)
                self._answered()
            case QuestionRefused():
                self._take_refusal()
            case ServiceReplaced():
                self._forget()
            case BusLost():
                self._fall_back()
                self._leave()
            case ActionInvoked(number, key) if number == self._number:
                self._choose(key)
            case TokenGiven(number, token) if number == self._number:
                from tray_app.ui.single_instance import pass_on

                pass_on(token)
            case NotificationClosed(number) if number == self._number:
                self._number = None
            case ActionInvoked() | TokenGiven() | NotificationClosed():
                pass  # The service tells everybody of everybody's messages.
            case _:
                assert_never(event)

    def _go_on(self) -> None:
        """Ask the next question, unless one is under way."""
        if self._service is None or self._wanted is None or self._question is not None:
            return
        self._patience.start()
        if self._capabilities is None:
            self._question = _Question.CAPABILITIES
            self._service.ask_capabilities()
            return
        self._question = _Question.MESSAGE
        self._under_way, self._wanted = self._wanted, None
        look = self._look()
        notification = notification_of(
            self._under_way, self._capabilities, None if look is None else picture_of(look)
        )
        self._service.notify(notification, self._number or 0)

    def _answered(self) -> None:
        self._patience.stop()
        self._question = None
        self._hangs = False
        self._go_on()

    def _take_number(self, number: int) -> None:
        self._number = number
        if self._under_way is None and self._service is not None:
            # Withdrawn meanwhile.
            self._service.withdraw(number)
            self._number = None
        else:
            _log.info("a message shows")
        self._under_way = None

    def _take_refusal(self) -> None:
        """Try once more: a service that ended over a message may have a successor."""
        refused, message = self._question, self._under_way
        self._under_way = None
        if refused is _Question.MESSAGE and not self._was_refused:
            self._was_refused = True
            self._forget()
            self._wanted = self._wanted or message
        else:
            self._under_way = message
            self._fall_back()
        self._answered()

    def _fall_back(self) -> None:
        """Show by the balloon what is still to be shown; the newest of it suffices.

        WORKAROUND(measured: on a StatusNotifierItem, Qt 6.11's showMessage stands still for the
        25 s of D-Bus's timeout where the service is there and does not answer): no balloon after a
        service hung, whose start, too, may hang. Remove when Qt does not wait.
        """
        message = self._wanted or self._under_way
        self._wanted = self._under_way = None
        if message is None:
            return
        if self._hangs:
            _log.info("a message is shown in the menu alone")
        else:
            _log.info("a message is left to the tray icon")
            self._balloon.show_balloon(message)

    def _choose(self, key: str) -> None:
        if key == DEFAULT_ACTION:
            self.opened.emit()
        elif key in {action.value for action in MessageAction}:
            self.action_chosen.emit(MessageAction(key))


def picture_of(spec: IconSpec) -> Picture:
    """Return the largest size as a notification carries it."""
    image = paint_icon(spec, SIZES[-1]).convertToFormat(QImage.Format.Format_RGBA8888)
    return Picture(size_px=image.width(), rgba=bytes(image.constBits()))
