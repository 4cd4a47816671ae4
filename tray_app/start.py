"""The tray's start: the icon shows first, everything else is loaded behind it."""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from tray_app.ui.application import make_application
from tray_app.ui.kept_look import icon_from
from tray_app.ui.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from tray_app.app import TrayProgram
    from tray_app.tray_process import TrayProcess
    from tray_app.wiring import Connection

_PANEL_MAY_TAKE_MS: Final = 10
"""It asks the icon for its picture as soon as it hears of it: nothing keeps it waiting."""

LOADING_LOOK: Final = Path(__file__).parent / "looks" / "loading"
"""The icon of a start that knows of none before it."""

_log = logging.getLogger(__name__)


def run_tray(connect: Callable[[], Connection], process: TrayProcess) -> int:
    """Show the tray until the user or the system ends it; return the exit code.

    ``process`` holds its lock. ``connect`` is called once the icon shows, and may raise whatever
    keeps the program from starting; so may this.
    """
    crashed_before = process.watch_for_crashes()
    application = make_application()
    start = Start(connect, process, application, crashed_before=crashed_before)
    return start.run()


class Start(QObject):
    """Shows what the icon showed at the last end, then starts the program that takes it over."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        process: TrayProcess,
        application: QApplication,
        *,
        crashed_before: bool,
    ) -> None:
        super().__init__()
        self._connect = connect
        self._process = process
        self._application = application
        self._crashed_before = crashed_before
        self._tray = Tray()
        self._program: TrayProgram | None = None
        self._failure: BaseException | None = None

    def run(self) -> int:
        """Show the icon, run until the end, and end everything in its order."""
        look = self._last_look()
        if look.isNull():
            self._tray.show_look(icon_from(LOADING_LOOK.read_bytes()), is_of_figure=False)
        else:
            self._tray.show_look(look, is_of_figure=True)
        self._tray.start()
        QTimer.singleShot(_PANEL_MAY_TAKE_MS, self.on_icon_shown)
        code = self._application.exec()
        if self._failure is not None:
            raise self._failure
        ended = self._program is None or self._program.stop(for_good=True)
        _log.info("quit")
        self._process.end_well()
        logging.shutdown()
        if not ended:
            # A connection attempt and an open keyring prompt cannot be ended from outside, and a
            # thread must not outlive its QThread: leave without clean-up.
            # Nothing is written at that moment that could be left half done.
            os._exit(code)
        return code

    def _last_look(self) -> QIcon:
        store = self._process.last_look
        return icon_from(b"" if store is None else store.load())

    @Slot()
    def on_icon_shown(self) -> None:
        """Load and start everything else."""
        try:
            self._start_program()
        except BaseException as error:  # noqa: BLE001 — whoever started the program tells of it
            self._failure = error
            self._tray.hide()
            self._application.exit(1)
        finally:
            gc.enable()

    def _start_program(self) -> None:
        # Loaded only now: what a glance needs was there before.
        from tray_app import app
        from tray_app.presentation.wording import Mishap
        from tray_app.ui.language import use_language

        connection = self._connect()
        use_language(connection.configuration.language)
        program = app.TrayProgram(connection, self._process, self._tray)
        self._program = program
        program.errors.watch()
        if self._crashed_before:
            program.tell_mishap(Mishap.CRASH)
        program.start()
        self._process.binding_code.save()
