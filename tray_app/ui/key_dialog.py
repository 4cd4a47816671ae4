"""Where a key is entered, tried, saved and removed."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.api_key import ApiKey, InvalidApiKeyError
from tray_app.core.problem import PermissionLacking, WrongKey
from tray_app.core.reading import BalanceReading
from tray_app.presentation.places import KEYS_URL
from tray_app.presentation.problem_wording import (
    Surface,
    key_fault_text,
    problem_sentence,
)
from tray_app.presentation.translation import joined, tr
from tray_app.presentation.wording import (
    amount_text,
    key_override_note,
    key_place_text,
    keyring_wait_text,
    removal_note,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from tray_app.core.problem import Problem
    from tray_app.presentation.tray_view import Source
    from tray_app.ui.balance_worker import FetchOutcome


class _Pending(Enum):
    """What the dialog waits for; answers to anything else are not for it."""

    NOTHING = auto()
    TEST = auto()
    SAVE = auto()
    REMOVAL = auto()


class KeyDialog(QDialog):
    """Tries a key on the worker and answers in place; nothing is saved untried unless asked.

    The key stands in the hidden field until it is saved or the dialog is closed, and nowhere
    else in the window.
    """

    test_requested = Signal(int, object)
    """The test's number and the ApiKey."""
    test_cancelled = Signal()
    save_requested = Signal(object)
    """The ApiKey."""
    delete_requested = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._pending = _Pending.NOTHING
        self._test_number = 0
        self._tried: ApiKey | None = None
        self._verdict = ""
        self._waiting_text = ""
        self._keyring_wait = False
        self._note = ""

        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setPlaceholderText("sk_…")
        self._field.textEdited.connect(self.on_edited)
        self._reveal = QPushButton()
        self._reveal.setCheckable(True)
        self._reveal.setAutoDefault(False)
        self._reveal.toggled.connect(self.on_reveal_toggled)
        self._answer = _answer_label()

        self._box = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self._test = self._button(roles.AcceptRole, self.on_test_pressed)
        self._test.setDefault(True)
        self._test.setEnabled(False)
        self._save_anyway = self._button(roles.ActionRole, self.on_save_anyway_pressed)
        self._save_anyway.hide()
        self._remove = self._button(roles.DestructiveRole, self.on_remove_pressed)
        self._close = self._button(roles.RejectRole, self.reject)

        entry = QHBoxLayout()
        entry.addWidget(self._field, 1)
        entry.addWidget(self._reveal)
        layout = QVBoxLayout(self)
        self._where = _where_label()
        layout.addWidget(self._where)
        layout.addLayout(entry)
        layout.addWidget(self._answer, 1)
        layout.addWidget(self._box)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 72)
        self._translate()

    def set_key_is_stored(self, *, stored: bool) -> None:
        """Offer to remove the key only where there may be one."""
        self._remove.setVisible(stored)

    def set_keyring_wait(self, *, lasts: bool) -> None:
        """Say that an answer of the keyring is due, where it is what this dialog waits for."""
        self._keyring_wait = lasts
        if self._pending is not _Pending.NOTHING:
            self._show_waiting()

    @Slot(str)
    def on_edited(self, text: str) -> None:
        """Allow a test as soon as there is something to test."""
        self._test.setEnabled(bool(text.strip()))
        self._save_anyway.hide()

    @Slot(bool)
    def on_reveal_toggled(self, shown: bool) -> None:  # noqa: FBT001 — a signal's argument
        """Show or hide what is in the field."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._field.setEchoMode(mode)
        self._reveal.setText(_reveal_text(shown=shown))

    @Slot()
    def on_test_pressed(self) -> None:
        """Have the key tried."""
        try:
            self._tried = ApiKey.of_pasted(self._field.text())
        except InvalidApiKeyError as error:
            self._answer_with(key_fault_text(error.fault))
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
                self._answer_with(tr("The test was interrupted."))
            case problem:
                self._answer_with(problem_sentence(problem, Surface.KEY_DIALOG))
                key_is_at_fault = isinstance(problem, WrongKey | PermissionLacking)
                self._save_anyway.setVisible(not key_is_at_fault)

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
            self._answer_with(tr("Not saved. {problem}", problem=sentence))
            return
        self._forget_key()
        self.set_key_is_stored(stored=True)
        self._answer_with(joined(self._verdict, tr("Saved."), self._note))
        self._close.setFocus()

    @Slot()
    def on_remove_pressed(self) -> None:
        """Ask before the key is removed."""
        question = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Remove key"),
            tr("Remove the stored API key?"),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        question.setInformativeText(
            removal_note(key_from_environment=self._source.key_from_environment)
        )
        remove = question.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        remove.clicked.connect(self.on_removal_confirmed)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    @Slot()
    def on_removal_confirmed(self) -> None:
        """Have the key removed."""
        self._wait(_Pending.REMOVAL, tr("Removing…"))
        self.delete_requested.emit()

    @Slot(object)
    def on_key_deleted(self, problem: Problem | None) -> None:
        """Say whether the key is gone."""
        if self._pending is not _Pending.REMOVAL:
            return
        if problem is None:
            self.set_key_is_stored(stored=False)
            self._answer_with(tr("No key is stored any more."))
        else:
            sentence = problem_sentence(problem, Surface.KEY_DIALOG)
            self._answer_with(tr("Not removed. {problem}", problem=sentence))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Begin with the field, wherever the focus was left."""
        super().showEvent(event)
        self._field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Let Enter press the button that has the focus, and "Test and save" from the field."""
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focused, QPushButton
        ):
            focused.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another language; an answer that was given stays as it was said."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    def done(self, result: int) -> None:
        """Forget the key with the dialog; a test under way has nobody to answer to."""
        if self._pending is _Pending.TEST:
            self.test_cancelled.emit()
        self._forget_key()
        self._reveal.setChecked(False)
        self._answer_with(self._note)
        super().done(result)

    def _translate(self) -> None:
        self.setWindowTitle(tr("API key"))
        self._where.setText(_where_text(demo=self._source.demo))
        self._field.setAccessibleName(tr("API key"))
        self._reveal.setText(_reveal_text(shown=self._reveal.isChecked()))
        self._reveal.setAccessibleName(tr("Show the key"))
        self._test.setText(tr("Test and save"))
        self._save_anyway.setText(tr("Save anyway"))
        self._remove.setText(tr("Remove key…"))
        self._close.setText(tr("Close"))
        before, self._note = self._note, ""
        if self._source.key_from_environment:
            self._note = key_override_note()
        if self._answer.text() == before:
            self._answer.setText(self._note)

    def _button(
        self, role: QDialogButtonBox.ButtonRole, on_pressed: Callable[[], None]
    ) -> QPushButton:
        button = QPushButton()
        self._box.addButton(button, role)
        # An automatic default could be the one that removes the key; see keyPressEvent.
        button.setAutoDefault(False)
        button.clicked.connect(on_pressed)
        return button

    def _save(self, verdict: str) -> None:
        if self._tried is None:
            return
        self._verdict = verdict
        self._wait(_Pending.SAVE, joined(verdict, tr("Saving…")))
        self.save_requested.emit(self._tried)

    def _forget_key(self) -> None:
        # setText, unlike clear, leaves nothing behind for undo to bring back.
        self._field.setText("")
        self._tried = None

    def _wait(self, pending: _Pending, text: str) -> None:
        self._pending = pending
        self._waiting_text = text
        self._show_waiting()
        self._save_anyway.hide()
        for widget in (self._field, self._test, self._remove):
            widget.setEnabled(False)

    def _show_waiting(self) -> None:
        self._answer.setText(keyring_wait_text() if self._keyring_wait else self._waiting_text)

    def _answer_with(self, text: str) -> None:
        self._pending = _Pending.NOTHING
        self._answer.setText(text)
        self._save_anyway.hide()
        self._field.setEnabled(True)
        self._remove.setEnabled(True)
        self._test.setEnabled(bool(self._field.text().strip()))
        self._field.setFocus()
        # What is typed or pasted next replaces what was refused: nobody sees the dots grow.
        self._field.selectAll()


def _reveal_text(*, shown: bool) -> str:
    return tr("Hide") if shown else tr("Show")


def _where_text(*, demo: bool) -> str:
    # Fields keep the link's own characters out of the catalogues.
    link = f'<a href="{KEYS_URL}">{KEYS_URL.removeprefix("https://")}</a>'
    paste = joined(tr("Paste a Novita API key."), key_place_text(demo=demo))
    return f"{paste}<br>{tr('Keys are made at {link}.', link=link)}"


def _where_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return label


def _answer_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # Room for three lines, so that the dialog does not jump when the answer comes.
    label.setMinimumHeight(label.fontMetrics().lineSpacing() * 3)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
