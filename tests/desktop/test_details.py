"""The details window on a real screen: opened from the menu, refreshed, and read by eye."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from tests.desktop.pictures import picture_of
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    KEY,
    balance_of,
    start_demo,
    start_tray,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import press_keys, wait_for_window, window_titles
from tray_app import PROGRAM_NAME
from tray_app.presentation.chart_colours import chart_colours
from tray_app.presentation.icon_spec import HEALTHY_FILL

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator


def drawn_in(picture: QImage) -> Counter[str]:
    """Return how many pixels of the picture have which of the chart's colours."""
    pixels = Counter(
        picture.pixel(x, y) for y in range(picture.height()) for x in range(picture.width())
    )
    ground = QColor(pixels.most_common(1)[0][0])
    colours = chart_colours((ground.red(), ground.green(), ground.blue()), (0, 0, 0), HEALTHY_FILL)
    named = {"line": colours.line, "low": colours.low, "critical": colours.critical}
    return Counter({name: pixels[QColor(*colour).rgb()] for name, colour in named.items()})


def test_the_window_shows_the_chart_of_five_weeks_and_survives_a_refresh(
    desktop: DesktopSession,
) -> None:
    item = wait_for_item(desktop.bus, start_demo(desktop).pid)
    item.menu.wait_for_label(lambda label: label.startswith("Lasts about"), 20, "the runway")
    item.menu.click(item.menu.labels()[0])
    window = wait_for_window(desktop, PROGRAM_NAME)

    def line_is_long(name: str) -> bool:
        return drawn_in(picture_of(desktop, window, name))["line"] > 100

    wait_for(lambda: line_is_long("week"), 20, "the balance's line")
    week = picture_of(desktop, window, "week")
    # The thresholds lie in the picture, too.
    assert min(drawn_in(week).values()) > 100
    press_keys(desktop, window, "ctrl+3")
    wait_for(lambda: picture_of(desktop, window, "month") != week, 20, "another range")
    wait_for(lambda: line_is_long("month"), 20, "the line of a month")
    headline = item.menu.labels()[0]
    item.menu.click("Refresh now")
    item.menu.wait_for_label(
        lambda label: label.startswith("Demo: $") and label != headline, 40, "a newer figure"
    )
    wait_for(lambda: line_is_long("refreshed"), 20, "the line after a refresh")
    assert window_titles(desktop).count(PROGRAM_NAME) == 1
    press_keys(desktop, window, "Escape")
    wait_for(lambda: PROGRAM_NAME not in window_titles(desktop), 10, "the window to close")
    item.menu.click(item.menu.labels()[0])
    wait_for_window(desktop, PROGRAM_NAME)


def test_what_was_read_is_in_the_history_of_the_next_start_with_its_top_up(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    def start_and_wait(amount: str) -> None:
        program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
        item = wait_for_item(desktop.bus, program.pid)
        wait_for_amount(item, amount)
        item.menu.wait_for_label(lambda label: "still learning" in label, 20, "an outlook")
        if amount != "$12.34":
            item.menu.wait_for_label(
                lambda label: label.startswith("Top-up: +$20.00, "), 20, "the top-up"
            )
        program.send_signal(signal.SIGTERM)
        assert program.wait_exit(30) == 0
        assert program.stderr == ""

    start_and_wait("$12.34")
    simulator.accounts[KEY] = balance_of(32_34)
    start_and_wait("$32.34")
