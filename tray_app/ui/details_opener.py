"""The details window as the program sees it: made when it is wanted, fed while it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray_app.presentation.history_wording import deletion_news, export_news
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from datetime import tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.history_problem import HistoryProblem
    from tray_app.presentation.tray_view import TrayView
    from tray_app.ui.details_window import DetailsWindow
    from tray_app.ui.history_keeper import HistoryKeeper


class DetailsOpener(QObject):
    """Joins the window with the history, and with whoever carries out its commands."""

    command_chosen = Signal(object)
    """The Command of a button of the window."""
    first_shown = Signal()
    """The window was just made, and shows nothing yet."""

    def __init__(self, history: HistoryKeeper, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._zone = zone
        self._window: DetailsWindow | None = None
        self._is_gone = False
        history.worker.outlook_changed.connect(self.on_chart_outdated)
        history.worker.export_finished.connect(self.on_export_finished)
        history.worker.delete_finished.connect(self.on_delete_finished)

    @property
    def window(self) -> DetailsWindow | None:
        """The window, None before it is first wanted."""
        return self._window

    def show(self, view: TrayView, state: AccountState) -> None:
        """Let the window, where there is one, show the view and what the history says."""
        if self._window is not None:
            # Loaded with the window.
            from tray_app.presentation.details_view import details_of

            self._window.show_view(view)
            self._window.show_details(
                details_of(state.reading, state.outlook, now_utc(), self._zone)
            )

    def opened(self) -> DetailsWindow:
        """Return the window, made now where there was none; it is not brought forward."""
        if self._window is None:
            from tray_app.ui.details_window import DetailsWindow

            window = DetailsWindow(self._zone)
            window.command_chosen.connect(self.command_chosen)
            window.chart_wanted.connect(self._history.chart_wanted)
            window.export_chosen.connect(self._history.export_wanted)
            window.delete_confirmed.connect(self._history.delete_wanted)
            self._history.worker.chart_ready.connect(window.show_chart)
            self._window = window
            self.first_shown.emit()
        return self._window

    def close(self) -> None:
        """Close the window where there is one, because its account is gone, and make none anew."""
        self._is_gone = True
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    @Slot()
    def on_chart_outdated(self) -> None:
        """Have the chart drawn anew where somebody looks at it: time alone moves it, too."""
        if self._window is not None and self._window.isVisible():
            self._history.chart_wanted.emit(self._window.chart_range)

    @Slot(str, str)
    def on_export_finished(self, path: str, trouble: str) -> None:
        """Tell what became of the export."""
        if not self._is_gone:
            self.opened().tell(export_news(path, trouble))

    @Slot(object, bool)
    def on_delete_finished(self, problem: HistoryProblem | None, is_gone: bool) -> None:  # noqa: FBT001 — a signal has positions only
        """Tell what became of the deletion."""
        if not self._is_gone:
            self.opened().tell(deletion_news(problem, is_gone=is_gone))
