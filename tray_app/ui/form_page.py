"""A page of the settings window: labels and fields, below each what there is to say about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tray_app.ui.hint_label import HintLabel
from tray_app.ui.setting_field import SettingField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractButton

_BESIDES: Final = re.compile(r"\(&\w\)|&|[:\uff1a]\s*$")
"""Chinese has its mnemonics in brackets at the end."""
_FIXED: Final = QSizePolicy.Policy.Fixed


class FormPage(QScrollArea):
    """Rows of a form, which scroll where letters are large and the screen is small.

    All words are given as what makes them, so that they can be said anew in another language.
    """

    def __init__(self) -> None:
        super().__init__()
        self._words: list[Callable[[], None]] = []
        self._content = QWidget()
        self._form = QFormLayout(self._content)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The tab's own colour shows through.
        for widget in (self.viewport(), self._content):
            widget.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Ask for all that it holds, with the height that wrapped lines need at that width."""
        hint = self._content.sizeHint()
        height = self._form.heightForWidth(hint.width()) if self._form.hasHeightForWidth() else 0
        return hint.expandedTo(QSize(0, height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Keep the width, since it scrolls up and down alone."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(
            self._content.minimumSizeHint().width() + bar, super().minimumSizeHint().height()
        )

    def translate(self) -> None:
        """Say everything in the language of now."""
        for say in self._words:
            say()

    def add_row(
        self,
        label: Callable[[], str],
        field: SettingField[Any],
        *beside: QWidget,
        hint: Callable[[], str] | None = None,
    ) -> QWidget:
        """Add fields that stand in a row behind a label; return the row, to be shown or hidden."""
        caption = QLabel()
        # A mnemonic finds no way through the focus proxy of a field.
        caption.setBuddy(field.controls[0])
        row, hints = self._row(field, *beside, hint=hint)
        self._form.addRow(caption, row)

        def say() -> None:
            caption.setText(label())
            field.describe(plain(label()), hints())

        self._words.append(say)
        return row

    def add_switch(
        self,
        text: Callable[[], str],
        field: SettingField[Any],
        check: QAbstractButton,
        *,
        caption: Callable[[], str] | None = None,
        hint: Callable[[], str] | None = None,
    ) -> None:
        """Add a field that begins with a box to tick, in the fields' column."""
        label = QLabel()
        row, hints = self._row(field, hint=hint)
        self._form.addRow(label, row)

        def say() -> None:
            label.setText("" if caption is None else caption())
            check.setText(text())
            field.describe(plain(text()), hints())

        self._words.append(say)

    def add_widget_row(
        self, label: Callable[[], str], widget: QWidget, *, buddy: QWidget | None = None
    ) -> QWidget:
        """Add what is no setting; the label's mnemonic leads to the ``buddy``."""
        caption = QLabel()
        if buddy is not None:
            caption.setBuddy(buddy)
        self._form.addRow(caption, widget)
        self._words.append(lambda: caption.setText(label()))
        return widget

    def add_gap(self) -> None:
        """Keep what follows apart."""
        space = QWidget()
        space.setFixedHeight(self.fontMetrics().height() // 2)
        self._form.addRow(space)

    def words(self, say: Callable[[], None]) -> None:
        """Have words set now and in each language to come."""
        self._words.append(say)

    def set_row_shown(self, row: QWidget, *, shown: bool) -> None:
        """Show or hide a row with its label."""
        self._form.setRowVisible(row, shown)

    def _row(
        self,
        *beside: QWidget,
        hint: Callable[[], str] | None,
    ) -> tuple[QWidget, Callable[[], str]]:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        column.addLayout(line)
        for each in beside:
            line.addWidget(each)
            if isinstance(each, SettingField):
                column.addWidget(each.fault)
        if beside[0].sizePolicy().horizontalPolicy() is _FIXED:
            line.addStretch(1)
        if hint is None:
            return row, str
        note = HintLabel()
        column.addWidget(note)
        self._words.append(lambda: note.setText(hint()))
        return row, hint


def plain(label: str) -> str:
    """Return a label's words without its mnemonic and colon, as a screen reader says them."""
    return _BESIDES.sub("", label)
