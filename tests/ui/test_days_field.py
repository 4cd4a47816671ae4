from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.pseudo_language import pseudo
from tray_app.presentation.translation import install
from tray_app.ui.days_field import DaysField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    install(None)


@pytest.fixture
def field(qtbot: QtBot) -> DaysField:
    field = DaysField()
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("span", "text"), [(None, "never"), (DAY, "1 day"), (3 * DAY, "3 days"), (30 * DAY, "30 days")]
)
def test_the_unit_follows_the_number(field: DaysField, span: timedelta | None, text: str) -> None:
    field.show_span(span)
    assert (field.text(), field.span) == (text, span)


def test_less_than_a_day_is_one_and_not_none(field: DaysField) -> None:
    field.show_span(timedelta(hours=5))
    assert field.span == DAY


def test_a_number_is_typed_without_its_unit(field: DaysField) -> None:
    field.show_span(3 * DAY)
    field.show()
    field.selectAll()
    QTest.keyClicks(field, "14")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.span) == ("14 days", 14 * DAY)


def test_a_language_may_write_around_the_number(field: DaysField) -> None:
    install(pseudo)
    field.show_span(3 * DAY)
    assert field.text() == pseudo("%n day(s)", 3)
    assert field.span == 3 * DAY
