"""Hints that the network has returned: never a verdict on whether it is there."""

from __future__ import annotations

import contextlib
import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtNetwork import QNetworkInformation

    from tray_app.ui.ports import NetworkWatch

_LOADED_AFTER: Final = timedelta(seconds=2)

_log = logging.getLogger(__name__)


class NetworkHints(QObject):
    """Emits ``network_returned`` when Qt or the system's own watch says so, while needed.

    Neither is asked while all is well. Qt's library and its plugin (5 MB and a thread) are loaded
    only once hints have been needed for two seconds, which no healthy request takes; then they
    stay. A plugin waits for its service as long as 25 seconds, and on the main thread; so
    ``qt_loads_quickly``, which may block, is asked first in a thread. Where no plugin works, the
    watch is left; where there is none, the plugin.
    """

    network_returned = Signal()
    _qt_may_load = Signal(bool)

    def __init__(
        self,
        open_watch: Callable[[], NetworkWatch | None],
        qt_loads_quickly: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_watch = open_watch
        self._qt_loads_quickly = qt_loads_quickly
        self._asks_whether_quick = False
        self._qt_may_load.connect(self.on_qt_may_load)
        self._needed = False
        self._watch: NetworkWatch | None = None
        self._notifier: QSocketNotifier | None = None
        self._information: QNetworkInformation | None = None
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(_LOADED_AFTER // timedelta(milliseconds=1))
        self._loading.timeout.connect(self.on_needed_for_long)

    def set_needed(self, *, needed: bool) -> None:
        """Begin or cease to give hints."""
        if needed == self._needed:
            return
        self._needed = needed
        if needed:
            self._begin_to_watch()
            if self._information is None:
                self._loading.start()
        else:
            self._cease_to_watch()
            self._loading.stop()

    @Slot()
    def on_needed_for_long(self) -> None:
        """Ask whether Qt's own source of hints can be loaded."""
        if not self._asks_whether_quick:
            self._asks_whether_quick = True
            threading.Thread(target=self._ask_whether_quick, name="hints", daemon=True).start()

    @Slot(bool)
    def on_qt_may_load(self, quickly: bool) -> None:  # noqa: FBT001 — a signal has positions only
        """Load Qt's own source of hints, if that costs the icon no time."""
        self._asks_whether_quick = False
        if quickly and self._needed and self._information is None:
            self._load_qt()
        elif not quickly:
            _log.info("the network service hangs: Qt does not ask it")

    def _ask_whether_quick(self) -> None:
        quickly = self._qt_loads_quickly()
        # The program may have ended meanwhile, and this object with it.
        with contextlib.suppress(RuntimeError):
            self._qt_may_load.emit(quickly)

    def _load_qt(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            _log.info("Qt has no plugin that tells of the network")
            return
        information = QNetworkInformation.instance()
        _log.info("Qt tells of the network by %s", information.backendName())
        information.reachabilityChanged.connect(self.on_reachability_changed)
        information.isBehindCaptivePortalChanged.connect(self.on_captive_portal_changed)
        self._information = information

    @Slot()
    def on_watch_readable(self) -> None:
        """Look whether what has changed is for the better."""
        if self._watch is not None and self._watch.gained():
            self._give_hint("the system's watch")

    @Slot(int)
    def on_reachability_changed(self, reachability: QNetworkInformation.Reachability) -> None:
        """Take a network of any reach for one that has returned."""
        if reachability not in {
            reachability.Unknown,
            reachability.Disconnected,
        }:
            self._give_hint(reachability.name)

    @Slot(bool)
    def on_captive_portal_changed(self, behind: bool) -> None:  # noqa: FBT001 — a signal has positions only
        """Take a log-in at the network's page for its return."""
        if not behind:
            self._give_hint("logged in to the network")

    def _give_hint(self, why: str) -> None:
        if self._needed:
            _log.info("the network may have returned: %s", why)
            self.network_returned.emit()

    def _begin_to_watch(self) -> None:
        self._watch = self._open_watch()
        if self._watch is None:
            return
        self._notifier = QSocketNotifier(self._watch.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_watch_readable)

    def _cease_to_watch(self) -> None:
        if self._watch is None or self._notifier is None:
            return
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._watch.close()
        self._watch = self._notifier = None
