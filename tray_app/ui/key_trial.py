"""A key typed, tried, answered in place and saved: the part that every window with a key shares."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tray_app.core.api_key import ApiKey, InvalidApiKeyError
from tray_app.core.problem import PermissionLacking, WrongKey
from tray_app.core.reading import BalanceReading
from tray_app.presentation.problem_wording import (
    Surface,
    key_fault_text,
    problem_sentence,
)
from tray_app.presentation.translation import joined, tr
from tray_app.presentation.wording import amount_text, keyring_wait_text
from tray_app.ui.spoken import say, set_echo_mode

if TYPE_CHECKING:
    from tray_app.core.problem import Problem
    from tray_app.ui.balance_worker import FetchOutcome


class _Pending(Enum):
    """What is waited for; answers to anything else are not for this window."""

    NOTHING = auto()
    TEST = auto()
    SAVE = auto()
    OTHER = auto()
    """What the window itself asked for."""


class KeyTrial(QObject):
    """Owns the controls, which its window lays out, and the conversation with the worker.

    Nothing is saved untried unless asked. The key stands in the hidden field until it is saved or
    :meth:`end` is called, and nowhere else in the window.
    """

    test_requested = Signal(int, object)
    """The test's number and the ApiKey."""
    test_cancelled = Signal()
    save_requested = Signal(object)
    """The ApiKey."""
    changed = Signal()
    """What the user can do now may differ: something is waited for, or typed, or no longer."""
    answered = Signal()
    """What was waited for has come and is told in the answer; a key that was saved is `saved`."""
    saved = Signal()
    """The key is in the keyring."""

    def __init__(self, parent: QObject, *, answer_lines: int) -> None:
        super().__init__(parent)
        self._pending = _Pending.NOTHING
        self._test_number = 0
        self._tried: ApiKey | None = None
        self._verdict = ""
        self._waiting_text = ""
        self._keyring_wait = False
        self._note = ""

        self.field = QLineEdit()
        set_echo_mode(self.field, QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("sk_…")
        self.field.textEdited.connect(self.on_edited)
        self.reveal = _button()
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self.on_reveal_toggled)
        self.test = _button()
        self.test.setEnabled(False)
        self.test.clicked.connect(self.on_test_pressed)
        self.save_anyway = _button()
        self.save_anyway.clicked.connect(self.on_save_anyway_pressed)
        self.save_anyway.hide()
        self.answer = _answer_label(answer_lines)

    @property
    def waits(self) -> bool:
        """Whether an answer is due."""
        return self._pending is not _Pending.NOTHING

    @property
    def has_text(self) -> bool:
        """Whether there is something to test."""
        return bool(self.field.text().strip())

    def translate(self, note: str) -> None:
        """Set the texts; ``note`` stands where the answer does while there is none."""
        self.field.setAccessibleName(tr("API key"))
        self._show_reveal_text()
        self.reveal.setAccessibleName(tr("Show the key"))
        self.test.setText(tr("Test and save"))
        self.save_anyway.setText(tr("Save anyway"))
        before, self._note = self._note, note
        if self.answer.text() == before:
            self.answer.setText(note)

    def set_keyring_wait(self, *, lasts: bool) -> None:
        """Say that an answer of the keyring is due, where it is what is waited for."""
        self._keyring_wait = lasts
        if self.waits:
            self._show_waiting()

    @Slot(str)
    def on_edited(self, _text: str) -> None:
        """Allow a test as soon as there is something to test."""
        self.test.setEnabled(self.has_text)
        self.save_anyway.hide()
        self.changed.emit()

    @Slot(bool)
    def on_reveal_toggled(self, shown: bool) -> None:  # noqa: FBT001 — a signal's argument
        """Show or hide what is in the field."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        set_echo_mode(self.field, mode)
        self._show_reveal_text()

    @Slot()
    def on_test_pressed(self) -> None:
        """Have the key tried."""
        try:
            self._tried = ApiKey.of_pasted(self.field.text())
        except InvalidApiKeyError as error:
            self.answer_with(key_fault_text(error.fault))
            return
        self._test_number += 1
        self._wait(_Pending.TEST, tr("Asking Novita…"))
        self.test_requested.emit(self._test_number, self._tried)

    @Slot(int, object)
    def on_key_tested(self, number: int, outcome: FetchOutcome) -> None:
        """Save a key that works; name the problem of one that does not."""
        if self._pending is not _Pending.TEST or number != self._test_number:
            return
        match outcome:
            case BalanceReading(available=available):
                self._save(tr("It works: {amount} available.", amount=amount_text(available)))
            case None:
                self.answer_with(tr("The test was interrupted."))
            case problem:
                key_is_at_fault = isinstance(problem, WrongKey | PermissionLacking)
                self.answer_with(
                    problem_sentence(problem, Surface.KEY_DIALOG),
                    can_be_saved=not key_is_at_fault,
                )

    @Slot()
    def on_save_anyway_pressed(self) -> None:
        """Save a key that could not be tried."""
        self._save("")

    @Slot(object)
    def on_key_saved(self, problem: Problem | None) -> None:
        """Say whether the key is in the keyring now."""
        if self._pending is not _Pending.SAVE:
            return
        if problem is not None:
            sentence = problem_sentence(problem, Surface.KEY_DIALOG)
            self.answer_with(tr("Not saved. {problem}", problem=sentence))
            return
        self._forget_key()
        self._show_answer(joined(self._verdict, tr("Saved."), self._note))
        self._say_answer()
        self.changed.emit()
        self.saved.emit()

    def wait_for_other(self, text: str) -> None:
        """Let nothing be tried until :meth:`answer_with` says what came."""
        self._wait(_Pending.OTHER, text)

    def waits_for_other(self) -> bool:
        """Return whether that is waited for still."""
        return self._pending is _Pending.OTHER

    def answer_with(self, text: str, *, can_be_saved: bool = False) -> None:
        """Tell what came, and let the user go on."""
        self._show_answer(text)
        self._say_answer()
        self.save_anyway.setVisible(can_be_saved)
        self.changed.emit()
        self.answered.emit()

    def end(self) -> None:
        """Forget the key; a test under way has nobody to answer to."""
        if self._pending is _Pending.TEST:
            self.test_cancelled.emit()
        self._forget_key()
        self.reveal.setChecked(False)
        self._show_answer(self._note)
        self.save_anyway.hide()
        self.changed.emit()

    def focus_field(self) -> None:
        """Let what is typed or pasted next replace what was refused: nobody sees the dots grow."""
        self.field.setFocus()
        self.field.selectAll()

    def _save(self, verdict: str) -> None:
        if self._tried is None:
            return
        self._verdict = verdict
        self._wait(_Pending.SAVE, joined(verdict, tr("Saving…")))
        self.save_requested.emit(self._tried)

    def _forget_key(self) -> None:
        # setText, unlike clear, leaves nothing behind for undo to bring back.
        self.field.setText("")
        self._tried = None

    def _wait(self, pending: _Pending, text: str) -> None:
        self._pending = pending
        self._waiting_text = text
        self._show_waiting()
        # Disabled, it would hand the focus on to a button that the next Enter presses.
        self.field.setReadOnly(True)
        self.field.setFocus()
        self.save_anyway.hide()
        self.test.setEnabled(False)
        self.changed.emit()

    def _show_waiting(self) -> None:
        self.answer.setText(keyring_wait_text() if self._keyring_wait else self._waiting_text)
        self._say_answer()

    def _show_answer(self, text: str) -> None:
        self._pending = _Pending.NOTHING
        self.answer.setText(text)
        self.field.setReadOnly(False)
        self.test.setEnabled(self.has_text)

    def _say_answer(self) -> None:
        # The keyboard is in the field meanwhile, and nothing leads a screen reader to the label.
        say(self.answer, self.answer.text())

    def _show_reveal_text(self) -> None:
        self.reveal.setText(tr("Hide") if self.reveal.isChecked() else tr("Show"))


def _button() -> QPushButton:
    button = QPushButton()
    # An automatic default would change with the focus; see enter_key.
    button.setAutoDefault(False)
    return button


def _answer_label(lines: int) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # Room for some lines, so that the dialog does not jump when the answer comes.
    label.setMinimumHeight(label.fontMetrics().lineSpacing() * lines)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
