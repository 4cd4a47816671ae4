"""Settings that are chosen: yes or no, one of a few, one of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QWidget,
)

from tray_app.ui.setting_field import SettingField, wheel_is_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QWheelEvent

_T = TypeVar("_T")


class SwitchField(SettingField[bool]):
    """A box to tick, which says itself what it stands for."""

    def __init__(self) -> None:
        super().__init__()
        self.check = QCheckBox()
        self.check.clicked.connect(self.on_clicked)
        self._row.addWidget(self.check)
        self._row.addStretch(1)
        self.setFocusProxy(self.check)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The box."""
        return (self.check,)

    def show_value(self, value: bool) -> None:  # noqa: FBT001 — the setting
        """Tick it or not."""
        self.check.setChecked(value)

    @Slot(bool)
    def on_clicked(self, checked: bool) -> None:  # noqa: FBT001 — a signal's argument
        """Take what the user chose."""
        self.entered.emit(checked)


class ListField(SettingField[_T]):
    """One of a list that opens; the wheel turns it only with the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._values: list[_T] = []
        self._shown: _T | None = None
        self.box = _CalmBox()
        self.box.activated.connect(self.on_activated)
        self._row.addWidget(self.box)
        self._row.addStretch(1)
        self.setFocusProxy(self.box)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The list."""
        return (self.box,)

    def keep_width(self, letters: int) -> None:
        """Be wide enough for so many wide letters; what is offered is not measured then."""
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(letters)

    def offer(self, choices: Sequence[tuple[_T, str]]) -> None:
        """Offer these, each with its words; the one that is chosen stays so."""
        values, words = [value for value, _ in choices], [word for _, word in choices]
        shown = [self.box.itemText(index) for index in range(self.box.count())]
        if values == self._values and words == shown:
            return
        self._values = values
        self.box.clear()
        self.box.addItems(words)
        self._choose()

    def show_value(self, value: _T) -> None:
        """Let it be the chosen one, now or as soon as it is offered."""
        self._shown = value
        self._choose()

    @Slot(int)
    def on_activated(self, index: int) -> None:
        """Take what the user chose."""
        self.entered.emit(self._values[index])

    def _choose(self) -> None:
        for index, value in enumerate(self._values):
            if value == self._shown:
                self.box.setCurrentIndex(index)


class RadioField(SettingField[_T]):
    """One of a few that are all to be seen, one below the other."""

    def __init__(self, choices: Sequence[tuple[_T, Callable[[], str]]]) -> None:
        super().__init__()
        self._choices = choices
        self._group = QButtonGroup(self)
        for number in range(len(choices)):
            button = QRadioButton()
            self._group.addButton(button, number)
            self._row.addWidget(button)
        self._group.idClicked.connect(self.on_clicked)
        self._row.addStretch(1)
        self.setFocusProxy(self._group.button(0))

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """Its buttons."""
        return self.buttons

    @property
    def buttons(self) -> tuple[QAbstractButton, ...]:
        """The same as buttons."""
        return tuple(self._group.buttons())

    def describe(self, name: str, description: str) -> None:
        """Write the buttons' words anew, which are their names."""
        for number, (_, word) in enumerate(self._choices):
            self._group.button(number).setText(word())
            self._group.button(number).setAccessibleDescription(f"{name}. {description}")

    def show_value(self, value: _T) -> None:
        """Let it be the chosen one, which the Tab key leads to."""
        values = [choice for choice, _ in self._choices]
        button = self._group.button(values.index(value))
        button.setChecked(True)
        self.setFocusProxy(button)

    @Slot(int)
    def on_clicked(self, number: int) -> None:
        """Take what the user chose."""
        self.entered.emit(self._choices[number][0])


class _CalmBox(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's name
        if wheel_is_meant(self, event):
            super().wheelEvent(event)
