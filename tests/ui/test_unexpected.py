"""Errors that nobody caught, in every thread, in a process of their own and in the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.log_file import LOG_NAME
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import SAMPLE_BALANCE

if TYPE_CHECKING:
    from tests.ui.running_program import Running

ROOT = Path(__file__).parents[2]
SECRET = "sk_in_a_message"
LONELY = """
import logging, sys, threading
from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from tray_app.ui.unexpected import UnexpectedErrors
logging.basicConfig(stream=sys.stdout)
# From Python 3.13 on a trace shows the lines of a program that was given as an argument.
MESSAGE = "_".join(["sk", "in", "a", "message"])
application = QApplication([])
application.setQuitOnLastWindowClosed(False)
errors = UnexpectedErrors()
errors.watch()
class Asker(QObject):
    asked = Signal()
class Told(QObject):
    @Slot()
    def on_happened(self):
        print("told", QThread.currentThread() is application.thread(), flush=True)
        for _ in range(3):
            QTimer.singleShot(0, again.on_asked)
        QTimer.singleShot(0, application.quit)
class Fragile(QObject):
    @Slot()
    def on_asked(self):
        raise ValueError(MESSAGE)
class Window(QWidget):
    def closeEvent(self, event):
        raise KeyError(MESSAGE)
class Last:
    def __del__(self):
        raise OSError(5, MESSAGE)
def fail():
    raise RuntimeError(MESSAGE)
def leave():
    raise SystemExit(MESSAGE)
told, asker, fragile, again, window = Told(), Asker(), Fragile(), Fragile(), Window()
errors.happened.connect(told.on_happened)
thread = QThread()
thread.setObjectName("worker")
match sys.argv[1]:
    case "a slot":
        QTimer.singleShot(0, fragile.on_asked)
    case "a slot of a worker":
        fragile.moveToThread(thread)
        thread.start()
        asker.asked.connect(fragile.on_asked)
        asker.asked.emit()
    case "a window":
        window.show()
        QTimer.singleShot(0, window.close)
    case "a thread":
        threading.Thread(target=fail, name="side").start()
    case "a thread that leaves":
        leaving = threading.Thread(target=leave)
        leaving.start()
        leaving.join()
        QTimer.singleShot(0, application.quit)
    case "an end":
        Last()
code = application.exec()
thread.quit()
thread.wait()
print("code", code)
"""


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("a slot", "thread Qt mainThread\n.*ValueError"),
        ("a slot of a worker", "thread worker\n.*ValueError"),
        ("a window", "thread Qt mainThread\n.*KeyError"),
        ("a thread", "thread side\n.*RuntimeError"),
        ("an end", r"the end of a function\n.*OSError \(errno 5\)"),
    ],
)
def test_an_error_anywhere_is_logged_told_once_and_survived(where: str, named: str) -> None:
    out, err = run(where)
    assert re.search(f"unexpected error in {named}", out, re.DOTALL)
    assert out.count("told True") == 1
    assert out.count("ValueError\n") >= 3
    assert out.endswith("code 0\n")
    assert SECRET not in out
    # PySide itself names an overridden method there, and no more.
    assert err.replace("Error calling Python override of QWidget::closeEvent(): ", "") == ""


def test_a_thread_that_leaves_did_not_fail() -> None:
    out, err = run("a thread that leaves")
    assert "SystemExit" not in out
    assert err == ""


def run(where: str) -> tuple[str, str]:
    ended = subprocess.run(
        [sys.executable, "-c", LONELY, where],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0
    return ended.stdout, ended.stderr


PROGRAM = """
import os, sys, threading
from PySide6.QtCore import QTimer, Slot
from tray_app import app, start
from tray_app.core.api_key import ApiKey
from tray_app.demo import DemoKeyStore
from tray_app.tray_process import TrayProcess
from tray_app.wiring import Connection
MESSAGE = "_".join(["sk", "in", "a", "message"])
failures = [SystemExit(MESSAGE), RuntimeError(MESSAGE)]
class Fragile(Connection):
    def make_key_store(self):
        return DemoKeyStore(key=ApiKey(MESSAGE))
    def make_client(self):
        if failures:
            raise failures.pop(0)
        return super().make_client()
class Noting(app.TrayProgram):
    def _show(self):
        super()._show()
        rows = [row.text() for row in self._tray._menu.actions()]
        print(rows, flush=True)
    @Slot()
    def on_settled(self):
        super().on_settled()
        self.shown.refresher.on_key_changed()
        self.shown.refresher.on_key_changed()
        QTimer.singleShot(0, self.on_broken)
    @Slot()
    def on_broken(self):
        raise ValueError(MESSAGE)
app.TrayProgram = Noting
process = TrayProcess.of(os.environ, demo=False)
process.start_logging()
process.lock.take()
sys.exit(start.run_tray(lambda: Fragile(api_url=sys.argv[1]), process))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM cannot be caught there")
def test_the_program_goes_on_after_errors_in_its_worker_and_its_slots(tmp_path: Path) -> None:
    """Neither a SystemExit nor an error ends the worker: the third request brings the figure."""
    with Simulator({SECRET: SAMPLE_BALANCE}) as simulator:
        running = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, simulator.url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "NOVITA_TRAY_HOME": str(tmp_path),
            },
        )
        assert running.stdout is not None
        shown = []
        for line in running.stdout:
            shown.append(line)
            if "$100.00 available" in line:
                break
        running.terminate()
        _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")
    row = "Something went wrong inside; details are in the log"
    assert shown[-1].count(row) == 1
    log = (tmp_path / "logs" / LOG_NAME).read_text("utf-8")
    for name in ("SystemExit", "RuntimeError"):
        assert re.search(rf"(?m)^    {name}$", log)
    assert re.search(r"started: novita-tray \d.*, Python 3.*, PySide6 6.*, Qt 6", log)
    assert re.search(r"reading \d+: taken", log)
    assert log.rstrip().endswith("quit")
    assert SECRET not in log


def test_the_row_goes_once_the_log_was_opened(
    loaded: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: object) -> bool:
        opened.append(url.toLocalFile())  # type: ignore[attr-defined] # a QUrl
        return True

    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", note)
    before = [row.text() for row in loaded.program._tray._menu.actions()]
    loaded.program.errors.on_logged()
    row = loaded.row("Something went wrong inside; details are in the log")
    row.trigger()
    assert opened == [str(loaded.program._process.logs)]
    assert [row.text() for row in loaded.program._tray._menu.actions()] == before
    loaded.program.errors.on_logged()
    assert [row.text() for row in loaded.program._tray._menu.actions()] == before


def test_a_folder_that_nothing_opens_is_named_in_a_box(
    loaded: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: False)
    loaded.program.errors.on_logged()
    loaded.row("Something went wrong inside; details are in the log").trigger()
    box = loaded.program._opener._box
    assert box is not None
    assert box.informativeText() == str(loaded.program._process.logs)
    box.close()
