from __future__ import annotations

import pytest

from tray_app.core.level import Level
from tray_app.core.settings import IconStyle, Settings
from tray_app.presentation.icon_preview import example_icons


@pytest.mark.parametrize("style", IconStyle)
@pytest.mark.parametrize("hides", [True, False])
def test_there_is_an_example_of_each_level(style: IconStyle, *, hides: bool) -> None:
    icons = example_icons(Settings(icon_style=style, hides_amounts=hides))
    assert [icon.level for icon in icons] == [Level.HEALTHY, Level.LOW, Level.CRITICAL]


@pytest.mark.parametrize(
    ("settings", "texts"),
    [
        (Settings(), ["12", "4.2", ".80"]),
        (Settings(icon_style=IconStyle.DAYS), ["9d", "2d", "14h"]),
        (Settings(icon_style=IconStyle.LEVEL), ["", "", ""]),
        (Settings(hides_amounts=True), ["", "", ""]),
        (Settings(icon_style=IconStyle.DAYS, hides_amounts=True), ["9d", "2d", "14h"]),
    ],
)
def test_an_example_writes_what_its_style_does(settings: Settings, texts: list[str]) -> None:
    assert [icon.text for icon in example_icons(settings)] == texts
