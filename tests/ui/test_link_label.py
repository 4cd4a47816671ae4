from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from tests.ui.golden_charts import THEMES, palette_of
from tray_app.presentation.contrast import contrast
from tray_app.ui.link_label import LinkLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DARK_BLUE = QColor(0, 0, 255)


@pytest.fixture
def label(qtbot: QtBot) -> LinkLabel:
    label = LinkLabel()
    qtbot.addWidget(label)
    label.show_rich_text('Made at <a href="https://example.org">example.org</a>.')
    return label


def palette_with_a_dark_link(theme: str) -> QPalette:
    palette = palette_of(theme)
    palette.setColor(QPalette.ColorRole.Link, DARK_BLUE)
    return palette


def painted_colours(label: LinkLabel) -> set[tuple[int, int, int]]:
    label.resize(label.sizeHint())
    image = label.grab().toImage()
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {(each.red(), each.green(), each.blue()) for each in colours}


@pytest.mark.parametrize("theme", THEMES)
def test_a_link_is_told_from_its_ground_in_every_theme(label: LinkLabel, theme: str) -> None:
    label.setPalette(palette_with_a_dark_link(theme))
    colour = palette_of(theme).window().color()
    ground = (colour.red(), colour.green(), colour.blue())
    blue = [each for each in painted_colours(label) if each[2] > max(each[0], each[1]) + 60]
    assert blue
    assert max(contrast(each, ground) for each in blue) >= 4.4


def test_a_link_that_can_be_read_keeps_its_colour(label: LinkLabel) -> None:
    label.setPalette(palette_with_a_dark_link("light"))
    assert DARK_BLUE.name() in label.text()


def test_a_link_still_leads_where_it_did(label: LinkLabel) -> None:
    assert 'href="https://example.org"' in label.text()
