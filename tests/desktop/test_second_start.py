"""What a second start and a crash look like on a real desktop."""

from __future__ import annotations

import signal
import stat
from typing import TYPE_CHECKING, Final

from tests.desktop.status_notifier import items, wait_for_item
from tests.desktop.tray_program import (
    FROM_ENVIRONMENT,
    KEY,
    start_tray,
    wait_for_amount,
)
from tests.desktop.waiting import wait_for
from tests.desktop.windows import wait_for_window, window_titles
from tray_app import PROGRAM_NAME
from tray_app.adapters.crash_file import CRASH_NAME, PREVIOUS_CRASH_NAME
from tray_app.adapters.log_file import LOG_NAME
from tray_app.presentation.wording import already_running_text

if TYPE_CHECKING:
    from tests.desktop.session import DesktopSession
    from tray_app.simulator import Simulator

_CRASHED: Final = "The program crashed the last time; details are in the log"


def test_a_second_start_brings_the_window_forward(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    first = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    item = wait_for_item(desktop.bus, first.pid)
    wait_for_amount(item, "$12.34")
    assert PROGRAM_NAME not in window_titles(desktop)
    second = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    assert second.wait_exit(30) == 0
    assert (second.stdout, second.stderr) == (already_running_text() + "\n", "")
    wait_for_window(desktop, PROGRAM_NAME)
    assert len(items(desktop.bus)) == 1
    first.send_signal(signal.SIGTERM)
    assert first.wait_exit(30) == 0


def test_a_crash_is_told_at_the_next_start_once(
    desktop: DesktopSession, simulator: Simulator
) -> None:
    crashed = start_tray(desktop, simulator, FROM_ENVIRONMENT)
    wait_for_amount(wait_for_item(desktop.bus, crashed.pid), "$12.34")
    folder = desktop.home / ".local/state/novita-tray/log"
    # It is written a moment after the icon shows, for which the start waits for nothing.
    wait_for(
        lambda: (folder / LOG_NAME).exists() and "started: " in (folder / LOG_NAME).read_text(),
        5,
        "the log's first line",
    )
    crashed.send_signal(signal.SIGSEGV)
    assert crashed.wait_exit(30) == -signal.SIGSEGV
    assert crashed.stderr == ""
    for told in (True, False):
        program = start_tray(desktop, simulator, FROM_ENVIRONMENT)
        item = wait_for_item(desktop.bus, program.pid)
        wait_for_amount(item, "$12.34")
        assert (_CRASHED in item.menu.labels()) is told
        program.send_signal(signal.SIGTERM)
        assert program.wait_exit(30) == 0
        wait_for(lambda: not items(desktop.bus), 5, "no icon")
    files = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert set(files) == {LOG_NAME, CRASH_NAME, PREVIOUS_CRASH_NAME}
    assert "Segmentation fault" in files[PREVIOUS_CRASH_NAME]
    assert files[LOG_NAME].count("started: ") == 3
    assert not any(KEY in text or "12.34" in text for text in files.values())
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
