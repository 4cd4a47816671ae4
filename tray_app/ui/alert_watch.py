"""Judges each change of an account, and says what is to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tray_app.core.alert_memory import AlertMemory
from tray_app.ui.refresher import now_utc

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from tray_app.core.account_state import AccountState
    from tray_app.core.alert_memory import SnoozeSpan
    from tray_app.core.settings import Settings
    from tray_app.ui.ports import AlertStore

# What grows with the time alone is not worth a write each half minute.
_KEEP_TIME_EVERY: Final = timedelta(minutes=30)


class AlertWatch(QObject):
    """Remembers what was told, over restarts too; the file is first read when there is news.

    It only judges and remembers: whoever is told of ``due`` shows it.
    """

    due = Signal(object)
    """The alerts to tell, a tuple, the gravest first."""
    changed = Signal()
    """What the menu says of the alerts is another now."""

    def __init__(
        self,
        open_store: Callable[[], AlertStore],
        settings: Settings,
        zone: tzinfo,
        *,
        clock: Callable[[], datetime] = now_utc,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_store = open_store
        self._settings = settings
        self._zone = zone
        self._clock = clock
        self._store: AlertStore | None = None
        self._memory = AlertMemory()
        self._kept = self._memory
        self._judged_at: datetime | None = None

    @property
    def memory(self) -> AlertMemory:
        """What was told, and until when the user wants to hear nothing."""
        return self._memory

    def look(self, state: AccountState) -> None:
        """Judge the state as it is now."""
        if state.reading is None and state.problem is None:
            return
        # The icon does not wait for it.
        from tray_app.core.alerts import Moment, judge

        self._opened()
        now = self._clock()
        since_last = timedelta(0) if self._judged_at is None else now - self._judged_at
        self._judged_at = now
        judgement = judge(self._memory, Moment(state, self._settings, now, self._zone), since_last)
        self._remember(judgement.memory)
        if judgement.alerts:
            self.due.emit(judgement.alerts)

    def apply(self, settings: Settings) -> None:
        """Judge by other settings from now on; what holds already is no news by them.

        Other quiet hours change nothing of that: what they held back is told after them.
        """
        if _conditions_of(settings) != _conditions_of(self._settings):
            self._memory = self._memory.unsettled()
        self._settings = settings

    def snooze(self, span: SnoozeSpan) -> None:
        """Tell nothing for a while."""
        self._opened()
        self._remember(self._memory.snoozed(span, self._clock(), self._zone))

    def wake(self) -> None:
        """Tell again."""
        self._opened()
        self._remember(self._memory.woken())

    def know_key(self, key_mark: str) -> None:
        """Take in which key a reading was made with.

        What was told of another key's account is not known of this one, also where the key was
        changed while no program ran.
        """
        self._opened()
        if self._memory.key_mark not in {None, key_mark}:
            self.forget()
        if self._memory.key_mark != key_mark:
            self._remember(replace(self._memory, key_mark=key_mark))

    def forget(self) -> None:
        """Begin anew: what was told was another account's."""
        self._opened()
        snooze = self._memory.snooze
        self._remember(replace(AlertMemory(), snooze=snooze))

    def stop(self) -> None:
        """Keep what is not kept yet."""
        if self._store is not None and self._memory != self._kept:
            self._keep()

    def _opened(self) -> None:
        if self._store is None:
            self._store = self._open_store()
            self._memory = self._kept = self._store.load()

    def _remember(self, memory: AlertMemory) -> None:
        before, self._memory = self._memory, memory
        passed = abs(memory.without_figure - self._kept.without_figure)
        without_time = replace(memory, without_figure=self._kept.without_figure)
        if without_time != self._kept or passed >= _KEEP_TIME_EVERY:
            self._keep()
        if (before.told, before.snooze) != (memory.told, memory.snooze):
            self.changed.emit()

    def _keep(self) -> None:
        if self._store is not None:
            self._store.save(self._memory)
            self._kept = self._memory


def _conditions_of(settings: Settings) -> tuple[object, ...]:
    return (replace(settings.alerts, quiet_hours=None), settings.thresholds)
