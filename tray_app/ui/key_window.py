"""A window in which a key is typed, tried and saved; what else it holds is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QDialog, QWidget

from tray_app.ui.enter_key import pressed_focused_button
from tray_app.ui.key_trial import KeyTrial

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent


class KeyWindow(QDialog):
    """Hands the wishes of its ``KeyTrial`` on.

    The answers come to slots of the heirs: a class that has slots has none.
    """

    test_requested = Signal(int, object)
    """The test's number and the ApiKey."""
    test_cancelled = Signal()
    save_requested = Signal(object)
    """The ApiKey."""

    def __init__(self, *, answer_lines: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._trial = KeyTrial(self, answer_lines=answer_lines)
        self._trial.test_requested.connect(self.test_requested)
        self._trial.test_cancelled.connect(self.test_cancelled)
        self._trial.save_requested.connect(self.save_requested)

    def set_keyring_wait(self, *, lasts: bool) -> None:
        """Say that an answer of the keyring is due, where it is what this window waits for."""
        self._trial.set_keyring_wait(lasts=lasts)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Begin with the key, wherever the focus was left."""
        super().showEvent(event)
        self._trial.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Let Enter press the button that has the focus, and the default one from elsewhere."""
        if not pressed_focused_button(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another language; an answer that was given stays as it was said."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    def done(self, result: int) -> None:
        """Forget a key that is not saved; a test under way has nobody to answer to."""
        self._trial.end()
        super().done(result)

    def _translate(self) -> None:
        raise NotImplementedError
