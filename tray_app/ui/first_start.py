"""The window in which a new user begins: key, alerts, start at login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_app.core.first_choices import FirstChoices, default_choices
from tray_app.presentation.first_start_wording import (
    amount_fault_text,
    key_is_saved_hint,
    no_tray_at_start_text,
    order_fault_text,
    purpose_text,
)
from tray_app.presentation.places import keys_link_text, program_name
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import about_key_text
from tray_app.ui.amount_field import AmountField
from tray_app.ui.days_field import DaysField
from tray_app.ui.key_window import KeyWindow
from tray_app.ui.labels import heading, set_or_hide, text_label
from tray_app.ui.link_label import LinkLabel
from tray_app.ui.spoken import say

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tray_app.core.problem import Problem
    from tray_app.ui.balance_worker import FetchOutcome


_WIDTH_LETTERS: Final = 72


class FirstStart(KeyWindow):
    """Asks once for what the program needs, and suggests the rest.

    "Start" tries and saves a key that was only typed, and then says what was chosen. "Later", as
    any other way to close, chooses nothing: a key that was saved stays saved, and what was chosen
    stands there when the window is opened again.
    """

    finished_with = Signal(object)
    """The FirstChoices, once a key is saved and the window is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(answer_lines=2, parent=parent)
        self._key_is_saved = False
        self._starts = False
        self._trial.changed.connect(self.on_trial_changed)
        self._trial.answered.connect(self.on_answered)
        self._trial.saved.connect(self.on_saved)

        self._purpose = _mouse_only(text_label())
        self._key_heading = _mouse_only(heading())
        self._keys_link = LinkLabel()
        self._alerts_heading = _mouse_only(heading())
        self._low, self._critical = AmountField(), AmountField()
        self._days = DaysField()
        self._fault = _mouse_only(text_label())
        self._autostart = QCheckBox()
        self._no_tray = _mouse_only(text_label())
        self._fault.hide()
        self._no_tray.hide()
        self._low_label, self._critical_label, self._days_label = QLabel(), QLabel(), QLabel()

        self._later = QPushButton()
        self._later.setAutoDefault(False)
        self._later.clicked.connect(self.reject)
        self._start = QPushButton()
        self._start.setDefault(True)
        self._start.clicked.connect(self.on_start_pressed)

        suggested = default_choices()
        self._low.show_amount(suggested.thresholds.low)
        self._critical.show_amount(suggested.thresholds.critical)
        self._days.show_span(suggested.lasts_less)
        self._autostart.setChecked(suggested.autostart)
        for field in (self._low, self._critical):
            field.amount_changed.connect(self.on_amount_changed)
            field.editingFinished.connect(self.on_amount_entered)
        self._layout = QVBoxLayout(self)
        self._fill_layout()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)
        self._translate()
        # Without a size Qt would reckon the lines of a narrower window.
        self.resize(self.minimumWidth(), 0)
        self.on_trial_changed()

    def set_tray_is_missing(self, *, missing: bool) -> None:
        """Say what to do on a desktop without a tray, or no longer."""
        set_or_hide(self._no_tray, no_tray_at_start_text() if missing else "")

    @Slot(int, object)
    def on_key_tested(self, number: int, outcome: FetchOutcome) -> None:
        """Save a key that works; name the problem of one that does not."""
        self._trial.on_key_tested(number, outcome)

    @Slot(object)
    def on_key_saved(self, problem: Problem | None) -> None:
        """Say whether the key is in the keyring now."""
        self._trial.on_key_saved(problem)

    @Slot()
    def on_start_pressed(self) -> None:
        """Begin; a key that was only typed is tried and saved before."""
        if self._key_is_saved and not self._trial.has_text:
            self._finish()
        elif self._choices() is not None:
            self._starts = True
            self._trial.on_test_pressed()

    @Slot()
    def on_trial_changed(self) -> None:
        """Start only with a key, and with one answer after the other."""
        has_key = self._key_is_saved or self._trial.has_text
        self._start.setEnabled(has_key and not self._trial.waits)

    @Slot()
    def on_answered(self) -> None:
        """Let the key be corrected, unless the user has gone on to something else meanwhile."""
        if self._starts or not self._is_elsewhere():
            self._trial.focus_field()
        self._starts = False

    @Slot()
    def on_saved(self) -> None:
        """Begin where that was wished; otherwise one more press of Enter does."""
        self._key_is_saved = True
        self._trial.field.setPlaceholderText(key_is_saved_hint())
        self.on_trial_changed()
        if self._starts:
            self._finish()
        elif not self._is_elsewhere():
            self._start.setFocus()

    @Slot()
    def on_amount_changed(self) -> None:
        """Take back a complaint as soon as there is no reason for it."""
        if not self._amounts_fault():
            set_or_hide(self._fault, "")

    @Slot()
    def on_amount_entered(self) -> None:
        """Say what is wrong with the amounts when one has been typed."""
        self._show_fault()

    def event(self, event: QEvent) -> bool:
        """Make room for a text that has become longer."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Keep room for every line where the window is made narrower."""
        super().resizeEvent(event)
        self._make_room()

    def done(self, result: int) -> None:
        """Start nothing that is answered later."""
        self._starts = False
        super().done(result)

    def _fill_layout(self) -> None:
        entry = QHBoxLayout()
        entry.addWidget(self._trial.field, 1)
        entry.addWidget(self._trial.reveal)
        entry.addWidget(self._trial.test)
        answer = QHBoxLayout()
        answer.addWidget(self._trial.answer, 1)
        answer.addWidget(self._trial.save_anyway, 0, Qt.AlignmentFlag.AlignTop)
        amounts = QFormLayout()
        amounts.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        amounts.addRow(self._low_label, self._low)
        amounts.addRow(self._critical_label, self._critical)
        amounts.addRow(self._days_label, self._days)
        self._days.setMinimumWidth(self._low.sizeHint().width())
        box = QDialogButtonBox()
        # In another order Tab leaves a button out (measured with Qt 6.11).
        box.addButton(self._start, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(self._later, QDialogButtonBox.ButtonRole.RejectRole)

        layout = self._layout
        layout.addWidget(self._purpose)
        layout.addSpacing(_gap(self))
        layout.addWidget(self._key_heading)
        layout.addLayout(entry)
        layout.addWidget(self._keys_link)
        layout.addLayout(answer)
        layout.addSpacing(_gap(self))
        layout.addWidget(self._alerts_heading)
        layout.addLayout(amounts)
        layout.addWidget(self._fault)
        layout.addSpacing(_gap(self))
        layout.addWidget(self._autostart)
        layout.addWidget(self._no_tray)
        layout.addStretch(1)
        layout.addSpacing(_gap(self))
        layout.addWidget(box)

    def _translate(self) -> None:
        self.setWindowTitle(program_name())
        self._purpose.setText(purpose_text())
        self._key_heading.setText(tr("API key"))
        self._keys_link.show_rich_text(keys_link_text())
        self._trial.translate(about_key_text(demo=False, key_from_environment=False))
        self._alerts_heading.setText(tr("When to alert you"))
        labels = {
            self._low: (self._low_label, tr("Balance low, below")),
            self._critical: (self._critical_label, tr("Balance critical, below")),
            self._days: (self._days_label, tr("Balance lasts less than")),
        }
        for field, (label, text) in labels.items():
            label.setText(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
        self._autostart.setText(tr("Start at login"))
        self._later.setText(tr("Later"))
        self._start.setText(tr("Start"))
        if self._key_is_saved:
            self._trial.field.setPlaceholderText(key_is_saved_hint())
        if not self._no_tray.isHidden():
            self.set_tray_is_missing(missing=True)
        if not self._fault.isHidden():
            self.on_amount_entered()

    def _make_room(self) -> None:
        # Qt's own least height of a window knows nothing of lines that wrap.
        self.setMinimumHeight(self._layout.totalHeightForWidth(self.width()))

    def _is_elsewhere(self) -> bool:
        return self.focusWidget() not in {None, self._trial.field}

    def _amounts_fault(self) -> str:
        low, critical = self._low.amount, self._critical.amount
        if low is None or critical is None:
            return amount_fault_text()
        return order_fault_text() if critical > low else ""

    def _show_fault(self) -> None:
        fault = self._amounts_fault()
        set_or_hide(self._fault, fault)
        say(self._fault, fault)

    def _choices(self) -> FirstChoices | None:
        """Return what is chosen; None where an amount is to be corrected, which is asked for."""
        low, critical = self._low.amount, self._critical.amount
        if low is not None and critical is not None and critical <= low:
            return FirstChoices.of_amounts(
                low, critical, self._days.span, autostart=self._autostart.isChecked()
            )
        self._show_fault()
        wrong = self._low if low is None else self._critical
        wrong.setFocus()
        wrong.selectAll()
        return None

    def _finish(self) -> None:
        choices = self._choices()
        self._starts = False
        if choices is not None:
            self.accept()
            self.finished_with.emit(choices)


def _mouse_only(label: QLabel) -> QLabel:
    # In a form, Tab goes from one thing that can be done to the next.
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _gap(window: QWidget) -> int:
    return window.fontMetrics().lineSpacing() // 2
