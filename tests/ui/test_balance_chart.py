from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPaintEvent, QPalette
from PySide6.QtTest import QTest

from tests.presentation.chart_samples import BERLIN, DAY, NOW, healthy, no_point, one_year
from tray_app.presentation.icon_spec import CRITICAL_FILL, HEALTHY_FILL
from tray_app.ui.balance_chart import BalanceChart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Painted(BalanceChart):
    """Counts how often it is painted."""

    count = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        self.count += 1
        super().paintEvent(event)


@pytest.fixture
def chart(qtbot: QtBot) -> Painted:
    chart = Painted(BERLIN)
    qtbot.addWidget(chart)
    chart.resize(760, 300)
    chart.set_accent(HEALTHY_FILL)
    chart.show_data(healthy(), failing=False)
    chart.show()
    qtbot.waitUntil(lambda: chart.count > 0)
    return chart


def hover(chart: BalanceChart, x: float) -> None:
    place = QPointF(x, 100)
    button, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    chart.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, place, place, button, button, none))


def sentence(chart: BalanceChart) -> str:
    readout = chart.readout
    return "" if readout is None else readout.sentence


def x_of(chart: BalanceChart, days: float) -> float:
    layout = chart._placed()
    assert layout is not None
    return layout.times.x(NOW + days * DAY)


def test_the_pointer_reads_the_exact_balance_and_the_forecast(chart: BalanceChart) -> None:
    hover(chart, x_of(chart, 0))
    assert sentence(chart) == "$14.3456, 25 Nov 14:10"
    hover(chart, x_of(chart, 2))
    assert sentence(chart) == "between $5 and $10, about $8, 27 Nov 14:00"
    chart.leaveEvent(QEvent(QEvent.Type.Leave))
    assert chart.readout is None


def test_arrow_keys_read_from_the_last_reading_on_and_escape_ends_it(
    chart: BalanceChart,
) -> None:
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert sentence(chart) == "$14.3456, 25 Nov 14:10"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert sentence(chart).startswith("$14.")
    assert sentence(chart) != "$14.3456, 25 Nov 14:10"
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert sentence(chart).endswith("18 Nov 14:10")
    QTest.keyClick(chart, Qt.Key.Key_PageDown)
    assert "19 Nov" in sentence(chart)
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert "28 Nov" in sentence(chart)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert "28 Nov" in sentence(chart)
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.readout is None


def test_a_key_that_is_for_others_is_left_to_them(chart: BalanceChart, qtbot: QtBot) -> None:
    empty = BalanceChart(BERLIN)
    qtbot.addWidget(empty)
    for one in (chart, empty):
        QTest.keyClick(one, Qt.Key.Key_A)
        QTest.keyClick(one, Qt.Key.Key_Escape)
        assert one.readout is None


def test_without_readings_there_is_nothing_to_read(chart: BalanceChart) -> None:
    chart.show_data(no_point(), failing=False)
    hover(chart, 300)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.readout is None


def test_it_is_painted_only_when_something_changed(chart: Painted, qtbot: QtBot) -> None:
    before = chart.count
    chart.show_data(healthy(), failing=False)
    chart.set_accent(HEALTHY_FILL)
    hover(chart, x_of(chart, 0))
    qtbot.waitUntil(lambda: chart.count == before + 1)
    # A pixel further the same reading is the nearest.
    hover(chart, x_of(chart, 0) - 0.25)
    chart.set_accent(CRITICAL_FILL)
    qtbot.waitUntil(lambda: chart.count == before + 2)
    chart.show_data(one_year(), failing=False)
    qtbot.waitUntil(lambda: chart.count == before + 3)


def test_a_screen_reader_is_told_the_chart_in_sentences(chart: BalanceChart) -> None:
    assert chart.accessibleName() == "Chart of the balance"
    assert "to $14.3456 on 25 Nov 14:10" in chart.accessibleDescription()
    assert "Forecast: until" in chart.accessibleDescription()


def test_another_palette_is_followed(chart: Painted, qtbot: QtBot) -> None:
    assert chart.grab().toImage().pixelColor(5, 5).lightness() > 200
    before = chart.count
    palette = QPalette(chart.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    chart.setPalette(palette)
    qtbot.waitUntil(lambda: chart.count > before)
    assert chart.grab().toImage().pixelColor(5, 5).lightness() < 40


def test_another_size_and_another_font_place_everything_anew(chart: BalanceChart) -> None:
    first = chart._placed()
    chart.resize(900, 400)
    second = chart._placed()
    font = chart.font()
    font.setPixelSize(24)
    chart.setFont(font)
    third = chart._placed()
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.frame.right < second.frame.right
    assert second.frame.left < third.frame.left


def test_on_a_dense_screen_it_is_drawn_with_all_its_pixels(chart: BalanceChart) -> None:
    dense = QImage(chart.size() * 2, QImage.Format.Format_ARGB32)
    dense.setDevicePixelRatio(2)
    dense.fill(0)
    chart.render(dense)
    plain = chart.grab().toImage().scaled(dense.size())
    differing = sum(
        dense.pixel(x, y) != plain.pixel(x, y)
        for x in range(0, dense.width(), 3)
        for y in range(0, dense.height(), 3)
    )
    # The same picture, sharper: edges differ, and grounds do not.
    total = len(range(0, dense.width(), 3)) * len(range(0, dense.height(), 3))
    assert 0 < differing < total // 5


def test_the_keyboard_s_place_can_be_seen(chart: BalanceChart, qtbot: QtBot) -> None:
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.clearFocus()
    without = chart.grab().toImage()
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    assert chart.grab().toImage() != without
    chart.clearFocus()
    qtbot.waitUntil(lambda: not chart.hasFocus())
    assert chart.grab().toImage() == without


def test_the_crosshair_moves_over_a_picture_that_stays(chart: Painted, qtbot: QtBot) -> None:
    picture, before = chart._picture, chart.count
    assert picture is not None
    hover(chart, x_of(chart, -2))
    qtbot.waitUntil(lambda: chart.count > before)
    assert chart._picture is picture
    before = chart.count
    chart.set_accent(CRITICAL_FILL)
    qtbot.waitUntil(lambda: chart.count > before)
    assert chart._picture is not picture


def test_a_chart_that_nobody_sees_keeps_no_picture(chart: Painted) -> None:
    chart.hide()
    assert chart._picture is None
