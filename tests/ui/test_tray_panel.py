"""A panel that comes late, or never."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSystemTrayIcon

from tests.ui.tray_bench import MINUTE, Appearances, Panel, loading_view, texts, view_of
from tray_app.ui.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_no_icon_is_made_before_a_panel_is_there(tray: Tray, panel: Panel) -> None:
    panel.there = False
    tray.show_view(view_of(1_234))
    tray.start()
    assert not tray.visible
    assert tray.findChildren(QSystemTrayIcon) == []


def test_a_late_panel_gets_the_view_of_that_moment(tray: Tray, panel: Panel, qtbot: QtBot) -> None:
    panel.there = False
    tray.show_view(loading_view())
    tray.start()
    noted = Appearances(tray)
    view = view_of(1_234)
    tray.show_view(view)
    with qtbot.waitSignal(tray.appeared):
        panel.there = True
    assert tray._icon is not None
    assert (tray._icon.toolTip(), tray._icon.isVisible()) == (view.tooltip, True)
    assert texts(tray)[0] == "$12.34 available · as of 12:00"
    assert (noted.missing, noted.appeared) == (0, 1)


def test_a_missing_panel_is_told_once_and_still_looked_for(
    tray: Tray, panel: Panel, qtbot: QtBot
) -> None:
    panel.there = False
    noted = Appearances(tray)
    tray.show_view(view_of(1_234))
    with qtbot.waitSignal(tray.panel_missing):
        tray.start()
    looks = panel.looks
    qtbot.waitUntil(lambda: panel.looks > looks + 5)
    with qtbot.waitSignal(tray.appeared):
        panel.there = True
    assert (noted.missing, noted.appeared) == (1, 1)
    assert tray.visible
    assert not tray._looking.isActive()


def test_the_patience_is_a_minute_unless_said_otherwise(qapp: QApplication) -> None:
    assert qapp is not None
    assert Tray()._patience_ms == MINUTE // timedelta(milliseconds=1)


def test_after_hiding_no_panel_is_looked_for(tray: Tray, panel: Panel) -> None:
    panel.there = False
    tray.start()
    tray.hide()
    assert not tray._looking.isActive()
