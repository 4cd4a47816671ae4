"""The history's thread, and the way to it from the main thread."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, Signal, Slot

from tray_app.ui.history_worker import HistoryWorker

if TYPE_CHECKING:
    from datetime import tzinfo

    from tray_app.core.settings import Settings
    from tray_app.ui.ports import HistoryHome

_MAY_TAKE: Final = timedelta(milliseconds=150)
_ASKED_FOR_MAY_TAKE: Final = timedelta(seconds=5)
"""An export or a deletion that the user asked for is not left half done, unless the disk hangs."""


class HistoryKeeper(QObject):
    """Owns the history's thread; whatever the network or the keyring does, it answers.

    Its signals are the worker's questions and answers, so that nobody else knows the worker.
    """

    chart_wanted = Signal(object)
    """The ChartRange; answered with ``chart_ready``."""
    export_wanted = Signal(str)
    """The path; answered with ``export_finished``."""
    delete_wanted = Signal()
    """Answered with ``delete_finished``."""

    end_wanted = Signal()
    """The thread is to end after what was asked of it before."""

    def __init__(
        self, home: HistoryHome, zone: tzinfo, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("history")
        self.worker = HistoryWorker(home, zone, settings)
        self.worker.moveToThread(self._thread)
        self._thread.finished.connect(self.worker.on_thread_finished)
        self.chart_wanted.connect(self.worker.on_chart_wanted)
        self.export_wanted.connect(self.worker.on_export_wanted)
        self.delete_wanted.connect(self.worker.on_delete_wanted)
        self.end_wanted.connect(self.worker.on_end_wanted)
        self._under_way = 0
        for asked in (self.export_wanted, self.delete_wanted):
            asked.connect(self.on_asked)
        for answered in (self.worker.export_finished, self.worker.delete_finished):
            answered.connect(self.on_answered)

    def start(self) -> None:
        """Let the history be kept from now on."""
        self._thread.start()

    def stop(self) -> bool:
        """End the thread; return False where it still waits for the file.

        SQLite keeps the file whole wherever the process ends then.
        """
        if self._under_way:
            # Readings before it could each wait for a file that another program holds.
            self.worker.skip_readings()
            self.end_wanted.emit()
            return self._thread.wait(_ASKED_FOR_MAY_TAKE // timedelta(milliseconds=1))
        self._thread.quit()
        return self._thread.wait(_MAY_TAKE // timedelta(milliseconds=1))

    @Slot()
    def on_asked(self) -> None:
        """Note that the user waits for something."""
        self._under_way += 1

    @Slot()
    def on_answered(self) -> None:
        """Note that it is done, or has failed."""
        self._under_way -= 1
