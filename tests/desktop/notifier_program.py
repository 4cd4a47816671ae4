"""A program of a tray icon and messages alone: told by lines of standard input, tells by lines.

In: a message as a JSON object; ``withdraw``; ``longest gap``. Out: ``shown balloon``, an action's
name, ``opened``, and the longest time between two turns of the main loop in milliseconds, and
what the notifier logs.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QLoggingCategory, QObject, QSocketNotifier, QTimer, Slot

from tray_app.core.level import Level
from tray_app.presentation.alert_message import Message, MessageAction, Urgency
from tray_app.presentation.icon_spec import IconSpec
from tray_app.presentation.tray_view import TrayView
from tray_app.ui.application import make_application
from tray_app.ui.notifier import Notifier
from tray_app.ui.tray import Tray
from tray_app.wiring import Connection

LOOK: Final = IconSpec("4", Level.LOW)
TOOLTIP: Final = "$4.20 left"
LOGGED: Final = "log: "
"""Before what is logged."""
_BEAT_MS: Final = 5


class NotifierProgram(QObject):
    """The tray, the notifier, and a clock that notices when the main loop stands still."""

    def __init__(self) -> None:
        super().__init__()
        self._tray = Tray(parent=self)
        self._notifier = Notifier(
            Connection(demo=True).open_notifications, self, lambda: LOOK, parent=self
        )
        self._notifier.action_chosen.connect(self.on_action_chosen)
        self._notifier.opened.connect(lambda: _tell("opened"))
        self._tray.balloon_clicked.connect(self._notifier.on_balloon_clicked)
        self._tray.appeared.connect(lambda: _tell("appeared"))
        self._tray.show_view(
            TrayView(
                icon=LOOK,
                tooltip=TOOLTIP,
                menu=(),
                headline="",
                details=(),
                trouble=(),
                notes=(),
            )
        )
        self._tray.start()
        self._since_beat = QElapsedTimer()
        self._longest_gap_ms = 0
        self._beat = QTimer(self)
        self._beat.timeout.connect(self.on_beat)
        self._beat.start(_BEAT_MS)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self.on_input)

    def show_balloon(self, message: Message) -> None:
        """Tell of it, and let the icon show it."""
        self._tray.show_balloon(message)
        _tell("shown balloon")

    @Slot(object)
    def on_action_chosen(self, action: MessageAction) -> None:
        """Tell of it."""
        _tell(action.name)

    @Slot()
    def on_beat(self) -> None:
        """Notice how long the loop took since the last turn."""
        if self._since_beat.isValid():
            self._longest_gap_ms = max(self._longest_gap_ms, self._since_beat.elapsed())
        self._since_beat.start()

    @Slot()
    def on_input(self) -> None:
        """Do what the lines say, each of which comes whole."""
        for line in os.read(sys.stdin.fileno(), 65_536).decode().splitlines():
            match line:
                case "withdraw":
                    self._notifier.withdraw()
                case "longest gap":
                    _tell(f"longest gap {self._longest_gap_ms}")
                    self._longest_gap_ms = 0
                case _:
                    self._notifier.show(_message(json.loads(line)))


def _message(fields: dict[str, Any]) -> Message:
    return Message(
        title=fields["title"],
        body=fields["body"],
        urgency=Urgency[fields["urgency"]],
        actions=tuple(MessageAction[name] for name in fields["actions"]),
    )


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run until ended from outside."""
    # Qt's theme for GTK desktops complains on standard error where no desktop portal runs.
    QLoggingCategory.setFilterRules("qt.qpa.theme.gnome.warning=false")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter(f"{LOGGED}%(message)s"))
    log = logging.getLogger("tray_app.ui.notifier")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    application = make_application()
    program = NotifierProgram()
    code = application.exec()
    program.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
