"""Black and white alone, as in high contrast: all can be read, and the focus seen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QStyleFactory,
    QTabBar,
    QWidget,
)

from tests.presentation.chart_samples import BERLIN, one_month
from tests.ui.every_window import EVERY_WINDOW
from tests.ui.seen import describe, visible
from tray_app.presentation.chart_colours import LINE_RATIO, TEXT_RATIO, chart_colours
from tray_app.presentation.contrast import BLACK, WHITE, contrast
from tray_app.presentation.icon_spec import CRITICAL_FILL, HEALTHY_FILL, LOW_FILL
from tray_app.ui.balance_chart import BalanceChart
from tray_app.ui.link_label import LinkLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tray_app.presentation.icon_spec import Rgb

_THEMES: Final = {"white on black": (BLACK, WHITE), "black on white": (WHITE, BLACK)}
_FAINT_BY_STYLE: Final = (QTabBar, QListWidget)
"""Qt's own style draws their focus with less contrast; desktops bring styles of their own."""
_WITH_TEXT: Final = (QLabel, QAbstractButton, QLineEdit, QSpinBox, QComboBox)


def _palette(ground: Rgb, ink: Rgb) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role in (roles.Window, roles.Base, roles.AlternateBase, roles.Button, roles.ToolTipBase):
        palette.setColor(role, QColor(*ground))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.ToolTipText, roles.Link):
        palette.setColor(role, QColor(*ink))
    palette.setColor(roles.PlaceholderText, QColor(*ink))
    palette.setColor(roles.Highlight, QColor(*ink))
    palette.setColor(roles.HighlightedText, QColor(*ground))
    return palette


@pytest.fixture(params=_THEMES)
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[tuple[Rgb, Rgb]]:
    before, style = qapp.palette(), qapp.style().name()
    qapp.setStyle(QStyleFactory.create("Fusion"))
    ground, ink = _THEMES[request.param]
    qapp.setPalette(_palette(ground, ink))
    yield ground, ink
    qapp.setPalette(before)
    qapp.setStyle(QStyleFactory.create(style))


@pytest.fixture(params=EVERY_WINDOW)
def window(
    request: pytest.FixtureRequest,
    theme: tuple[Rgb, Rgb],  # noqa: ARG001 — before the window is made
    qtbot: QtBot,
) -> QWidget:
    shown = EVERY_WINDOW[request.param]()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    return shown


def _pixels(widget: QWidget) -> list[Rgb]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = (
        QColor(image.pixel(x, y)) for y in range(image.height()) for x in range(image.width())
    )
    return [(colour.red(), colour.green(), colour.blue()) for colour in colours]


def _best_contrast(widget: QWidget) -> float:
    """Return the contrast of what stands out most to what there is most of."""
    pixels = Counter(_pixels(widget))
    ((ground, _count),) = pixels.most_common(1)
    return max(contrast(each, ground) for each in pixels)


def _has_text(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text()) and widget.pixmap().isNull()
    if isinstance(widget, QLineEdit):
        return bool(widget.text() or widget.placeholderText())
    return True


def test_every_text_stands_out(window: QWidget) -> None:
    dim = {
        describe(each): round(_best_contrast(each), 1)
        for each in visible(window)
        if isinstance(each, _WITH_TEXT) and each.isEnabled() and _has_text(each)
        if _best_contrast(each) < TEXT_RATIO
    }
    assert dim == {}


def _difference(one: list[Rgb], other: list[Rgb]) -> float:
    """Return the contrast of the pixel that has changed most; 1 where none has."""
    changed = (contrast(*both) for both in zip(one, other, strict=True) if both[0] != both[1])
    return max(changed, default=1.0)


def test_the_focus_is_seen_wherever_tab_leads(window: QWidget) -> None:
    unseen = []
    left: list[QWidget] = []
    # Before the first press of Tab Qt shows on no button that it has the focus.
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    stop = QApplication.focusWidget()
    assert stop is not None
    while stop not in left:
        with_focus = _pixels(stop)
        QTest.keyClick(stop, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is stop:
            # From link to link, or a box with a single button.
            left += [] if isinstance(stop, LinkLabel) else [stop]
            continue
        left.append(stop)
        if isinstance(stop, _FAINT_BY_STYLE):
            assert with_focus != _pixels(stop)
        elif _difference(with_focus, _pixels(stop)) < LINE_RATIO:
            unseen.append(describe(stop))
        stop = now
    assert unseen == []


@pytest.mark.parametrize("accent", [HEALTHY_FILL, LOW_FILL, CRITICAL_FILL])
def test_the_chart_is_read_in_black_and_white(
    theme: tuple[Rgb, Rgb], qtbot: QtBot, accent: Rgb
) -> None:
    ground, ink = theme
    chart = BalanceChart(BERLIN)
    qtbot.addWidget(chart)
    chart.set_accent(accent)
    chart.show_data(one_month(), failing=False)
    chart.resize(chart.sizeHint())
    chart.show()
    painted = Counter(_pixels(chart))
    assert painted.most_common(1)[0][0] == ground
    colours = chart_colours(ground, ink, accent)
    for telling in (colours.line, colours.low, colours.critical):
        assert painted[telling] > 0
        assert contrast(telling, ground) >= TEXT_RATIO
    # Letters are too thin for whole pixels of their colour on every system.
    assert contrast(colours.label, ground) >= TEXT_RATIO
    assert contrast(colours.zero, ground) >= LINE_RATIO
