"""What a user sees of a window: its texts, and whether they have room."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTabWidget,
    QWidget,
)

# What no language changes: names, addresses, keys on the keyboard, and Qt's own buttons.
_THE_SAME: Final = re.compile(
    r"HTTP \d+(?:, \w+)?|R{64}|(?:availableBalance|outstandingInvoices|history\.damaged-1)"
    r"|https?://\S+|novita\.ai\S*|api\.\S+|/home/\S+|sk_…|English|(?:Ctrl|Alt)\+\S+|&?Cancel|&?Close|&?OK"
)
_PLAIN_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_TAG: Final = re.compile(r"<[^>]+>")


def visible(window: QWidget) -> list[QWidget]:
    return [each for each in (window, *window.findChildren(QWidget)) if each.isVisible()]


def texts_of(window: QWidget) -> list[str]:
    """Return what a window says to eyes and to screen readers."""
    said: list[str] = []
    for each in visible(window):
        said += _own_texts(each)
        said += [each.toolTip(), each.accessibleName(), each.accessibleDescription()]
        if each.isWindow():
            said.append(each.windowTitle())
    return [plain for plain in map(_without_tags, said) if plain]


def _own_texts(widget: QWidget) -> list[str]:
    match widget:
        case QLabel() | QAbstractButton():
            return [widget.text()]
        case QMessageBox():
            return [widget.text(), widget.informativeText()]
        case QGroupBox():
            return [widget.title()]
        case QLineEdit():
            return [widget.placeholderText()]
        case QPlainTextEdit():
            return [widget.toPlainText(), widget.placeholderText()]
        case QComboBox():
            return [widget.itemText(index) for index in range(widget.count())]
        case QSpinBox() | QDoubleSpinBox():
            return [widget.prefix(), widget.suffix(), widget.specialValueText()]
        case QTabWidget():
            return [widget.tabText(index) for index in range(widget.count())]
        case _:
            return []


def _without_tags(text: str) -> str:
    return _TAG.sub(" ", text).strip()


def is_untranslated(text: str) -> bool:
    return _PLAIN_WORD.search(_THE_SAME.sub("", text)) is not None


def is_clipped(widget: QWidget) -> bool:
    """Whether a label or a control has less room than it asks for."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    if isinstance(widget, QLabel | QAbstractButton | QComboBox | QGroupBox):
        hint = widget.sizeHint()
        return hint.width() > widget.width() or hint.height() > widget.height()
    return False


def describe(widget: QWidget) -> str:
    needed, room = widget.sizeHint().toTuple(), widget.size().toTuple()
    return f"{type(widget).__name__} {_own_texts(widget)}: {needed} in {room}"
