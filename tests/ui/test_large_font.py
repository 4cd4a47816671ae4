from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.every_window import EVERY_WINDOW
from tests.ui.seen import describe, is_clipped, visible
from tray_app.core.configuration import Language
from tray_app.presentation.locale_format import install_format
from tray_app.ui.labels import scaled
from tray_app.ui.language import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def _twice_the_font(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    qapp.setFont(scaled(before, 2))
    yield
    qapp.setFont(before)


@pytest.fixture(params=[Language.ENGLISH, Language.CHINESE])
def _language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    del qapp
    use_language(request.param)
    yield
    use_language(Language.ENGLISH)
    install_format(None)


@pytest.mark.usefixtures("_twice_the_font", "_language")
@pytest.mark.parametrize("name", EVERY_WINDOW)
def test_nothing_is_clipped_at_twice_the_usual_font(qtbot: QtBot, name: str) -> None:
    window = EVERY_WINDOW[name]()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)

    def nothing_is_clipped() -> None:
        assert [describe(each) for each in visible(window) if is_clipped(each)] == []

    # A window that was too low for its lines grows once they were placed.
    qtbot.waitUntil(nothing_is_clipped)
