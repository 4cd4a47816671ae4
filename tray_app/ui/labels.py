"""Labels and fonts that the windows share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel


def text_label() -> QLabel:
    """Return a label of plain text that can be read, selected and copied with the keyboard."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFont(tabular(label.font()))
    return label


def heading() -> QLabel:
    """Return a label for what stands above a part of a window."""
    label = text_label()
    label.setFont(bold(label.font()))
    return label


def tabular(font: QFont) -> QFont:
    """Return the font with digits of one width, so that amounts line up."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def scaled(font: QFont, factor: float) -> QFont:
    """Return the font in another size, whether that is kept in points or in pixels."""
    font = QFont(font)
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * factor))
    else:
        font.setPointSizeF(font.pointSizeF() * factor)
    return font


def bold(font: QFont) -> QFont:
    """Return the font in bold."""
    font = QFont(font)
    font.setBold(True)
    return font


def set_or_hide(label: QLabel, text: str) -> None:
    """Show the text; a label without one takes no room."""
    label.setText(text)
    label.setVisible(bool(text))
