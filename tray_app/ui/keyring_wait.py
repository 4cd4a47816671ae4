"""Whether the keyring lets people wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_PATIENCE: Final = timedelta(seconds=2)


class KeyringWait(QObject):
    """Tells when an answer of the keyring takes so long that somebody must be meant to act.

    The worker asks one question after the other; each ends the wait for the one before.
    """

    changed = Signal()

    def __init__(self, *, patience: timedelta = _PATIENCE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lasts = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(patience // timedelta(milliseconds=1))
        self._timer.timeout.connect(self.on_patience_over)

    @property
    def lasts(self) -> bool:
        """Whether the keyring has been asked for longer than people wait without a word."""
        return self._lasts

    @Slot()
    def on_keyring_asked(self) -> None:
        """Begin to count."""
        self._timer.start()

    @Slot()
    def on_keyring_answered(self) -> None:
        """Whatever the answer was, nobody waits any more."""
        self._timer.stop()
        self._set(lasts=False)

    @Slot()
    def on_patience_over(self) -> None:
        """Say that it lasts."""
        self._set(lasts=True)

    def _set(self, *, lasts: bool) -> None:
        if lasts != self._lasts:
            self._lasts = lasts
            self.changed.emit()
