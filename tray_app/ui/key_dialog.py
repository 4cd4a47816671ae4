"""Where a key is entered, tried, saved and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.presentation.places import keys_link_text
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.translation import joined, tr
from tray_app.presentation.wording import key_override_note, key_place_text, removal_note
from tray_app.ui.key_window import KeyWindow
from tray_app.ui.link_label import LinkLabel

if TYPE_CHECKING:
    from tray_app.core.problem import Problem
    from tray_app.presentation.source import Source
    from tray_app.ui.balance_worker import FetchOutcome


class KeyDialog(KeyWindow):
    """Tries a key on the worker and answers in place; nothing is saved untried unless asked."""

    delete_requested = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(answer_lines=3, parent=parent)
        self._source = source
        self._account = ""
        self._trial.changed.connect(self.on_trial_changed)
        self._trial.answered.connect(self.on_answered)
        self._trial.saved.connect(self.on_saved)
        self._trial.test.setDefault(True)

        self._remove = QPushButton()
        self._remove.clicked.connect(self.on_remove_pressed)
        self._close = QPushButton()
        self._close.clicked.connect(self.reject)
        self._box = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self._box.addButton(self._trial.test, roles.AcceptRole)
        self._box.addButton(self._trial.save_anyway, roles.ActionRole)
        self._box.addButton(self._remove, roles.DestructiveRole)
        self._box.addButton(self._close, roles.RejectRole)
        # The box shows whatever is put into it.
        self._trial.save_anyway.hide()
        for button in (self._remove, self._close):
            # An automatic default could be the one that removes the key; see enter_key.
            button.setAutoDefault(False)

        entry = QHBoxLayout()
        entry.addWidget(self._trial.field, 1)
        entry.addWidget(self._trial.reveal)
        layout = QVBoxLayout(self)
        self._where = LinkLabel()
        layout.addWidget(self._where)
        layout.addLayout(entry)
        layout.addWidget(self._trial.answer, 1)
        layout.addWidget(self._box)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 72)
        self._translate()

    def set_key_is_stored(self, *, stored: bool) -> None:
        """Offer to remove the key only where there may be one."""
        self._remove.setVisible(stored)

    def name_account(self, account: str) -> None:
        """Say whose key is meant; empty where there is one account."""
        self._account = account
        self._translate()

    @Slot(int, object)
    def on_key_tested(self, number: int, outcome: FetchOutcome) -> None:
        """Save a key that works; name the problem of one that does not."""
        self._trial.on_key_tested(number, outcome)

    @Slot(object)
    def on_key_saved(self, problem: Problem | None) -> None:
        """Say whether the key is in the keyring now."""
        self._trial.on_key_saved(problem)

    @Slot()
    def on_trial_changed(self) -> None:
        """Remove nothing while an answer is due."""
        self._remove.setEnabled(not self._trial.waits)

    @Slot()
    def on_answered(self) -> None:
        """Let the next key be typed."""
        self._trial.focus_field()

    @Slot()
    def on_saved(self) -> None:
        """Let one more press of a key close the dialog."""
        self.set_key_is_stored(stored=True)
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
        self._trial.wait_for_other(tr("Removing…"))
        self.delete_requested.emit()

    @Slot(object)
    def on_key_deleted(self, problem: Problem | None) -> None:
        """Say whether the key is gone."""
        if not self._trial.waits_for_other():
            return
        if problem is None:
            self.set_key_is_stored(stored=False)
            self._trial.answer_with(tr("No key is stored any more."))
        else:
            sentence = problem_sentence(problem, Surface.KEY_DIALOG)
            self._trial.answer_with(tr("Not removed. {problem}", problem=sentence))

    def _translate(self) -> None:
        self.setWindowTitle(self._labelled(tr("API key")))
        self._where.show_rich_text(self._labelled(_where_text(demo=self._source.demo)))
        self._remove.setText(tr("Remove key…"))
        self._close.setText(tr("Close"))
        overridden = self._source.key_from_environment
        self._trial.translate(key_override_note() if overridden else "")

    def _labelled(self, text: str) -> str:
        if not self._account:
            return text
        return tr("{account}: {title}", account=self._account, title=text)


def _where_text(*, demo: bool) -> str:
    paste = joined(tr("Paste a Novita API key."), key_place_text(demo=demo))
    return f"{paste}<br>{keys_link_text()}"
