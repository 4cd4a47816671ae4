from __future__ import annotations

import itertools
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from tests.desktop import bare_tray, notifications
from tests.desktop.menu import without_mnemonic
from tests.desktop.panel import PanelSpec, PanelTheme
from tests.desktop.status_notifier import ToolTip, items, wait_for_item
from tests.desktop.waiting import NeverHappenedError, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession


def start_bare_tray(session: DesktopSession) -> Program:
    return session.start([sys.executable, bare_tray.__file__])


def pixels_of(image: Path, colour: tuple[int, int, int]) -> set[tuple[int, int]]:
    picture = QImage(str(image))
    places = itertools.product(range(picture.width()), range(picture.height()))
    wanted = QColor(*colour)
    return {place for place in places if picture.pixelColor(*place) == wanted}


def test_icon_arrives_on_the_bus_in_every_size_and_its_colour(desktop: DesktopSession) -> None:
    program = start_bare_tray(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    assert item.status == "Active"
    assert [pixmap.width for pixmap in item.pixmaps] == list(bare_tray.SIZES)
    assert item.pixmap(24).colour_at(23, 0) == (255, *bare_tray.COLOUR)
    assert item.pixmap(24).share_of(*bare_tray.COLOUR) == 1.0
    assert item.pixmap(24).share_of(1, 2, 3) == 0.0
    with pytest.raises(LookupError, match="17 pixels"):
        item.pixmap(17)


@pytest.mark.parametrize("theme", PanelTheme)
@pytest.mark.parametrize(("height", "icon_size"), [(24, 16), (32, 24), (48, 32)])
def test_icon_shows_on_the_panel_unscaled_on_each_background(
    bare_desktop: DesktopSession, tmp_path: Path, theme: PanelTheme, height: int, icon_size: int
) -> None:
    bare_desktop.start_panel(PanelSpec(theme, height, icon_size))
    start_bare_tray(bare_desktop)
    shot = tmp_path / "panel.png"

    def icon_pixels() -> set[tuple[int, int]]:
        bare_desktop.screenshot(shot, (0, 0, 100, height))
        return pixels_of(shot, bare_tray.COLOUR)

    pixels = wait_for(icon_pixels, 10, "the icon on the panel")
    left, top = min(pixels)
    assert pixels == set(
        itertools.product(range(left, left + icon_size), range(top, top + icon_size))
    )
    assert len(pixels_of(shot, theme.value)) == 100 * height - len(pixels)


def test_menu_is_read_as_a_tree_and_a_click_reaches_the_program(desktop: DesktopSession) -> None:
    program = start_bare_tray(desktop)
    menu = wait_for_item(desktop.bus, program.pid).menu
    assert menu.labels() == ["Nothing yet", "Count", "More", "Message", "Quit"]
    assert [row.is_separator for row in menu.rows()] == [False, True, False, False, False, False]
    assert not menu.row("Nothing yet").enabled
    assert menu.row("Count").enabled
    assert [row.label for row in menu.row("More").children] == ["Deep"]
    menu.click("Count")
    assert menu.wait_for_label(lambda label: label.startswith("Counted"), 5, "count") == "Counted 1"
    with pytest.raises(LookupError, match="greyed out"):
        menu.click("Counted 1")
    with pytest.raises(LookupError, match="no row 'Absent'"):
        menu.click("Absent")
    menu.click("Quit")
    assert program.wait_exit(5) == 0
    assert program.stderr == ""


def test_tooltip_arrives_in_the_title_and_follows_the_program(desktop: DesktopSession) -> None:
    program = start_bare_tray(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    assert item.tooltip == ToolTip(bare_tray.TOOLTIP, "")
    item.menu.click("Count")
    item.wait_for_tooltip(lambda tooltip: tooltip.title == "counted 1", 5, "counted 1")


def test_click_on_the_icon_reaches_the_program(desktop: DesktopSession) -> None:
    program = start_bare_tray(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    item.activate()
    item.menu.wait_for_label(lambda label: label == "Activated: Trigger", 5, "activated")


def test_signals_are_counted_while_listening(desktop: DesktopSession) -> None:
    program = start_bare_tray(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    with desktop.bus.listening("org.kde.StatusNotifierItem", "NewToolTip") as signals:
        assert signals.bodies == []
        item.menu.click("Count")
        wait_for(lambda: len(signals.bodies) == 1, 5, "one signal")


def test_icon_shows_when_the_panel_comes_after_the_program(bare_desktop: DesktopSession) -> None:
    program = start_bare_tray(bare_desktop)
    with pytest.raises(NeverHappenedError):
        wait_for_item(bare_desktop.bus, program.pid, timeout=1)
    bare_desktop.start_panel()
    assert wait_for_item(bare_desktop.bus, program.pid).status == "Active"


@pytest.mark.parametrize("number", [None, signal.SIGKILL], ids=["ended", "crashed"])
def test_icon_returns_when_the_panel_returns(
    desktop: DesktopSession, number: signal.Signals | None
) -> None:
    program = start_bare_tray(desktop)
    wait_for_item(desktop.bus, program.pid)
    desktop.stop_panel(number)
    assert items(desktop.bus) == []
    desktop.start_panel()
    item = wait_for_item(desktop.bus, program.pid)
    assert item.pixmap(24).share_of(*bare_tray.COLOUR) == 1.0
    assert program.stderr == ""


def test_notification_is_read_with_its_texts(desktop: DesktopSession) -> None:
    desktop.start_dunst()
    program = start_bare_tray(desktop)
    item = wait_for_item(desktop.bus, program.pid)
    item.menu.click("Message")

    def received() -> notifications.Notification | None:
        return next(iter(notifications.close_and_read(desktop.bus)), None)

    notification = wait_for(received, 5, "a notification")
    assert (notification.summary, notification.body) == ("Summary", "Body")


@pytest.mark.parametrize(
    ("label", "shown"),
    [("_Quit", "Quit"), ("Re_fresh", "Refresh"), ("a__b", "a_b"), ("__", "_"), ("plain", "plain")],
)
def test_mnemonic_mark_is_dropped_and_a_doubled_one_is_one(label: str, shown: str) -> None:
    assert without_mnemonic(label) == shown
