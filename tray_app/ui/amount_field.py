"""A field for an exact amount of dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from tray_app.core.money import ZERO, Usd
from tray_app.presentation.amount_entry import amount_of_entry
from tray_app.presentation.wording import chosen_amount_text
from tray_app.ui.labels import tabular

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST_LETTERS = 24
_USUAL_LETTERS = 12


class AmountField(QLineEdit):
    """Takes an amount above zero in the way of the user's locale, and never a float.

    What was typed is written as every amount is when the field is left, so that the user sees how
    it was read.
    """

    amount_changed = Signal()
    """Another text stands there, typed or shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(_MOST_LETTERS)
        self.textChanged.connect(self.amount_changed)
        self.editingFinished.connect(self.on_editing_finished)

    @property
    def amount(self) -> Usd | None:
        """The amount; None where nothing, or none above zero, stands there."""
        amount = amount_of_entry(self.text())
        return amount if amount is not None and amount > ZERO else None

    @property
    def is_faulty(self) -> bool:
        """Whether something else than an amount above zero stands there."""
        return bool(self.text().strip()) and self.amount is None

    def show_amount(self, amount: Usd | None) -> None:
        """Write the amount; None empties the field."""
        self.setText("" if amount is None else chosen_amount_text(amount))

    @Slot()
    def on_editing_finished(self) -> None:
        """Write what was read; what could not be read stays, to be corrected."""
        if self.amount is not None:
            self.show_amount(self.amount)

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Return room for a usual amount, not for a sentence."""
        hint = super().sizeHint()
        usual = self.fontMetrics().horizontalAdvance("0" * _USUAL_LETTERS)
        return QSize(min(hint.width(), usual), hint.height())
