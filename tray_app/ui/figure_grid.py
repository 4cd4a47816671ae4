"""Words with an amount each, in columns: figures aligned at their right end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tray_app.core.light_dataclass import dataclass
from tray_app.presentation.translation import tr
from tray_app.ui.labels import heading, text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD, _FIGURE, _MEANING = range(3)
_COLUMN_GAP: Final = 16


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A word, its figure, and what the word means where that is not plain."""

    word: str
    figure: str
    meaning: str = ""


class FigureGrid(QWidget):
    """Shows rows below a title; without rows it takes no room.

    Labels whose text stays are not touched, so that a selection in them stays too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = heading()
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_COLUMN_GAP)
        self._grid.setColumnStretch(_MEANING, 1)
        self._grid.addWidget(self._title, 0, 0, 1, 3)
        self.hide()

    def set_title(self, title: str) -> None:
        """Write this above the rows."""
        self._title.setText(title)

    @property
    def rows(self) -> list[FigureRow]:
        """What is shown."""
        return [
            FigureRow(word.text(), figure.text(), meaning.text())
            for word, figure, meaning in self._rows
            if word.isVisibleTo(self)
        ]

    def show_rows(self, rows: Sequence[FigureRow]) -> None:
        """Show these rows in place of the ones before."""
        while len(self._rows) < len(rows):
            self._rows.append(self._made_row(len(self._rows) + 1))
        for number, labels in enumerate(self._rows):
            if number < len(rows):
                _fill(labels, rows[number])
            for label in labels:
                # One without a text would be a place to go to where nothing is.
                label.setVisible(number < len(rows) and bool(label.text()))
        self.setVisible(bool(rows))

    def _made_row(self, number: int) -> tuple[QLabel, QLabel, QLabel]:
        word, figure, meaning = text_label(), text_label(), text_label()
        for label in (word, figure, meaning):
            label.setWordWrap(False)
        meaning.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(word, number, _WORD)
        self._grid.addWidget(figure, number, _FIGURE, right)
        self._grid.addWidget(meaning, number, _MEANING)
        return word, figure, meaning


def _fill(labels: tuple[QLabel, QLabel, QLabel], row: FigureRow) -> None:
    for label, text in zip(labels, (row.word, row.figure, row.meaning), strict=True):
        if label.text() != text:
            label.setText(text)
    labels[_FIGURE].setAccessibleName(tr("{word}: {amount}", word=row.word, amount=row.figure))
