from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from tests.ui.golden_charts import (
    FONT_FILES,
    GOLDEN_FOLDER,
    STATES,
    THEMES,
    fonts_are_there,
    golden_path,
    painted,
)
from tests.ui.pictures import look_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.skipif(
    not fonts_are_there(), reason=f"needs {FONT_FILES[0].name} (Debian package fonts-dejavu-core)"
)


@pytest.fixture(autouse=True)
def _font_of_the_application(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_chart_and_window_look_as_they_were_approved(state: str, theme: str) -> None:
    approved = QImage(str(golden_path(state, theme))).convertToFormat(QImage.Format.Format_ARGB32)
    now = painted(state, theme)
    assert look_alike(now, approved), (
        f"{golden_path(state, theme).name}: look at what python -m tests.ui.golden_charts writes"
    )


def test_every_picture_is_of_another_state() -> None:
    pictures = {bytes(painted(state, theme).constBits()) for state in STATES for theme in THEMES}
    assert len(pictures) == len(STATES) * len(THEMES)


def test_there_is_one_picture_for_each_state_and_theme_and_no_other() -> None:
    expected = {golden_path(state, theme) for state in STATES for theme in THEMES}
    assert set(GOLDEN_FOLDER.glob("chart-*")) == expected
