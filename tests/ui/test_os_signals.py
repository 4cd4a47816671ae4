from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tray_app.ui.os_signals import OsSignals

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="another program cannot be sent SIGINT or SIGTERM there"
)

ROOT = Path(__file__).parents[2]
# Nothing wakes this loop but a signal: no timer, no window.
IDLE = """
import signal, sys
# Whoever starts the tests may have had some ignored, as nohup does.
signal.signal(signal.SIGINT, signal.default_int_handler)
for name in ("SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
for name in sys.argv[1:]:
    signal.signal(getattr(signal, name), signal.SIG_IGN)
from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer
from tray_app.ui.os_signals import OsSignals
application = QCoreApplication([])
signals = OsSignals()
signals.quit_requested.connect(application.quit)
QTimer.singleShot(0, lambda: print("idle", flush=True))
notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
def echo():
    line = sys.stdin.readline()
    print("heard " + line if line else "", end="", flush=True)
    notifier.setEnabled(bool(line))
notifier.activated.connect(echo)
code = application.exec()
signals.close(for_good=True)
print("ended", flush=True)
sys.exit(code)
"""


def start_idle(*ignored: str) -> subprocess.Popen[str]:
    running = subprocess.Popen(
        [sys.executable, "-c", IDLE, *ignored],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "idle\n"
    return running


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_an_idle_program_at_once_with_code_0(name: str) -> None:
    with start_idle() as running:
        begun = time.monotonic()
        running.send_signal(getattr(signal, name))
        out, err = running.communicate(timeout=10)
        took = time.monotonic() - begun
    assert (running.returncode, out, err) == (0, "ended\n", "")
    # Without a wake-up Python would see the signal with the next event, which never comes.
    assert took < 5


def test_two_signals_at_once_end_it_as_one_does() -> None:
    with start_idle() as running:
        running.send_signal(signal.SIGINT)
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=10)
    assert (running.returncode, out, err) == (0, "ended\n", "")


@pytest.mark.parametrize("second", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_second_signal_while_the_interpreter_ends_changes_nothing(second: str) -> None:
    with start_idle() as running:
        running.send_signal(signal.SIGINT)
        assert running.stdout is not None
        assert running.stdout.readline() == "ended\n"
        running.send_signal(getattr(signal, second))
        _, err = running.communicate(timeout=10)
    assert (running.returncode, err) == (0, "")


def test_a_hang_up_that_was_ignored_from_the_start_stays_ignored() -> None:
    """That is what nohup is for: the terminal goes, the program stays."""
    with start_idle("SIGHUP") as running:
        running.send_signal(signal.SIGHUP)
        assert running.stdin is not None
        assert running.stdout is not None
        heard = []
        # The second line is heard only by an event loop that outlived the first.
        for line in ("one\n", "two\n"):
            with contextlib.suppress(BrokenPipeError):
                running.stdin.write(line)
                running.stdin.flush()
            heard.append(running.stdout.readline())
        running.terminate()
        running.wait(10)
    assert heard == ["heard one\n", "heard two\n"]


def test_handlers_and_wake_up_are_given_back(qapp: QApplication) -> None:
    assert qapp is not None
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    wakeup_before = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(wakeup_before)
    signals = OsSignals()
    assert signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]
    signals.close()
    assert {number: signal.getsignal(number) for number in before} == before
    wakeup_after = signal.set_wakeup_fd(wakeup_before)
    assert wakeup_after == wakeup_before


def test_a_signal_that_does_not_end_programs_is_not_taken_for_one(
    qapp: QApplication, qtbot: QtBot
) -> None:
    assert qapp is not None
    seen: list[str] = []
    signals = OsSignals()
    signals.quit_requested.connect(lambda: seen.append("quit"))
    previous = signal.signal(signal.SIGUSR1, lambda *_: seen.append("usr1"))
    try:
        with qtbot.waitSignal(signals._notifier.activated):
            os.kill(os.getpid(), signal.SIGUSR1)
        assert seen == ["usr1"]
        with qtbot.waitSignal(signals.quit_requested):
            os.kill(os.getpid(), signal.SIGTERM)
        assert seen == ["usr1", "quit"]
    finally:
        signal.signal(signal.SIGUSR1, previous)
        signals.close()
