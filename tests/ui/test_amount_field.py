from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.core.samples import usd
from tests.presentation.test_locale_format import GERMAN
from tray_app.presentation.locale_format import install_format
from tray_app.ui.amount_field import AmountField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _c_again() -> Iterator[None]:
    yield
    install_format(None)


@pytest.fixture
def field(qtbot: QtBot) -> AmountField:
    field = AmountField()
    qtbot.addWidget(field)
    return field


def enter(field: AmountField, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_an_amount_is_typed_and_written_as_every_amount(field: AmountField) -> None:
    enter(field, "7.5")
    assert (field.text(), field.amount, field.is_faulty) == ("$7.50", usd("7.5"), False)


def test_an_amount_is_typed_in_the_locales_way(field: AmountField) -> None:
    install_format(GERMAN)
    enter(field, "1234,5")
    assert (field.text(), field.amount) == ("$1.234,50", usd("1234.5"))


@pytest.mark.parametrize("text", ["0", "-1", "a lot", "1e2"])
def test_what_is_no_amount_above_zero_stays_to_be_corrected(field: AmountField, text: str) -> None:
    enter(field, text)
    assert (field.text(), field.amount, field.is_faulty) == (text, None, True)


def test_an_empty_field_is_no_amount_and_no_fault(field: AmountField) -> None:
    field.show_amount(usd("5"))
    field.show_amount(None)
    assert (field.text(), field.amount, field.is_faulty) == ("", None, False)


def test_an_amount_finer_than_cents_survives_being_shown(field: AmountField) -> None:
    field.show_amount(usd("0.0021"))
    assert (field.text(), field.amount) == ("$0.0021", usd("0.0021"))


def test_every_change_is_told(field: AmountField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.amount_changed):
        QTest.keyClicks(field, "5")
    with qtbot.waitSignal(field.amount_changed):
        field.show_amount(usd("6"))
