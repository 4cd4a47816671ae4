"""A setting that is typed: an amount, several, an address, a path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tray_app.presentation.settings_entries import (
    InvalidEntryError,
    amount_of,
    amounts_of,
    amounts_text,
    optional_amount_of,
    optional_amount_text,
)
from tray_app.presentation.wording import amount_text
from tray_app.ui.labels import tabular
from tray_app.ui.setting_field import SettingField

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.core.money import Usd

_T = TypeVar("_T")
_AMOUNT_CHARACTERS: Final = 12
_FRAME_CHARACTERS: Final = 2


class EntryField(SettingField[_T]):
    """A line of text; ``parse`` raises InvalidEntryError, ``text`` writes a value as it is shown.

    Unless ``on_leaving``, only :meth:`take` hands a text on. A value whose text was not touched is
    never read back, so that nothing is lost by showing it.
    """

    def __init__(
        self,
        parse: Callable[[str], _T],
        text: Callable[[_T], str],
        *,
        characters: int | None = None,
        on_leaving: bool = True,
    ) -> None:
        super().__init__()
        self._parse, self._text = parse, text
        self._value: _T = cast("_T", None)
        self._is_known = False
        self._settled = ""
        self._edit = QLineEdit()
        self._edit.setFont(tabular(self._edit.font()))
        self._on_leaving = on_leaving
        self._edit.editingFinished.connect(self.on_finished)
        self._row.addWidget(self._edit)
        self._characters = characters
        self._fit()
        self.setFocusProxy(self._edit)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self._edit,)

    @property
    def line(self) -> QLineEdit:
        """The line itself."""
        return self._edit

    def show_value(self, value: _T) -> None:
        """Show it, unless something else is being typed, or stands there with its fault."""
        same = self._is_known and value == self._value
        self._value, self._is_known = value, True
        if self._is_being_typed() or (same and self.fault.sentence):
            return
        self._show()

    def settle(self) -> None:
        """Hand on what the text means, where it was touched."""
        if self._on_leaving and self._edit.text() != self._settled:
            self.take()

    def take_again(self) -> None:
        """Try once more what was refused."""
        if self.fault.sentence and not self._is_being_typed():
            self.take()

    def restore(self) -> None:
        """Show what is in force."""
        super().restore()
        if self._is_known:
            self._show()

    def write_anew(self) -> None:
        """Show the value in the locale's way of now, unless something is being typed."""
        if self._is_known and not self._is_being_typed() and not self.fault.sentence:
            self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Keep room for an amount in any size of letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    @Slot()
    def on_finished(self) -> None:
        """Settle when Enter is pressed or the field is left."""
        self.settle()

    def take(self, *, anew: bool = False) -> None:
        """Hand on what the text means, touched or not; ``anew`` also where it is shown already."""
        self._settled = self._edit.text()
        try:
            value = self._parse(self._settled)
        except InvalidEntryError as error:
            self.show_fault(str(error))
            return
        self.show_fault("")
        if value == self._value and not anew:
            self._show()
        else:
            self.entered.emit(value)

    def _show(self) -> None:
        self._settled = self._text(self._value)
        if self._edit.text() != self._settled:
            self._edit.setText(self._settled)
        self.show_fault("")

    def _is_being_typed(self) -> bool:
        return self._edit.hasFocus() and self._edit.text() != self._settled

    def _fit(self) -> None:
        if self._characters is None:
            return
        width = self.fontMetrics().horizontalAdvance("0") * (self._characters + _FRAME_CHARACTERS)
        self._edit.setFixedWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def amount_field() -> EntryField[Usd]:
    """Return a field for an amount above zero."""
    return EntryField(amount_of, amount_text, characters=_AMOUNT_CHARACTERS)


def optional_amount_field() -> EntryField[Usd | None]:
    """Return the same, empty for none."""
    return EntryField(optional_amount_of, optional_amount_text, characters=_AMOUNT_CHARACTERS)


def amounts_field() -> EntryField[tuple[Usd, ...]]:
    """Return a field for several amounts."""
    return EntryField(amounts_of, amounts_text)
