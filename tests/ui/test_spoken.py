from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QWidget

from tray_app.ui.spoken import set_echo_mode, set_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

_HIDDEN = QLineEdit.EchoMode.Password
_SHOWN = QLineEdit.EchoMode.Normal


@pytest.fixture(autouse=True)
def _read_by_a_screen_reader(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


@pytest.mark.parametrize("is_asked_before", [False, True])
def test_a_role_holds_whenever_it_is_set(qtbot: QtBot, is_asked_before: bool) -> None:  # noqa: FBT001 — a table
    widget = QWidget()
    qtbot.addWidget(widget)
    if is_asked_before:
        assert role_of(widget) is QAccessible.Role.Client
    set_role(widget, QAccessible.Role.Chart)
    assert role_of(widget) is QAccessible.Role.Chart


def test_a_hidden_text_cannot_be_asked_for_and_a_shown_one_can(qtbot: QtBot) -> None:
    field = QLineEdit("sk_secret")
    qtbot.addWidget(field)
    field.setAccessibleName("API key")
    for mode in (_HIDDEN, _SHOWN, _HIDDEN):
        set_echo_mode(field, mode)
        found = QAccessible.queryAccessibleInterface(field)
        assert found.role() is QAccessible.Role.EditableText
        assert bool(found.state().passwordEdit) is (mode is _HIDDEN)
        assert (found.textInterface() is None) is (mode is _HIDDEN)
        assert found.text(QAccessible.Text.Name) == "API key"
        assert (found.text(QAccessible.Text.Value) == "sk_secret") is (mode is _SHOWN)


def test_a_field_that_was_hidden_from_the_start_is_hidden(qtbot: QtBot) -> None:
    field = QLineEdit("sk_secret")
    qtbot.addWidget(field)
    field.setEchoMode(_HIDDEN)
    assert QAccessible.queryAccessibleInterface(field).textInterface() is None
